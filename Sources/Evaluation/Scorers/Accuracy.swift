extension ShareScorer {
  /// Problems answered correctly: a verified plan, or a true claim that there is none. Giving up and failing are wrong.
  public static let accuracy = ShareScorer { $0.correct }
}
