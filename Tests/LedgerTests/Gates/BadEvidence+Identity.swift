import Composition
import Foundation
import Ledger
import Schemas
import Storage

extension BadEvidence {
  /// For each field of an identity: not stated, another value, the value of another measurement; in the deciding record
  /// alone, and in every measurement of the metric.
  static let identities: [BadEvidence] = IdentityField.allCases.flatMap { field -> [BadEvidence] in
    let key = "identity.\(field.rawValue)"
    func spoil(
      _ how: String, _ reason: GateReason, _ milestones: [String] = ["M0", "M1", "M2"],
      _ value: @escaping @Sendable (Scene, String) -> JSONValue?
    ) -> [BadEvidence] {
      [
        inMemory("\(field.rawValue) \(how)", reason, milestones) { scene, milestone in
          scene.set(key, value(scene, milestone), in: milestone)
        },
        inMemory("\(field.rawValue) \(how), in every measurement", reason, milestones) { scene, milestone in
          scene.setAll(key, value(scene, milestone), in: milestone)
        },
      ]
    }
    func reason(_ milestone: String) -> GateReason {
      field == .dataset && milestone == "M1" ? .wrongPreset : Self.reason(field)
    }
    let perMilestone = ["M0", "M1", "M2"].flatMap { milestone in
      (field == .overrides ? [] : spoil("empty", reason(milestone), [milestone]) { _, _ in .string("") })
        + (isEqualEverywhere(field)
          ? []
          : spoil("of another measurement", reason(milestone), [milestone]) { scene, milestone in
            let own = scene.lines[scene.position(of: milestone)].data[at: key]
            return scene.lines.compactMap { $0.data[at: key] }.first { $0 != own }
          })
    }
    let other = (otherValues[field] ?? []).enumerated().flatMap { index, other in
      spoil("other (\(index): \(other.text.prefix(24)))", other.reason ?? Self.reason(field), other.milestones) {
        _, _ in
        .string(other.text)
      }
    }
    return spoil("not stated", .identityIncomplete) { _, _ in nil } + perMilestone + other
  }

  private static func inMemory(
    _ description: String, _ reason: GateReason, _ milestones: [String],
    _ spoil: @escaping @Sendable (inout Scene, String) throws -> Void
  ) -> BadEvidence {
    var evidence = no(description, reason, milestones, spoil)
    evidence.isInMemory = true
    return evidence
  }

  struct OtherValue: Sendable {
    let text: String
    var reason: GateReason?
    var milestones = ["M0", "M1", "M2"]
  }

  static let x = Digest(of: "x")

  /// The dataset of another template, as the shipped milestones pin it.
  static let baselineData: String = {
    let text = BuiltInConfigs.files["gates/milestones.yaml"] ?? ""
    return text.firstMatch(of: #/reasoning/baseline/[0-9a-f]{12}@sha256:[0-9a-f]{64}/#).map { String($0.output) } ?? ""
  }()

  /// Values that a measurement could state and that nobody asked for.
  static let otherValues: [IdentityField: [OtherValue]] = [
    .run: [.init(text: "curriculum-zzzzzzzzzzzz"), .init(text: Scene.run + " "), .init(text: Scene.run.uppercased())],
    .template: [
      .init(text: "curriculum@\(x)", reason: .wrongTemplate),
      .init(text: "baseline@\(Scene.template.digest)", reason: .wrongTemplate, milestones: ["M0", "M2"]),
      .init(text: "baseline@\(Scene.template.digest)", milestones: ["M1"]),
      .init(text: "curriculum", reason: .wrongTemplate),
      .init(text: "Curriculum@\(Scene.template.digest)"),
    ],
    .overrides: [
      .init(text: "dataset.levels.arithmetic"), .init(text: "dataset.split_salt,training.seed"),
      .init(text: "training"), .init(text: "training.seeds"), .init(text: "training.seed2,training.seed"),
      .init(text: "training.max_steps"), .init(text: " training.seed"),
      // Allowed, and not what the run's own files say.
      .init(text: "training.seed"), .init(text: "training.output_dir,training.seed"),
    ],
    .runConfig: [.init(text: "\(x)"), .init(text: "any"), .init(text: "of_run")],
    .trainedOn: [
      .init(text: "x@\(x)"), .init(text: "y@\(Scene.dataset)"), .init(text: "\(Scene.dataset)"),
      // On the list, and not what the run's own files say.
      .init(text: baselineData),
    ],
    .weights: [.init(text: "\(x)"), .init(text: "any"), .init(text: "of_run")],
    .runStatus: [.init(text: "running"), .init(text: "failed"), .init(text: "Completed"), .init(text: "interrupted")],
    .runSteps: [.init(text: "6/7"), .init(text: "7/8"), .init(text: "0/7"), .init(text: "7/7 ")],
    .evaluation: [
      .init(text: "reasoning@\(x)"), .init(text: "cot_lite@\(x)"), .init(text: "reasoning_pod@\(x)"),
      .init(text: "reasoning"), .init(text: "easy@\(Digest(of: "reasoning"))"),
    ],
    .dataset: [
      .init(text: "reasoning/curriculum@\(x)", reason: .wrongDataset, milestones: ["M0", "M2"]),
      .init(text: "reasoning/cot_lite@\(x)", reason: .wrongDataset, milestones: ["M1"]),
      .init(text: "reasoning/easy@\(Scene.dataset)", reason: .wrongDataset, milestones: ["M0", "M2"]),
      .init(text: "reasoning/easy@\(Scene.benchmark)", reason: .wrongPreset, milestones: ["M1"]),
    ],
    .split: [.init(text: "train"), .init(text: "all"), .init(text: "Test")],
    .splitRule: [.init(text: "2"), .init(text: "0"), .init(text: "01")],
    .splitSalt: [.init(text: "other"), .init(text: "codex-2"), .init(text: "codex-1 ")],
    .problems: [.init(text: "\(x)"), .init(text: "any"), .init(text: "\(Digest(of: ""))")],
    .mode: [.init(text: "greedy"), .init(text: "sampling"), .init(text: "uniform")],
    .search: [
      .init(text: "beam=64,temperature=1.0,token_budget=160,value_weight=1.0"), .init(text: "beam=4"),
      .init(text: "beam=4,temperature=1.0,token_budget=4096,value_weight=1.0"),
    ],
    .budget: [.init(text: "600"), .init(text: "1000000"), .init(text: "64.0"), .init(text: "640")],
    .weightsFormat: [.init(text: "bfloat16"), .init(text: "int8"), .init(text: "float64")],
    .seed: [.init(text: "1"), .init(text: "12345"), .init(text: "-0")],
    .rules: [.init(text: "0"), .init(text: "2"), .init(text: "1.0")],
  ]

  /// The word for a field that is not as asked for.
  static func reason(_ field: IdentityField) -> GateReason {
    switch field {
    case .run: .otherRun
    case .template: .notCurated
    case .overrides: .wrongOverrides
    case .runConfig: .wrongRunConfig
    case .trainedOn: .wrongTrainingData
    case .weights: .wrongWeights
    case .runStatus, .runSteps: .unfinishedRun
    case .evaluation: .wrongEvaluation
    case .dataset: .wrongDataset
    case .split: .wrongSplit
    case .splitRule: .wrongSplitRule
    case .splitSalt: .wrongSplitSalt
    case .problems: .wrongProblemSet
    case .mode: .wrongMode
    case .search: .wrongSearch
    case .budget: .wrongBudget
    case .weightsFormat: .wrongWeightsFormat
    case .seed: .wrongSeed
    case .rules: .wrongRules
    }
  }

  /// Whether all measurements of the scene state the same of it.
  private static func isEqualEverywhere(_ field: IdentityField) -> Bool {
    [.template, .trainedOn, .runStatus, .runSteps, .splitRule, .splitSalt, .search, .weightsFormat, .seed, .rules]
      .contains(field)
  }
}
