extension TemplateCatalog {
  /// A composed template in words, as Markdown: phases, objective, model size, search, evaluation, deployment, digest.
  ///
  /// - Parameter trainingMemory: Bytes that training the configuration takes, as who trains it predicts.
  /// - Throws: What composing and reading it reports.
  public func explain(
    _ name: String, overrides: [String] = [], trainingMemory: (ResolvedConfig) throws -> Int
  ) throws -> String {
    let resolved = try compose(name, overrides: overrides)
    let summary = try TemplateSummary(resolved)
    let model = summary.model
    let order =
      summary.isShuffled
      ? "the visits of these phases, permuted in time (the control)" : "phases in turn, each from the weights before"
    let phases = summary.phases.map { phase in
      let length =
        switch phase.length {
        case .steps(let count): "\(Self.grouped(count)) steps"
        case .epochs(let count): count == 1 ? "1 epoch" : "\(count) epochs"
        }
      return "| \(phase.id) | \(phase.dataset) | \(length) | \(phase.metrics.joined(separator: ", ")) |"
    }
    return """
      # Template \(name)

      \(summary.description)

      | phase | dataset | length | metrics |
      |---|---|---|---|
      \(phases.joined(separator: "\n"))

      - Order: \(order).
      - Problems: \(summary.worlds.joined(separator: " and ")), plans written as \(summary.style), \(summary.problemsPerStep) problems a step.
      - Objective: cross-entropy on exact plans\(Self.valueTerm(summary.valueLossWeight)).
      - Model: \(model.layers) layers of width \(model.width), \(model.queryHeads) heads \
      (\(model.keyValueHeads) of keys and values), \(Self.grouped(model.parametersWithoutEmbedding)) parameters \
      and \(model.parametersPerToken) for each token of the vocabulary; \
      about \(Self.grouped((try trainingMemory(resolved) + (1 << 20) - 1) >> 20)) MiB to train.
      - Search: \(summary.searchMode), at most \(summary.searchBudget) model evaluations a problem.
      - Evaluation: configs/evaluation/\(summary.evaluationPreset).yaml.
      - Deployment: configs/deploy/\(summary.deploymentPreset).yaml, ring \(summary.rolloutRing).
      - Owner: \(summary.owner).
      - Overrides: \(overrides.isEmpty ? "none" : overrides.map { "`\($0)`" }.joined(separator: " ")).
      - Digest: \(resolved.digest).

      """
  }

  private static func valueTerm(_ weight: Double) -> String {
    weight == 0 ? "" : " + \(FloatText.python(weight)) × the value head's loss"
  }

  /// Thousands separated by commas.
  static func grouped(_ number: Int) -> String {
    let digits = String(number)
    return String(
      digits.enumerated().flatMap { offset, digit -> [Character] in
        offset > 0 && (digits.count - offset) % 3 == 0 ? [",", digit] : [digit]
      })
  }
}
