import Testing

/// Runs `body` for each value and names the value when an expectation in it fails by throwing.
///
/// Property style: seeds come from `values`, and the one that failed is printed, so that it can be run alone.
public func withEvery<S: Sequence>(
  _ name: String, in values: S, sourceLocation: SourceLocation = #_sourceLocation, _ body: (S.Element) throws -> Void
) rethrows {
  for value in values {
    do { try body(value) } catch {
      Issue.record("failed with \(name) = \(value): \(error)", sourceLocation: sourceLocation)
      throw error
    }
  }
}
