import Foundation

/// One run of the real binary as a process of its own.
struct CodexProcess {
  let status: Int32
  let output: String
  let errors: String

  /// How the process's standard output is connected.
  enum Destination: String {
    case captured = ""
    case full = ">/dev/full"
    case closed = ">&-"
  }

  /// The binary, built beside the test bundle.
  static let binary: String = {
    let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("codex").path
  }()

  /// Runs `codex arguments…` in `directory` and waits for its end.
  ///
  /// A `launcher` is put in front of the command line, such as `strace` with its options.
  ///
  /// Streams go to files: nobody has to drain a pipe meanwhile.
  static func run(
    _ arguments: [String], in directory: URL, input: String? = nil, output destination: Destination = .captured,
    environment: [String: String] = [:], under launcher: [String] = []
  ) throws -> CodexProcess {
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    let process = try start(
      arguments, in: directory, streams: streams, input: input, output: destination, environment: environment,
      under: launcher)
    return try end(of: process, streams: streams)
  }

  /// Runs a shell script instead of codex: for controls that must fail.
  static func runShell(_ script: String, in directory: URL, under launcher: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: launcher[0])
    process.arguments = launcher.dropFirst() + ["/bin/sh", "-c", script]
    process.currentDirectoryURL = directory
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Waits for the end of a started process; one that takes longer than `patience` seconds is killed.
  static func end(of process: Process, streams: URL) throws -> CodexProcess {
    let deadline = Date().addingTimeInterval(patience)
    while process.isRunning, Date() < deadline { usleep(2000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
    return try CodexProcess(process, streams: streams)
  }

  /// Far above what any command here takes, also on a busy machine.
  private static let patience = 120.0

  private init(_ process: Process, streams: URL) throws {
    status = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    output = try String(contentsOf: streams.appendingPathComponent("out"), encoding: .utf8)
    errors = try String(contentsOf: streams.appendingPathComponent("err"), encoding: .utf8)
  }

  /// Starts without waiting; the shell replaces itself by codex, so that signals reach it.
  static func start(
    _ arguments: [String], in directory: URL, streams: URL, input: String? = nil,
    output destination: Destination = .captured, environment: [String: String] = [:], under launcher: [String] = []
  ) throws -> Process {
    for name in ["in", "out", "err"] {
      try Data((name == "in" ? input ?? "" : "").utf8).write(to: streams.appendingPathComponent(name))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let path = streams.path
    let script = """
      cd "$1" && shift && exec "$@" <'\(path)/in' >'\(path)/out' 2>'\(path)/err' \(destination.rawValue)
      """
    process.arguments = ["-c", script, "sh", directory.path] + launcher + [binary] + arguments
    var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("CODEX_") }
    variables.merge(environment) { $1 }
    process.environment = variables
    try process.run()
    return process
  }
}

/// Directories of one test.
enum Scratch {
  static func directory() throws -> URL {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("codex-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    return url
  }

  static func remove(_ url: URL) { try? FileManager.default.removeItem(at: url) }
}
