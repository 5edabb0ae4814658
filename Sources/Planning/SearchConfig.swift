import Plans
import Schemas
import Search

/// How one planner looks for plans and what each may cost. A value of this type is valid.
public struct SearchConfig: Equatable, Sendable {
  public let mode: PlanningMode
  /// Largest number of model evaluations per problem, the repair included.
  public let budget: Int
  /// Most children per expansion of a best-first search; also the alternatives that a repair weighs at each choice.
  public let beam: Int
  /// What sampling divides log-probabilities by.
  public let temperature: Double
  /// Weight of the value head's log-probability in best-first search; 0 leaves the policy alone.
  public let valueWeight: Double
  /// Largest number of tokens of a plan, its prompt left out.
  public let tokenBudget: Int

  static let budgets = 1...1_000_000
  static let beams = 1...64
  static let temperatures = 0.01...10.0
  static let valueWeights = 0.0...100.0
  static let tokenBudgets = 4...4096

  /// Traps outside the ranges that `init(reading:)` enforces: settings written in code are ours.
  public init(
    mode: PlanningMode, budget: Int = 64, beam: Int = 4, temperature: Double = 1, valueWeight: Double = 1,
    tokenBudget: Int = 128
  ) {
    precondition(Self.budgets.contains(budget) && Self.beams.contains(beam) && Self.tokenBudgets.contains(tokenBudget))
    precondition(Self.temperatures.contains(temperature) && Self.valueWeights.contains(valueWeight))
    self.mode = mode
    self.budget = budget
    self.beam = beam
    self.temperature = temperature
    self.valueWeight = valueWeight
    self.tokenBudget = tokenBudget
  }

  /// The same settings for another mode and budget.
  public func with(mode: PlanningMode, budget: Int) -> SearchConfig {
    SearchConfig(
      mode: mode, budget: budget, beam: beam, temperature: temperature, valueWeight: valueWeight,
      tokenBudget: tokenBudget)
  }

  /// The same settings for another mode, at that mode's standard cost.
  public func with(mode: PlanningMode) -> SearchConfig { with(mode: mode, budget: standardBudget(of: mode)) }

  /// What a search may cost where nobody says otherwise: the greedy mode is one pass and one repair, which the token budget
  /// bounds.
  public func standardBudget(of mode: PlanningMode) -> Int { mode == .greedy ? 2 * tokenBudget : 64 }

  /// The same settings for plans of at most `tokens` tokens, and as many evaluations; not fewer tokens than a plan takes at
  /// least, nor more of either than before.
  public func with(tokensAtMost tokens: Int) -> SearchConfig {
    SearchConfig(
      mode: mode, budget: min(budget, max(tokens, Self.budgets.lowerBound)), beam: beam, temperature: temperature,
      valueWeight: valueWeight, tokenBudget: min(tokenBudget, max(tokens, Self.tokenBudgets.lowerBound)))
  }

  /// The settings besides mode and budget, for identities: `beam=4,temperature=1.0,token_budget=160,value_weight=1.0`.
  public var settingsText: String {
    "beam=\(beam),temperature=\(temperature),token_budget=\(tokenBudget),value_weight=\(valueWeight)"
  }

  /// Reads what identities state of a search; nil for what no search of this build is.
  public init?(mode: String, budget: String?, settings: String?) {
    guard let mode = PlanningMode(rawValue: mode), let budget = budget.flatMap({ Int($0) }),
      Self.budgets.contains(budget), let settings
    else { return nil }
    var values: [Substring: Double] = [:]
    for part in settings.split(separator: ",") {
      let pair = part.split(separator: "=")
      guard pair.count == 2, let value = Double(pair[1]) else { return nil }
      values[pair[0]] = value
    }
    guard let beam = values["beam"].flatMap({ Int(exactly: $0) }), Self.beams.contains(beam),
      let tokens = values["token_budget"].flatMap({ Int(exactly: $0) }), Self.tokenBudgets.contains(tokens),
      let temperature = values["temperature"], Self.temperatures.contains(temperature),
      let weight = values["value_weight"], Self.valueWeights.contains(weight)
    else { return nil }
    self.init(
      mode: mode, budget: budget, beam: beam, temperature: temperature, valueWeight: weight, tokenBudget: tokens)
    guard settingsText == settings else { return nil }
  }

  var limits: PlanLimits { PlanLimits(tokenBudget: tokenBudget) }

  var search: any PlanSearch {
    switch mode {
    case .greedy: GreedySearch()
    case .bestFirst, .uniform: BestFirstSearch(beam: beam, valueWeight: valueWeight)
    case .sampling: SamplingSearch(temperature: temperature)
    }
  }
}
