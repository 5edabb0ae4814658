import ArgumentParser

/// Overrides of a configuration, as trailing arguments; help shows some that the command's configuration takes.
struct OverrideArguments<Examples: OverrideExamples>: ParsableArguments {
  @Argument(help: "Settings to change, e.g. \(Examples.text).", completion: .overrides)
  var overrides: [String] = []
}

/// Overrides for a help text.
protocol OverrideExamples {
  static var text: String { get }
}

enum TrainingExamples: OverrideExamples { static let text = "training.max_steps=100 or model=micro" }

enum EvaluationExamples: OverrideExamples { static let text = "evaluation.max_problems=100 or evaluation.budget=64" }

enum DatasetExamples: OverrideExamples { static let text = "dataset.sizes.train=1000 or dataset.seed=1" }

enum DeploymentExamples: OverrideExamples { static let text = "pod.replicas=2" }
