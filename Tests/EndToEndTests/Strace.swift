import Foundation

/// strace(1), with which tests kill codex before a system call, make the call fail, or list what was opened.
enum Strace {
  static let path = ["/usr/bin/strace", "/bin/strace"].first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Whether processes can be traced here; in a container often not.
  static let isAvailable: Bool = {
    guard let path else {
      print("SKIPPED: strace is missing, so nothing was killed, starved or traced (scripts/install_libraries.sh)")
      return false
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-f", "-o", "/dev/null", "true"]
    return (try? process.run()).map {
      process.waitUntilExit()
      return process.terminationStatus == 0
    } ?? false
  }()

  /// Kills the process right before its `count`-th call of `name`.
  static func killing(before name: String, _ count: Int) -> [String] {
    injecting(name, "signal=KILL", count)
  }

  /// Makes the `count`-th call of `name` fail with `error`.
  static func failing(_ name: String, _ error: String, _ count: Int) -> [String] {
    injecting(name, "error=\(error)", count)
  }

  /// Sends a signal to the process at its `count`-th call of `name`.
  static func signalling(_ signal: String, at name: String, _ count: Int) -> [String] {
    injecting(name, "signal=\(signal)", count)
  }

  /// Writes every call that takes a file's name to `file`.
  static func listingFiles(to file: String) -> [String] { listing("%file", to: file) }

  /// Writes every call of `name`, or of a class of calls, to `file`.
  static func listing(_ name: String, to file: String) -> [String] {
    [path ?? "strace", "-f", "-qq", "-s", "8192", "-e", "trace=\(name)", "-o", file]
  }

  private static func injecting(_ name: String, _ effect: String, _ count: Int) -> [String] {
    [
      path ?? "strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=\(name)", "-e",
      "inject=\(name):\(effect):when=\(count)",
    ]
  }
}
