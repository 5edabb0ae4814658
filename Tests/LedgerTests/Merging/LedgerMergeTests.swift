import Foundation
import Ledger
import Schemas
import Storage
import Testing

/// A workspace, a copy of it, and what becomes of the copy's lines.
@Suite struct LedgerMergeTests {  // Sources/Ledger/Merging/LedgerMerge.swift, LedgerBatch.swift
  let home: EmptyWorkspace
  let away: EmptyWorkspace
  var ledger: MetricsLedger { MetricsLedger(in: home.root) }
  var other: MetricsLedger { MetricsLedger(in: away.root) }

  init() throws {
    home = try EmptyWorkspace()
    away = try EmptyWorkspace()
    _ = try ledger.append([.intention(Example.intention())])
    try copy()
  }

  /// As the user copies a workspace: the ledger and what lies beside it.
  private func copy() throws {
    let folder = MetricsLedger.standardPath.parent
    try away.root.makeDirectory(folder)
    for name in try home.root.list(folder) {
      let path = folder.appending(name)
      try away.root.atomicReplace(path, home.root.read(path, limit: 1 << 20))
    }
  }

  /// Lines of the home workspace.
  private func count() throws -> Int { try ledger.contents().lines.count }

  /// A measurement of two answers.
  private func measurement(_ id: String, run: String = "run", value: Double = 0.5) -> [LedgerEntry] {
    let metric = Example.metric(measurement: id, run: run)
    return [
      .item(Example.item(id, 0, run: run)), .item(Example.item(id, 1, run: run)),
      .metric(
        MetricRecord(
          metric: metric.metric, value: value, reason: nil, unit: metric.unit, lower: metric.lower, upper: metric.upper,
          count: 2, mode: metric.mode, group: "all", measurementID: id, identity: metric.identity, reference: nil,
          codexVersion: "0", recordedAt: 2)),
    ]
  }

  /// Run 1 from its beginning to its measurement.
  private var job: [LedgerEntry] {
    [.runEvent(Example.runEvent(.started, run: "run 1", seed: 1))]
      + [.runEvent(Example.runEvent(.finished, run: "run 1", seed: 1, weights: Example.digest))]
      + measurement("m", run: "run 1")
  }

  private func merge() throws -> LedgerMerge { try ledger.merge(other, codexVersion: "0", now: 9) }
  private func entries(_ ledger: MetricsLedger) throws -> [LedgerEntry] { try ledger.contents().lines.map(\.entry) }
  private func bytes() throws -> [UInt8] { try home.root.read(MetricsLedger.standardPath, limit: 1 << 20) }

  @Test func lines_followARecordThatNamesTheirSource() throws {
    let common = try #require(try ledger.contents().head)
    _ = try ledger.append([.runEvent(Example.runEvent(.started, run: "run 0"))])
    let before = try count()
    let finished = try other.append(Array(job[..<2]))
    let measured = try other.append(Array(job[2...]))
    let made = try merge()
    #expect(made.entries == job)
    let contents = try ledger.contents()
    let record = try #require(contents.merges.first?.record)
    #expect(contents.lines.count == before + 1 + job.count)
    #expect(record.sourceHead == measured && record.commonHead == common && record.lineCount == job.count)
    #expect(contents.lines.map(\.entry).suffix(job.count + 1) == [.merge(record)] + job)
    #expect(try ledger.verify(pinned: [measured, finished]).isEmpty, "what runs pinned there counts here")
    #expect(contents.reaches(measured) && contents.reaches(common))
    #expect(try ledger.checkForAppending(pinned: measured) == 0)
    let foreign = LedgerHead(sequence: measured.sequence, digest: Example.digest)
    #expect(!contents.reaches(foreign), "control")
    #expect(try !ledger.verify(pinned: [foreign]).isEmpty, "control")
  }

  @Test func secondTime_takesNothing() throws {
    _ = try other.append(job)
    _ = try merge()
    let before = try bytes()
    #expect(try merge().entries.isEmpty)
    #expect(try bytes() == before)
    _ = try other.append(measurement("later"))
    #expect(try merge().entries == measurement("later"), "control: what is new is taken")
  }

  /// Each workspace's own: verdicts, deployments and merges stay where they are.
  @Test func verdictsAndDeployments_stay() throws {
    let verdict = VerdictRecord(
      milestone: "M0", passed: true, runID: nil, weightsDigest: nil, clauses: [], gatesConfigDigest: Example.digest,
      standardGates: nil, ledgerHead: nil, codexVersion: "0", recordedAt: 1)
    _ = try other.append([.verdict(verdict), .deployment(Example.deployment), .merge(Example.merge)] + job)
    #expect(try merge().entries == job)
  }

  @Test func intentionsDeclaredElsewhere_countHere() throws {
    _ = try other.append([.intention(Example.intention("bbbbbbbbbbbb", at: 2))])
    _ = try merge()
    #expect(try ledger.contents().intentions.map(\.record.id) == ["aaaaaaaaaaaa", "bbbbbbbbbbbb"])
  }

  /// The same run on two machines: equal facts are known, whenever they were written.
  @Test func sameRunOnBothSides_isKnown() throws {
    _ = try ledger.append([.runEvent(Example.runEvent(.started, at: 5))])
    _ = try other.append([.runEvent(Example.runEvent(.started, at: 6))])
    #expect(try merge().entries.isEmpty)
  }

  @Test(arguments: [
    Example.runEvent(.finished, weights: Digest(of: "other weights")), Example.runEvent(.finished, seed: 2),
    Example.runEvent(.finished, intention: nil, weights: Example.digest),
  ])
  func contradictoryRun_isRefusedWithBothLines(theirs: RunEventRecord) throws {
    let common = try count()
    _ = try ledger.append([
      .runEvent(Example.runEvent(.started)), .runEvent(Example.runEvent(.finished, weights: Example.digest)),
    ])
    _ = try other.append(job + [.runEvent(theirs)])
    let before = try bytes()
    let error = #expect(throws: LedgerError.self) { try merge() }
    #expect(
      error
        == .contradictory(
          ledger: ledger.name, line: common + 1, source: other.name, sourceLine: common + job.count))
    #expect(try bytes() == before, "all or nothing")
  }

  @Test func contradictoryMeasurement_isRefused() throws {
    let common = try count()
    _ = try ledger.append(measurement("m"))
    _ = try other.append(measurement("m", value: 0.25))
    let before = try bytes()
    let error = #expect(throws: LedgerError.self) { try merge() }
    #expect(
      error == .contradictory(ledger: ledger.name, line: common + 2, source: other.name, sourceLine: common + 2))
    #expect(try bytes() == before)
  }

  @Test func ledgerOfAnotherWorkspace_isRefused() throws {
    let stranger = try EmptyWorkspace()
    let theirs = MetricsLedger(in: stranger.root)
    _ = try theirs.append([.intention(Example.intention("cccccccccccc"))])
    let error = #expect(throws: LedgerError.self) { try ledger.merge(theirs, codexVersion: "0", now: 9) }
    #expect(error == .nothingInCommon(ledger: ledger.name, source: theirs.name))
    #expect(try ledger.contents().merges.isEmpty)
  }

  /// The writer of the copy, or of the merge, was killed within a batch: an uninterrupted batch is taken again.
  @Test func cutMeasurement_isTakenAgainWhole() throws {
    _ = try other.append(job)
    let source = try #require(try other.contents().head)
    // What a merge leaves that is killed after the first answer.
    let cut = MergeRecord(
      sourceHead: source, commonHead: LedgerHead(sequence: 0, digest: Example.digest), lineCount: job.count,
      heads: [source], codexVersion: "0", recordedAt: 8)
    _ = try ledger.append([.merge(cut)] + job[..<3])
    #expect(try !ledger.contents().reaches(source), "its lines are not all here")
    #expect(try merge().entries == Array(job[2...]))
    #expect(try ledger.contents().reaches(source))
    #expect(try entries(ledger).suffix(3) == job.suffix(3))
    #expect(try merge().entries.isEmpty)
  }

  /// A copy that was made while a measurement was being written.
  @Test func forkWithinAMeasurement_takesItWhole() throws {
    _ = try ledger.append(Array(measurement("m")[..<1]))
    try copy()
    _ = try other.append(Array(measurement("m")[1...]))
    #expect(try merge().entries == measurement("m"))
  }

  @Test func brokenLedgers_areRefused() throws {
    _ = try other.append(job)
    for (broken, root) in [("source", away.root), ("target", home.root)] {
      var bytes = try root.read(MetricsLedger.standardPath, limit: 1 << 20)
      let whole = bytes
      bytes[bytes.count / 2] ^= 1
      try root.atomicReplace(MetricsLedger.standardPath, bytes)
      let error = #expect(throws: StorageError.self, "\(broken)") { try merge() }
      #expect(error?.kind == .badData)
      try root.atomicReplace(MetricsLedger.standardPath, whole)
    }
    #expect(try merge().entries == job, "control")
  }
}
