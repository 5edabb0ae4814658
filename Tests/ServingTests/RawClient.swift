import Glibc
import Storage

/// A client that sends exactly the bytes it is told to, and nothing it is not.
final class RawClient: Sendable {
  private let descriptor: Int32

  /// Connects to a port of this machine; nil if nobody listens there.
  init?(port: Int) {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// Whether all bytes were taken.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Everything that comes until the server closes, or until `seconds` have gone by.
  func receive(seconds: Double = 60) -> Reply {
    let start = RawClient.now()
    var bytes: [UInt8] = []
    var firstByteSeconds: Double?
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while RawClient.now() - start < seconds {
      var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&poller, 1, 20) > 0 else { continue }
      let count = recv(descriptor, &chunk, chunk.count, 0)
      if count <= 0 { return Reply(bytes: bytes, isClosed: true, seconds: firstByteSeconds ?? RawClient.now() - start) }
      if firstByteSeconds == nil { firstByteSeconds = RawClient.now() - start }
      bytes += chunk[..<count]
    }
    return Reply(bytes: bytes, isClosed: false, seconds: firstByteSeconds ?? seconds)
  }

  /// Ends sending; receiving goes on.
  func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Cuts the connection with a reset.
  func reset() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    shutdown(descriptor, Int32(SHUT_RDWR))
  }

  static func pause() { usleep(2000) }

  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// What a server sent.
  struct Reply: Sendable {
    let bytes: [UInt8]
    /// Whether it closed.
    let isClosed: Bool
    /// Until its first byte.
    let seconds: Double

    var text: String { String(decoding: bytes, as: UTF8.self) }
    /// 0 if there is no answer.
    var status: Int { text.hasPrefix("HTTP/1.1 ") ? Int(text.dropFirst(9).prefix(3)) ?? 0 : 0 }
    /// Answers in it; two of them would mean that a second request was read.
    var answerCount: Int { text.components("HTTP/1.1 ") - (text.contains("HTTP/1.1 100 ") ? 1 : 0) }
    var json: JSONValue? {
      guard let end = text.range(ofBlankLine: ()) else { return nil }
      return try? JSONReader.parse(Array(text[end...].utf8))
    }
  }
}

extension String {
  /// How often `part` occurs.
  fileprivate func components(_ part: String) -> Int { ranges(of: part).count }

  /// Where the text after the last head begins.
  fileprivate func range(ofBlankLine: Void) -> String.Index? { ranges(of: "\r\n\r\n").last?.upperBound }
}

/// Requests as text.
enum RawRequest {
  static func plan(_ problem: String, more: String = "", host: String = "localhost", fields: String = "") -> String {
    let body = "{\"input\":\"\(problem)\"\(more)}"
    return "POST /v1/responses HTTP/1.1\r\nHost: \(host)\r\nContent-Type: application/json\r\n\(fields)"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  static let health = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
}
