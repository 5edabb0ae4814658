import Foundation

/// One run of a shell script as continuous integration runs it: bash, which stops at the first failure.
struct ShellScript {
  let status: Int32
  /// Standard output, and standard error after it.
  let output: String

  /// Runs `text` in `directory` with exactly the variables of `environment`.
  init(_ text: String, in directory: URL, environment: [String: String]) throws {
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    for name in ["script", "out", "err"] {
      try Data((name == "script" ? text : "").utf8).write(to: streams.appendingPathComponent(name))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["--noprofile", "--norc", "-eo", "pipefail", streams.appendingPathComponent("script").path]
    process.currentDirectoryURL = directory
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: streams.appendingPathComponent("out"))
    process.standardError = try FileHandle(forWritingTo: streams.appendingPathComponent("err"))
    try process.run()
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    output = try ["out", "err"].map { try String(contentsOf: streams.appendingPathComponent($0), encoding: .utf8) }
      .joined()
  }
}
