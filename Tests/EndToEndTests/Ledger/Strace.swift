import Foundation

/// One system call of an append: the `ordinal`-th of its name since the process started.
struct SystemCall: Sendable, CustomStringConvertible {
  let name: String
  let ordinal: Int
  let text: String

  var description: String { "\(name) number \(ordinal): \(text)" }
}

/// The tool that kills a process before a system call, or makes the call fail.
enum Strace {
  static let isAvailable: Bool = {
    let found = ["/usr/bin", "/usr/local/bin", "/bin"].contains {
      FileManager.default.isExecutableFile(atPath: $0 + "/strace")
    }
    if !found { print("SKIPPED: strace is missing, so no append was killed or starved (scripts/install_libraries.sh)") }
    return found
  }()

  /// Every call that changes a file, a directory or a lock, and those around them.
  private static let traced =
    "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,link,linkat,unlink,unlinkat,mkdir,mkdirat,"
    + "ftruncate,flock,close"

  /// `strace … -e inject=…` with the log at `log`.
  static func command(inject: String? = nil, log: String = "/dev/null") -> [String] {
    ["strace", "-o", log, "-e", "trace=" + traced] + (inject.map { ["-e", "inject=" + $0] } ?? [])
  }

  /// The calls that `writer` makes from the start of its append to the end of it, without those to its own output.
  static func calls(of writer: LedgerWriter, first: Int, count: Int, batch: Int) throws -> [SystemCall] {
    let log = writer.workspace.url.appendingPathComponent("strace.log")
    _ = try writer.run(first: first, count: count, batch: batch, under: command(log: log.path))
    let lines = try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map(String.init)
    var ordinals: [String: Int] = [:]
    var hasBegun = false
    return lines.compactMap { line in
      guard let name = line.firstIndex(of: "(").map({ String(line[..<$0]) }) else { return nil }
      ordinals[name, default: 0] += 1
      if line.hasPrefix("write(1, ") || line.hasPrefix("write(2, ") {
        hasBegun = true
        return nil
      }
      return hasBegun ? SystemCall(name: name, ordinal: ordinals[name] ?? 0, text: line) : nil
    }
  }
}
