import Glibc

/// A pipe whose write end a test hands out as a standard stream. Holds up to the pipe's capacity (64 KiB).
final class CapturedStream {
  let descriptor: Int32
  private let reading: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    precondition(pipe(&ends) == 0, "no pipe")
    (reading, descriptor) = (ends[0], ends[1])
    // Reading an empty pipe must not wait.
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  deinit {
    close(reading)
    close(descriptor)
  }

  /// Everything written so far and not read yet.
  var text: String {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(reading, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
