/// What a measurement's identity consists of: the one list that measurements state, clauses pin and gates compare.
///
/// A field that is added here is asked for at once by every clause that does not say `any`.
public enum IdentityField: String, CaseIterable, CodingKey, Sendable {
  // Whose model.
  /// The run whose model was measured.
  case run = "run_id"
  /// The run's template without overrides, `<name>@<digest>`.
  case template
  /// Keys in which the run's configuration departs from its template, sorted, separated by commas; empty for none.
  case overrides
  /// Digest of the run's resolved configuration.
  case runConfig = "run_config"
  /// The dataset that the model was trained on, `<place below datasets/>@<content digest>`.
  case trainedOn = "trained_on"
  /// Digest of `model.safetensors`.
  case weights
  /// The run's status when it was measured.
  case runStatus = "run_status"
  /// Optimizer steps taken, of how many: `3966/3966`.
  case runSteps = "run_steps"

  // What it was asked.
  /// The configuration that asked, `<name>@<digest>`: an evaluation's, or for a latency report the pod's.
  case evaluation
  /// The dataset that the problems are from, `<preset>@<content digest>`.
  case dataset
  /// The part of the dataset that was asked about.
  case split
  /// Version of the rule by which problems fall into splits.
  case splitRule = "split_rule"
  /// The salt of that rule.
  case splitSalt = "split_salt"
  /// Digest over the ids of the problems asked, in order.
  case problems

  // How it answered.
  /// `greedy`, `best-first`, `sampling`, `uniform`.
  case mode
  /// The search's other settings: `beam=4,temperature=1.0,token_budget=160,value_weight=1.0`.
  case search
  /// Model evaluations per problem at most.
  case budget
  /// Arithmetic of the weights, e.g. `float32`.
  case weightsFormat = "weights_format"
  /// Seed of the measurement.
  case seed

  // Who says so.
  /// Version of the rules by which answers are judged and figures computed; raised only when figures could change.
  case rules
}

extension IdentityField: Codable {}
