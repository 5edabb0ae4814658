import TestSupport
import Testing

/// `expectClose`, naming the situation (seed, shape, implementation) that a failure can be repeated with.
func expectClose(
  _ actual: [Float], _ expected: [Float], _ tolerance: Tolerance, in situation: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  if tolerance.accepts(actual, expected) { return }
  Issue.record("in \(situation):", sourceLocation: sourceLocation)
  expectClose(actual, expected, tolerance, sourceLocation: sourceLocation)
}
