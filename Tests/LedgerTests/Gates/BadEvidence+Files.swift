import Foundation
import Ledger
import Schemas
import Storage

extension BadEvidence {
  static let ledgerPath = ".codex/metrics/reasoning.ndjson"

  // MARK: The ledger's file

  static let files: [BadEvidence] = [
    unreadable("no ledger", .noLedger, exit: 66) { scene, _ in
      scene.afterwards = { try FileManager.default.removeItem(at: $0.appendingPathComponent(ledgerPath)) }
    },
    unreadable("a ledger behind a link", .unreadableLedger, exit: 66) { scene, _ in
      scene.afterwards = {
        let file = $0.appendingPathComponent(ledgerPath)
        try FileManager.default.moveItem(at: file, to: $0.appendingPathComponent("elsewhere"))
        try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "../../elsewhere")
      }
    },
    unreadable("a directory for a ledger", .ledgerIsNoFile, exit: 65) { scene, _ in
      scene.afterwards = {
        let file = $0.appendingPathComponent(ledgerPath)
        try FileManager.default.removeItem(at: file)
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
      }
    },
    unreadable("a torn tail", .tornTail, exit: 65) { scene, _ in scene.damageBytes = { $0.removeLast(9) } },
    unreadable("no newline at the end", .tornTail, exit: 65) { scene, _ in scene.damageBytes = { $0.removeLast() } },
    unreadable("a changed figure in the middle", .alteredLine, exit: 65) { scene, _ in
      scene.damage = { sealed in
        let position = sealed.lastIndex { $0.contains("curriculum-aaaa") } ?? 0
        sealed[position] = sealed[position].replacing("curriculum-aaaa", with: "curriculum-aaab")
      }
    },
    unreadable("a line taken out of the middle", .brokenChain, exit: 65) { scene, _ in
      scene.damage = { $0.remove(at: 50) }
    },
    unreadable("two lines exchanged", .brokenChain, exit: 65) { scene, _ in scene.damage = { $0.swapAt(50, 51) } },
    unreadable("a line twice", .brokenChain, exit: 65) { scene, _ in
      scene.damage = { $0.insert($0[50], at: 51) }
    },
    unreadable("a line of another chain", .brokenChain, exit: 65) { scene, _ in
      let lines = Array(scene.lines.dropFirst())
      scene.damage = { sealed in
        if let other = try? SceneLine.chain(lines).texts { sealed[50] = other[50] }
      }
    },
    unreadable("the first line missing", .brokenChain, exit: 65) { scene, _ in scene.damage = { $0.removeFirst() } },
    unreadable("bytes that are no JSON", .malformedLine, exit: 65) { scene, _ in scene.damage = { $0[50] = "x" } },
    unreadable("zero bytes", .malformedLine, exit: 65) { scene, _ in
      scene.damageBytes = { $0.replaceSubrange(5000..<5100, with: repeatElement(0, count: 100)) }
    },
    unreadable("an empty line", .malformedLine, exit: 65) { scene, _ in scene.damage = { $0.insert("", at: 50) } },
    unreadable("a byte-order mark", .malformedLine, exit: 65) { scene, _ in
      scene.damageBytes = { $0.insert(contentsOf: [0xEF, 0xBB, 0xBF], at: 0) }
    },
    unreadable("two lines glued together", .malformedLine, exit: 65) { scene, _ in
      scene.damage = { $0[50] += $0.remove(at: 51) }
    },
    unreadable("a line above a mebibyte", .oversizedLine, exit: 65) { scene, _ in
      scene.lines[50].data[at: "sample.failure"] = .string(String(repeating: "x", count: 1 << 20))
    },
    unreadable("spaces between tokens", .otherSpelling, exit: 65) { scene, _ in
      scene.damage = { $0[50] = $0[50].replacing(",\"prev\"", with: ", \"prev\"") }
    },
    unreadable("a sixth member of a line", .wrongEnvelope, exit: 65) { scene, _ in
      scene.damage = { $0[50] = $0[50].replacing("{\"data\"", with: "{\"a\":1,\"data\"") }
    },
  ]

  // MARK: What stands in a line

  /// A line of an item's measurement for M0 to M2, of a deployment for M3: wherever it stands, nothing is believed.
  private static func respell(
    _ old: String, _ new: String
  ) -> @Sendable (inout Scene, String) throws -> Void {
    { scene, milestone in
      let position = milestone == "M3" ? scene.lines.count - 1 : scene.position(of: milestone)
      scene.lines[position].respell = { text in
        let start = text.range(of: "\"recorded_at\":")?.upperBound ?? text.startIndex
        let end = text[start...].firstIndex { !"0123456789.e+-".contains($0) } ?? text.endIndex
        return old.isEmpty
          ? text.replacingCharacters(in: start..<end, with: new) : text.replacing(old, with: new)
      }
    }
  }

  private static func change(
    _ body: @escaping @Sendable (inout SceneLine) -> Void
  ) -> @Sendable (inout Scene, String) throws -> Void {
    { scene, milestone in
      body(&scene.lines[milestone == "M3" ? scene.lines.count - 1 : scene.position(of: milestone)])
    }
  }

  static let lines: [BadEvidence] = [
    unreadable("NaN", .malformedLine, exit: 65, respell("", "NaN")),
    unreadable("Infinity", .malformedLine, exit: 65, respell("", "Infinity")),
    unreadable("-Infinity", .malformedLine, exit: 65, respell("", "-Infinity")),
    unreadable("1e999", .unacceptableNumber, exit: 65, respell("", "1e999")),
    unreadable("an integer that no number denotes", .unacceptableNumber, exit: 65, respell("", "99999999999999999999")),
    unreadable("a number with a leading zero", .malformedLine, exit: 65, respell("", "01")),
    unreadable("a duplicate key", .duplicateKey, exit: 65, respell("{\"", "{\"recorded_at\":1,\"")),
    unreadable("a number as a string", .wrongType, exit: 65, change { $0.data[at: "recorded_at"] = .string("1") }),
    unreadable("null for a number", .wrongType, exit: 65, change { $0.data[at: "recorded_at"] = .null }),
    unreadable("an array for a number", .wrongType, exit: 65, change { $0.data[at: "recorded_at"] = .array([]) }),
    unreadable("an unknown field", .unknownField, exit: 65, change { $0.data[at: "approved"] = .bool(true) }),
    unreadable("a missing field", .missingField, exit: 65, change { $0.data[at: "recorded_at"] = nil }),
    unreadable("a record of a future version", .unknownSchema, exit: 65, change { $0.schema += "0" }),
    unreadable("a record of another program", .unknownSchema, exit: 65, change { $0.schema = "other.metric/1" }),
    unreadable("data that are no object", .wrongType, exit: 65, change { $0.data = .int(1) }),
  ]

  // MARK: The gates' configuration

  private static func config(
    _ old: String, _ new: String
  ) -> @Sendable (inout Scene, String) throws -> Void {
    { scene, _ in
      guard let text = scene.milestones, text.contains(old) else { throw CocoaError(.formatting) }
      scene.milestones = text.replacing(old, with: new)
    }
  }

  static let configs: [BadEvidence] = [
    unreadable("a missing threshold", .configMissingValue, exit: 78, config("          threshold: 0.95\n", "")),
    unreadable("a missing 'waiver'", .configMissingValue, exit: 78, config("      waiver: null\n", "")),
    unreadable("a missing 'identity'", .configMissingValue, exit: 78) { scene, _ in
      guard let text = scene.milestones, let start = text.range(of: "  # What evidence must state"),
        let end = text.range(of: "  # In order: a milestone")
      else { throw CocoaError(.formatting) }
      scene.milestones = String(text[..<start.lowerBound] + text[end.lowerBound...])
    },
    unreadable("a missing 'counts'", .configMissingValue, exit: 78, config("          counts: newest\n", "")),
    unreadable("a missing 'declared'", .configMissingValue, exit: 78, config("          declared: required\n", "")),
    unreadable("a missing 'seeds'", .configMissingValue, exit: 78, config("            seeds: [0, 1]\n", "")),
    unreadable("a missing 'reference'", .configMissingValue, exit: 78, config("          reference: null\n", "")),
    unreadable("a threshold to be given", .configMissingValue, exit: 78, config("threshold: 0.95", "threshold: ???")),
    unreadable("'limit' for 'threshold'", .configUnknownKey, exit: 78, config("threshold: 700", "limit: 700")),
    unreadable(
      "an unknown field", .configUnknownKey, exit: 78, config("threshold: 700", "threshold: 700\n          limit: 1")),
    unreadable("another section", .configUnknownKey, exit: 78, config("gates:\n", "gate: {}\ngates:\n")),
    unreadable("a percentage for a ratio", .configOutOfRange, exit: 78, config("threshold: 0.95", "threshold: 95")),
    unreadable("a negative threshold", .configOutOfRange, exit: 78, config("threshold: 700", "threshold: -1")),
    unreadable("an infinite threshold", .configOutOfRange, exit: 78, config("threshold: 700", "threshold: .inf")),
    unreadable(
      "a threshold that is no number", .configOutOfRange, exit: 78, config("threshold: 700", "threshold: .nan")),
    unreadable("no items asked for", .configOutOfRange, exit: 78, config("min_n: 100", "min_n: 0")),
    unreadable("no age asked for", .configOutOfRange, exit: 78, config("max_age_days: 30", "max_age_days: 0")),
    unreadable("the flattering side", .configOutOfRange, exit: 78, config("side: lower", "side: upper")),
    unreadable("an interval of a latency", .configOutOfRange, exit: 78, config("side: value", "side: upper")),
    unreadable("a strict comparator", .configOutOfRange, exit: 78, config("comparator: \">=\"", "comparator: \">\"")),
    unreadable(
      "an unknown metric", .configOutOfRange, exit: 78, config("reasoning.trace_coverage", "reasoning.coverage")),
    unreadable(
      "no template", .configOutOfRange, exit: 78,
      config("template: \(Scene.template)", "template: []")),
    unreadable("no seed", .configOutOfRange, exit: 78, config("seeds: [0, 1]", "seeds: []")),
    unreadable("a seed twice", .configOutOfRange, exit: 78, config("seeds: [0, 1]", "seeds: [0, 0]")),
    unreadable("an unknown way to count", .configOutOfRange, exit: 78, config("counts: newest", "counts: best")),
    unreadable("perhaps declared", .configOutOfRange, exit: 78, config("declared: required", "declared: maybe")),
    unreadable(
      "a template list as the old files had it", .configUnknownKey, exit: 78,
      config("          template: \(Scene.template)\n", "          templates: [curriculum]\n")),
    unreadable(
      "a paired metric without reference", .configOutOfRange, exit: 78,
      config(
        "reference:\n            differs_only_in: [curriculum.shuffled]\n            seeds: [0, 1]", "reference: null")),
    unreadable(
      "a reference that may differ in nothing", .configOutOfRange, exit: 78,
      config("[curriculum.shuffled]", "[]")),
    unreadable(
      "a reference for an unpaired metric", .configOutOfRange, exit: 78,
      config("reference: null", "reference: {differs_only_in: [a], seeds: [0]}")),
    unreadable(
      "a digest that is none", .configOutOfRange, exit: 78,
      config("problems: sha256:", "problems: sha1:")),
    unreadable(
      "a waiver outside status_updates", .configOutOfRange, exit: 78,
      config("waiver: null", "waiver: ../waiver.md")),
    unreadable("a waiver elsewhere", .configOutOfRange, exit: 78, config("waiver: null", "waiver: docs/waiver.md")),
    unreadable(
      "a waiver that is no page", .configOutOfRange, exit: 78,
      config("waiver: null", "waiver: status_updates/waiver.txt")),
    unreadable(
      "an age that nobody waits for", .configOutOfRange, exit: 78, config("max_age_days: 30", "max_age_days: 3651")),
    unreadable(
      "a milestone that demands nothing", .configOutOfRange, exit: 78,
      { scene, _ in
        guard let text = scene.milestones, let start = text.range(of: "      cadence:\n        - id: weekly") else {
          return
        }
        scene.milestones = text[..<start.lowerBound] + "      cadence: []\n"
      }),
    unreadable("milestones out of order", .configOutOfRange, exit: 78, config("id: M1", "id: M5")),
    unreadable(
      "two clauses of one name", .configOutOfRange, exit: 78,
      { scene, _ in
        guard let text = scene.milestones else { return }
        let parts = text.split(separator: "      cadence: []\n", maxSplits: 1)
        guard parts.count == 2, let start = parts[0].range(of: "        - id: trace") else {
          throw CocoaError(.formatting)
        }
        scene.milestones = parts[0] + parts[0][start.lowerBound...] + "      cadence: []\n" + parts[1]
      }),
    unreadable(
      "no milestones", .configOutOfRange, exit: 78,
      { scene, _ in
        let identity = scene.milestones?.split(separator: "  milestones:\n").first.map(String.init) ?? ""
        scene.milestones = identity + "  milestones: []\n"
      }),
    unreadable("a threshold as a string", .configWrongKind, exit: 78, config("threshold: 0.95", "threshold: \"0.95\"")),
    unreadable("a list for a number", .configWrongKind, exit: 78, config("min_n: 100", "min_n: [100]")),
    unreadable(
      "a threshold twice", .configDuplicateKey, exit: 78,
      config("threshold: 0.95", "threshold: 0.95\n          threshold: 0.5")),
    unreadable("a configuration that is no YAML", .unreadableConfig, exit: 78, config("gates:", "gates: [")),
    unreadable("no configuration", .noConfig, exit: 78, { scene, _ in scene.milestones = nil }),
  ]

  // MARK: The run

  /// A copy of the control with other weights.
  private static func twin(below folder: String) -> @Sendable (inout Scene, String) throws -> Void {
    { scene, _ in
      scene.afterwards = { workspace in
        let copy = workspace.appendingPathComponent(folder)
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          at: workspace.appendingPathComponent("runs/control/\(Scene.control)"),
          to: copy.appendingPathComponent(Scene.control))
        try Data("further".utf8).write(
          to: copy.appendingPathComponent("\(Scene.control)/checkpoints/1/model.safetensors"))
      }
    }
  }

  static let runs: [BadEvidence] = [
    unreadable("no run", .noRun, exit: 66) { scene, _ in
      scene.afterwards = { try FileManager.default.removeItem(at: $0.appendingPathComponent("runs/train_loop")) }
    },
    unreadable("a run without a checkpoint", .noWeights, exit: 66) { scene, _ in scene.metadata.weightsDigest = nil },
    unreadable("a changed configuration of the run", .alteredRun, exit: 65) { scene, _ in
      scene.runConfig += "extra: 1\n"
    },
    unreadable("weights changed behind the metadata's back", .alteredRun, exit: 65) { scene, _ in
      scene.files["runs/train_loop/\(Scene.run)/checkpoints/1/model.safetensors"] = "other weights"
    },
    unreadable("weights that are gone", .noRun, exit: 66) { scene, _ in
      scene.afterwards = {
        try FileManager.default.removeItem(at: $0.appendingPathComponent("runs/train_loop/\(Scene.run)/checkpoints"))
      }
    },
    no("another run of the control's id before it", .hiddenRun, ["M1"], twin(below: "runs/a")),
    no("another run of the control's id behind it", .hiddenRun, ["M1"], twin(below: "runs/z/deep/er")),
    unreadable("unreadable metadata", .unreadableRun, exit: 65) { scene, _ in
      scene.files["runs/train_loop/\(Scene.run)/run_metadata.json"] = "{}"
    },
  ]
}
