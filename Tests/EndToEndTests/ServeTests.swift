import Foundation
import Testing

/// `codex serve` as a process of its own, asked over plain sockets.
@Suite(.serialized) struct ServeTests {
  /// A trained workspace whose run is the bundle `reasoning/r1`.
  private static func registered() throws -> Workspace {
    let workspace = try TrainedWorkspace.copy()
    let result = try workspace.run(["register", "--bundle", "latest", "--tag", "reasoning/r1"])
    try #require(result.status == 0, "\(result.errors)")
    return workspace
  }

  /// A server in such a workspace.
  private final class Server {
    let workspace: Workspace
    let process: Process
    let streams: URL
    let port: Int

    init(_ arguments: [String] = []) throws {
      workspace = try ServeTests.registered()
      streams = try Scratch.directory()
      process = try CodexProcess.start(
        ["serve", "--bundle", "reasoning/r1", "--port", "0", "--port-file", "state/port"] + arguments,
        in: workspace.url,
        streams: streams)
      let file = workspace.url.appendingPathComponent("state/port")
      let deadline = Date().addingTimeInterval(30)
      while !FileManager.default.fileExists(atPath: file.path), process.isRunning, Date() < deadline { usleep(5000) }
      port = Int(try String(contentsOf: file, encoding: .utf8).dropLast()) ?? 0
    }

    func ask(_ request: String) throws -> String { try Socket.exchange(request, port: port) }

    /// Sends `signal` and waits for the end.
    func end(_ signal: Int32 = SIGTERM) throws -> CodexProcess {
      kill(process.processIdentifier, signal)
      defer { Scratch.remove(streams) }
      return try CodexProcess.end(of: process, streams: streams)
    }
  }

  private static func plan(_ problem: String, fields: String = "") -> String {
    let body = "{\"input\":\"\(problem)\"}"
    return "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(fields)"
      + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  @Test func server_answersAndDrains() throws {
    let server = try Server()
    let answer = try server.ask(Self.plan("3 + 4"))
    #expect(answer.hasPrefix("HTTP/1.1 200 "), "\(answer)")
    #expect(answer.contains("\"object\":\"response\""))
    #expect(try server.ask("GET /readyz HTTP/1.1\r\nHost: localhost\r\n\r\n").contains("\"ready\""))
    let start = Date()
    let result = try server.end()
    #expect(result.status == 143 && Date().timeIntervalSince(start) < 10, "\(result.errors)")
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("serving ") && result.errors.contains("http://127.0.0.1:\(server.port)"))
  }

  @Test func server_survivesWhatIsNoRequest() throws {
    let server = try Server(["--workers", "1", "--queue", "1"])
    for text in [
      "\r\n\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
      String(repeating: "A", count: 100_000),
    ] {
      #expect(try server.ask(text).hasPrefix("HTTP/1.1 "))
    }
    for _ in 0..<50 { try Socket.abandon(Self.plan("3 + 4"), port: server.port) }
    #expect(server.process.isRunning)
    #expect(try server.ask("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").hasPrefix("HTTP/1.1 200 "))
    #expect(try server.end(SIGINT).status == 130)
  }

  @Test func key_isAskedFor() throws {
    let key = "0123456789abcdef"
    let workspace = try TrainedWorkspace.copy()
    try workspace.write("key.txt", key + "\n")
    let server = try Server(["--api-key-file", workspace.url.appendingPathComponent("key.txt").path])
    #expect(try server.ask(Self.plan("3 + 4")).hasPrefix("HTTP/1.1 401 "))
    #expect(try server.ask(Self.plan("3 + 4", fields: "Authorization: Bearer \(key)\r\n")).hasPrefix("HTTP/1.1 200 "))
    #expect(try server.end().status == 143)
  }

  @Test func bundle_isServedAsItWasPackedOrNotAtAll() throws {
    let workspace = try Self.registered()
    let arguments = ["serve", "--port", "0", "--bundle"]
    for (reference, status) in [
      ("reasoning/r2", 66), ("sha256:" + String(repeating: "0", count: 64), 66), ("./artifacts/none", 66),
      ("../M1", 64), ("./../x", 66), ("", 64), ("a b", 64),
    ] as [(String, Int32)] {
      let result = try workspace.run(arguments + [reference])
      #expect(result.status == status && result.output.isEmpty, "\(reference): \(result.status) \(result.errors)")
    }
    let weights = try #require(workspace.files(named: "model.safetensors", below: "artifacts").first)
    try workspace.corrupt(weights)
    let damaged = try workspace.run(arguments + ["reasoning/r1"])
    #expect(damaged.status == 65 && damaged.errors.contains("model.safetensors"), "\(damaged.errors)")
  }

  @Test(arguments: [
    (["--host", "0.0.0.0"], 64, "reached from other machines"), (["--port", "65536"], 64, "--port is 65536"),
    (["--workers", "0"], 64, "--workers is 0"), (["--host", "0.0.0.0", "--api-key-file", "short.txt"], 65, "no key"),
    (["--host", "203.0.113.1", "--api-key-file", "key.txt", "--port", "0"], 74, "cannot listen on 203.0.113.1"),
  ])
  func server_thatCannotBeStartedSaysWhy(arguments: [String], status: Int32, message: String) throws {
    let workspace = try Self.registered()
    try workspace.write("short.txt", "abc\n")
    try workspace.write("key.txt", "0123456789abcdef\n")
    let result = try workspace.run(["serve", "--bundle", "reasoning/r1"] + arguments)
    #expect(result.status == status && result.errors.contains(message), "\(result.errors)")
  }
}

/// A client of the plainest kind.
private enum Socket {
  /// Sends `text` and returns everything that comes until the server closes.
  static func exchange(_ text: String, port: Int) throws -> String {
    let descriptor = try connected(port)
    defer { close(descriptor) }
    _ = Array(text.utf8).withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &chunk, chunk.count, 0)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += chunk[..<count]
    }
  }

  /// Sends `text` and goes away.
  static func abandon(_ text: String, port: Int) throws {
    let descriptor = try connected(port)
    _ = Array(text.utf8).withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    close(descriptor)
  }

  private static func connected(_ port: Int) throws -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var wait = timeval(tv_sec: 20, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(code == 0)
    return descriptor
  }
}
