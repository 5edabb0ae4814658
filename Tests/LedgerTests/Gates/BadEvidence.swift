import Foundation
import Ledger
import Schemas
import Storage

/// One way in which evidence is bad, spoiled for one milestone at a time.
struct BadEvidence: Sendable, CustomStringConvertible {
  let description: String
  let reason: GateReason
  /// The clause that must notice; nil for the milestone's own. Where nothing can be judged there is none.
  var clause: String?
  var milestones = ["M0", "M1", "M2"]
  /// The exit code where nothing can be judged.
  var exitCode: Int32 = 1
  /// Whether it is judged from records in memory: hundreds of cases differ in one field of one record.
  var isInMemory = false
  let spoil: @Sendable (inout Scene, String) throws -> Void

  /// Evaluated: a clause says no.
  static func no(
    _ description: String, _ reason: GateReason, clause: String? = nil, _ milestones: [String] = ["M0", "M1", "M2"],
    _ spoil: @escaping @Sendable (inout Scene, String) throws -> Void
  ) -> BadEvidence {
    BadEvidence(description: description, reason: reason, clause: clause, milestones: milestones, spoil: spoil)
  }

  /// Not evaluated.
  static func unreadable(
    _ description: String, _ reason: GateReason, exit code: Int32,
    _ spoil: @escaping @Sendable (inout Scene, String) throws -> Void
  ) -> BadEvidence {
    BadEvidence(
      description: description, reason: reason, milestones: ["M0", "M1", "M2", "M3"], exitCode: code, spoil: spoil)
  }

  static let all =
    identities + records + items + traces + absences + references + declarations + pages + waivers + deployments + files
    + lines + configs + runs

  static let other = JSONValue.string(Digest(of: "something else").description)

  // MARK: The deciding record

  static let records: [BadEvidence] = [
    no("stale", .stale) { $0.set("recorded_at", .double(Scene.now - 30 * 86_400 - 1), in: $1) },
    no("from the future", .fromTheFuture) { $0.set("recorded_at", .double(Scene.now + 61), in: $1) },
    no("any line from the future", .fromTheFuture, clause: "ledger_head", ["M0", "M1", "M2", "M3"]) { scene, _ in
      scene.lines[0].data[at: "recorded_at"] = .double(Scene.now + 61)
    },
    no("null value", .noValue) {
      $0.set("value", nil, in: $1)
      $0.set("reason", .string("9 of 100 problems failed"), in: $1)
    },
    no("a value of -1", .outOfRange) { $0.set("value", .int(-1), in: $1) },
    no("a ratio above 1", .outOfRange, ["M0", "M1"]) { $0.set("upper", .double(1.5), in: $1) },
    no("a negative lower end", .outOfRange, ["M0", "M1"]) { $0.set("lower", .double(-0.1), in: $1) },
    no("an impossible latency", .outOfRange, ["M2"]) { $0.set("value", .double(1e10), in: $1) },
    no("no interval", .noInterval, ["M0", "M1"]) { $0.set("lower", nil, in: $1) },
    no("half an interval", .noInterval, ["M0", "M1"]) { $0.set("upper", nil, in: $1) },
    no("other unit", .wrongUnit) { $0.set("unit", .string("count"), in: $1) },
    no("n too small", .tooFew) { $0.set("n", .int(Int64(Scene.count - 1)), in: $1) },
    no("two contradictory records", .contradictory) { scene, milestone in
      var second = scene.lines[scene.position(of: milestone)]
      second.data[at: "value"] = milestone == "M2" ? .int(1) : .double(0.97)
      scene.lines.insert(second, at: scene.position(of: milestone))
    },
    no("the same question answered differently in another measurement", .contradictory, ["M0", "M1"]) {
      scene, milestone in
      var second = scene.lines[scene.position(of: milestone)]
      second.data[at: "lower"] = .double(0.9)
      second.data[at: "measurement_id"] = .string("other")
      scene.lines.insert(second, at: 0)
    },
    no("the same measurement with another n", .contradictory) { scene, milestone in
      var second = scene.lines[scene.position(of: milestone)]
      second.data[at: "n"] = .int(Int64(Scene.count + 1))
      scene.lines.insert(second, at: scene.position(of: milestone))
    },
    no("the same measurement with another upper end", .contradictory, ["M0", "M1"]) { scene, milestone in
      var second = scene.lines[scene.position(of: milestone)]
      second.data[at: "upper"] = .double(0.999)
      scene.lines.insert(second, at: scene.position(of: milestone))
    },
  ]

  // MARK: The items behind it

  static let items: [BadEvidence] = [
    no("a metric without its items", .noItems) { scene, milestone in
      scene.lines.remove(scene.itemPositions(of: milestone))
    },
    no("a figure apart from its items", .noItems) { scene, milestone in
      scene.lines.insert(scene.lines[scene.controlRecord], at: scene.position(of: milestone))
    },
    no("items of another mode only", .noItems) { scene, milestone in
      for position in scene.itemPositions(of: milestone) {
        scene.lines[position].data[at: "sample.mode"] = .string("greedy")
      }
    },
    no("a metric without all its items", .incompleteItems) { scene, milestone in
      scene.lines.remove([scene.itemPositions(of: milestone)[7]])
    },
    no("more items than the metric counts", .incompleteItems) { scene, milestone in
      let position = scene.itemPositions(of: milestone)[0]
      var item = scene.lines[position]
      item.data[at: "sample.problem_id"] = other
      scene.lines.insert(item, at: position)
    },
    no("an item of another run", .foreignItems) { scene, milestone in
      scene.lines[scene.itemPositions(of: milestone)[3]].data[at: "run_id"] = .string("x")
    },
    no("one problem counted twice", .repeatedItem, ["M0", "M1"]) { scene, milestone in
      let positions = scene.itemPositions(of: milestone)
      scene.lines[positions[1]].data[at: "sample.problem_id"] =
        scene.lines[positions[0]].data[at: "sample.problem_id"]
    },
    no("a figure that its items do not give", .disagreesWithItems) { scene, milestone in
      scene.set("value", milestone == "M2" ? .double(94.5) : .double(0.9999), in: milestone)
    },
    no("an interval that its items do not give", .disagreesWithItems, ["M0", "M1"]) {
      $0.set("lower", .double(0.97), in: $1)
    },
    no("an upper end that its items do not give", .disagreesWithItems, ["M0", "M1"]) {
      $0.set("upper", .double(0.98), in: $1)
    },
    no("answers changed after the figure", .disagreesWithItems) { scene, milestone in
      for position in scene.itemPositions(of: milestone).prefix(20) {
        scene.lines[position].data[at: "sample.covered"] = .bool(false)
        scene.lines[position].data[at: "sample.correct"] = .bool(false)
        scene.lines[position].data[at: "sample.latency_ms"] = nil
      }
    },
    no("too slow, too few right", .belowThreshold, ["M0", "M1"]) { scene, milestone in
      scene.milestones = scene.milestones?.replacing("threshold: 0.95", with: "threshold: 0.97")
        .replacing("threshold: 0.55", with: "threshold: 0.97")
      if milestone == "M1" { try scene.declareAgain() }
    },
    no("too slow", .aboveThreshold, ["M2"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing("threshold: 700", with: "threshold: 94.9")
    },
  ]

  // MARK: No measurement

  static let absences: [BadEvidence] = [
    no("an empty ledger", .emptyLedger) { scene, _ in
      scene.lines = []
    },
    no("an evaluator that ended well and wrote nothing", .noMeasurement) { scene, milestone in
      let metric = scene.lines[scene.position(of: milestone)].data[at: "metric"]
      scene.lines.removeAll { $0.data[at: "metric"] == metric }
      scene.lines.removeAll { $0.data[at: "run_id"] == .string(Scene.run) && $0.schema == ItemRecord.schema }
    },
    no("an evaluator killed before its metrics", .unfinishedMeasurement) { scene, milestone in
      let id = scene.lines[scene.position(of: milestone)].data[at: "measurement_id"]
      scene.lines.removeAll { $0.schema == MetricRecord.schema && $0.data[at: "measurement_id"] == id }
    },
    no("an evaluator killed before its metrics, then another measurement", .unfinishedMeasurement) {
      scene, milestone in
      let id = scene.lines[scene.position(of: milestone)].data[at: "measurement_id"]
      let control = scene.lines[scene.controlRecord]
      let next = scene.lines.firstIndex { $0.schema == MetricRecord.schema && $0.data[at: "measurement_id"] == id }
      scene.lines[next ?? 0] = control
      scene.lines.removeAll { $0.schema == MetricRecord.schema && $0.data[at: "measurement_id"] == id }
      scene.lines.removeAll { $0.schema == ItemRecord.schema && $0.data[at: "measurement_id"] != id }
    },
    no("an interrupted measurement of another run", .noMeasurement) { scene, milestone in
      scene.lines = [scene.lines[0]]
    },
    no("another run's measurement", .otherRun) { $0.setAll("identity.run_id", .string("baseline-1"), in: $1) },
    no("another mode than its identity says", .wrongMode, ["M0", "M1", "M2"]) { scene, milestone in
      scene.set("mode", .string("greedy"), in: milestone)
    },
    no("another group", .wrongGroup) { $0.setAll("group", .string("arithmetic"), in: $1) },
    no("a template that is not curated", .notCurated) { scene, milestone in
      scene.milestones = scene.milestones?.replacing("curriculum@", with: "chain_of_thought@")
    },
    // Its evidence says otherwise, and nothing says that the template was not taken away since.
    no("a run of a template that is not curated", .notCurated) { scene, _ in
      scene.metadata = changed(scene.metadata) { $0[at: "template"] = .string("chain_of_thought") }
    },
    no("a ledger cut at a line's end", .headNotReached, clause: "ledger_head") { scene, _ in
      scene.damage = { $0.removeLast() }
    },
    no("another ledger of the same length", .headNotReached, clause: "ledger_head") { scene, _ in
      let lines = scene.lines
      scene.damage = { sealed in
        var changed = lines
        changed[changed.count - 1].data[at: "codex_version"] = .string("1")
        sealed = (try? SceneLine.chain(changed).texts) ?? []
      }
    },
    no("a ledger cut below its head file", .cutBelowHead, clause: "ledger_head") { scene, _ in
      scene.lines.insert(try SceneLine(LedgerRuleRecord.head), at: 0)
      let head = LedgerHead(sequence: scene.lines.count, digest: Scene.weights)
      try scene.plantHead(LedgerHeadRecord(head, byteCount: 1 << 20, ruleSequence: 0))
    },
    no("a ledger that is gone from beside its head file", .cutBelowHead, clause: "ledger_head") { scene, _ in
      let head = LedgerHead(sequence: 0, digest: Scene.weights)
      try scene.plantHead(LedgerHeadRecord(head, byteCount: 9, ruleSequence: 0))
      scene.afterwards = { try FileManager.default.removeItem(at: $0.appendingPathComponent(ledgerPath)) }
    },
    no("a head file that is gone", .headFileMissing, clause: "ledger_head") { scene, _ in
      scene.lines.insert(try SceneLine(LedgerRuleRecord.head), at: 0)
    },
    no("a head file of another ledger", .headFileAltered, clause: "ledger_head") { scene, _ in
      scene.lines.insert(try SceneLine(LedgerRuleRecord.head), at: 0)
      let head = LedgerHead(sequence: 1, digest: Scene.weights)
      try scene.plantHead(LedgerHeadRecord(head, byteCount: 9, ruleSequence: 0))
    },
    no("a head file that is none", .headFileAltered, clause: "ledger_head") { scene, _ in
      scene.lines.insert(try SceneLine(LedgerRuleRecord.head), at: 0)
      scene.files[ledgerPath + ".head"] = "{}"
    },
    no("a run that names no line of the ledger", .headNotPinned, clause: "ledger_head") { scene, _ in
      scene.pinsHead = false
    },
  ]
}

extension Scene {
  /// Puts `record` where the ledger's head file is.
  fileprivate mutating func plantHead(_ record: LedgerHeadRecord) throws {
    files[BadEvidence.ledgerPath + ".head"] = String(decoding: try RecordEncoder().bytes(of: record), as: UTF8.self)
  }
}

extension [SceneLine] {
  mutating func remove(_ positions: [Int]) {
    for position in positions.sorted(by: >) { remove(at: position) }
  }
}
