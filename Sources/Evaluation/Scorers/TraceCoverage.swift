extension ShareScorer {
  /// Problems whose trace is complete (problem → plan nodes → verdict → outcome), schema-valid and semantically verified.
  ///
  /// Over all problems asked: an abstention, even a true claim, is not covered, nor is a failure.
  public static let traceCoverage = ShareScorer { $0.covered }
}
