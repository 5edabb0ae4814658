extension ResolvedConfig {
  /// Refuses top-level keys that no section of the program reads.
  ///
  /// Each section's own reader refuses unread keys inside it; this closes the gap between sections.
  ///
  /// - Throws: `ConfigError.unreadKey`, or all of them as `ConfigError.problems`.
  public func requireSections(_ known: [String]) throws {
    let problems = (root.entries ?? [:]).filter { !known.contains($0.key) }.map { key, node in
      ConfigError.unreadKey(path: key, candidates: Suggestion.nearest(to: key, among: known), origin: node.origin)
    }
    guard let first = problems.first else { return }
    throw problems.count == 1 ? first : ConfigError.problems(problems)
  }
}
