import Foundation
import Ledger
import Schemas
import Storage

/// `ledger-writer` as a process of its own, in a workspace of its own.
struct LedgerWriter {
  enum Style: String { case chained, naive }

  /// What one process said and how it ended.
  struct Outcome {
    let status: Int32
    /// Numbers of the items that it said are on disk.
    let acknowledged: [Int]
    let errors: String
  }

  let workspace: Workspace
  var style = Style.chained

  private static let binary = URL(fileURLWithPath: CodexProcess.binary).deletingLastPathComponent()
    .appendingPathComponent("ledger-writer").path

  var file: URL { workspace.url.appendingPathComponent(".codex/metrics/reasoning.ndjson") }

  /// Bytes of the ledger; none if there is no file.
  var bytes: [UInt8] { (try? Array(Data(contentsOf: file))) ?? [] }

  func ledger() throws -> MetricsLedger { MetricsLedger(in: try StorageRoot(opening: workspace.url.path)) }

  /// The numbers in the ledger, in order, of one writer.
  func numbers(of writer: Int = 0) throws -> [Int] {
    try ledger().contents().items(of: "writer-\(writer)").map(\.record.sample.modelEvaluations)
  }

  /// Appends the items `first..<first + count` as writer `writer`; `prefix` is put before the command line.
  func run(
    writer: Int = 0, first: Int, count: Int, batch: Int = 2, under prefix: [String] = [], patience: Double = 30
  ) throws -> Outcome {
    let streams = try Scratch.directory()
    defer { Scratch.remove(streams) }
    let process = try start(
      writer: writer, first: first, count: count, batch: batch, under: prefix, patience: patience, streams: streams)
    process.waitUntilExit()
    return try Self.outcome(of: process, streams: streams)
  }

  func start(
    writer: Int, first: Int, count: Int, batch: Int, under prefix: [String] = [], patience: Double = 60, streams: URL
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    let script = "exec \"$@\" >'\(streams.path)/out' 2>'\(streams.path)/err'"
    process.arguments =
      ["-c", script, "sh"] + prefix
      + [Self.binary, style.rawValue, workspace.url.path, "\(writer)", "\(first)", "\(count)", "\(batch)"]
    process.environment = ProcessInfo.processInfo.environment.merging(["LEDGER_PATIENCE": "\(patience)"]) { $1 }
    try process.run()
    return process
  }

  static func outcome(of process: Process, streams: URL) throws -> Outcome {
    let output = try String(contentsOf: streams.appendingPathComponent("out"), encoding: .utf8)
    let acknowledged = output.split(separator: "\n").filter { $0.hasPrefix("ack ") }.flatMap { line -> [Int] in
      let ends = line.dropFirst(4).components(separatedBy: "..<").compactMap { Int($0) }
      return ends.count == 2 ? Array(ends[0]..<ends[1]) : []
    }
    let status = process.terminationStatus
    return Outcome(
      status: process.terminationReason == .exit ? status : 128 + status, acknowledged: acknowledged,
      errors: try String(contentsOf: streams.appendingPathComponent("err"), encoding: .utf8))
  }
}

/// What a ledger was before a fault.
enum LedgerState: String, CaseIterable, Sendable {
  /// `older` is a ledger from before the rule that its head is pinned.
  case absent, older, threeItems, tornTail

  /// Numbers that were acknowledged before.
  var acknowledged: [Int] { self == .absent ? [] : [0, 1, 2] }

  func workspace() throws -> Workspace {
    let workspace = try Workspace()
    guard self != .absent else { return workspace }
    let writer = LedgerWriter(workspace: workspace, style: self == .older ? .naive : .chained)
    _ = try writer.run(first: 0, count: 3, batch: 3)
    if self == .tornTail {
      let handle = try FileHandle(forWritingTo: writer.file)
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("{\"data\":{\"measurement_id\":\"torn".utf8))
      try handle.close()
    }
    return workspace
  }
}
