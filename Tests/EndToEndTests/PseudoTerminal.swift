import Foundation
import Glibc
import Testing

/// The binary with a terminal as standard output and standard error.
enum PseudoTerminal {
  struct Capture {
    let status: Int32
    /// What arrived at the terminal, line ends as line feeds.
    let text: String

    /// Everything that stood on a line of its own, also what was overwritten later.
    var lines: [Substring] {
      text.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
    }
  }

  /// TIOCSPTLCK and TIOCGPTN (tty_ioctl(4)); the functions around them are not in the module of the C library.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  /// Runs `codex arguments…` in `directory` on a terminal of so many columns.
  static func run(
    _ arguments: [String], in directory: URL, columns: Int, environment: [String: String] = ["NO_COLOR": "1"]
  ) throws -> Capture {
    let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (lock, number): (Int32, Int32) = (0, 0)
    try #require(master >= 0 && ioctl(master, setLock, &lock) == 0 && ioctl(master, getNumber, &number) == 0)
    let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
    try #require(slave >= 0)
    var size = winsize(ws_row: 40, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CodexProcess.binary)
    process.arguments = arguments
    process.currentDirectoryURL = directory
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CODEX_") && $0.key != "NO_COLOR" }
    variables["TERM"] = "xterm"
    process.environment = variables.merging(environment) { $1 }
    let terminal = FileHandle(fileDescriptor: slave, closeOnDealloc: false)
    (process.standardInput, process.standardOutput, process.standardError) = (FileHandle.nullDevice, terminal, terminal)
    try process.run()
    close(slave)
    // Reading fails when the process, which alone has the other end, is gone.
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(master, &chunk, chunk.count)
      if count <= 0 { break }
      bytes += chunk[..<count]
    }
    close(master)
    process.waitUntilExit()
    return Capture(
      status: process.terminationStatus,
      text: String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n"))
  }
}
