import TestSupport
import Testing

/// Controls of the helpers that all other suites rely on: they must reject what they should.
@Suite struct ToleranceTests {
  private let tolerance = Tolerance(absolute: 1e-6, relative: 1e-3)

  @Test func accepts_withinEitherPart() {
    #expect(tolerance.accepts(1e-7, 0))
    #expect(tolerance.accepts(1000.9, 1000))
    #expect(tolerance.accepts(-1000.9, -1000))
    #expect(tolerance.accepts(0, 0))
  }

  @Test func accepts_rejectsBeyondBoth() {
    #expect(!tolerance.accepts(2e-6, 0))
    #expect(!tolerance.accepts(1001.1, 1000))
    #expect(!tolerance.accepts(1000, -1000))
  }

  @Test func accepts_rejectsWhatIsNotFinite() {
    #expect(!tolerance.accepts(.nan, 0))
    #expect(!tolerance.accepts(0, .nan))
    #expect(!tolerance.accepts(.nan, .nan))
    #expect(!tolerance.accepts(.infinity, 1))
    #expect(!tolerance.accepts(.infinity, .infinity), "an overflow is no agreement")
    #expect(!tolerance.accepts(1, .infinity), "an infinite expectation must not excuse everything")
  }

  @Test func acceptsArrays_rejectsOneBadElementAndOtherCounts() {
    #expect(tolerance.accepts([1, 2, 3], [1, 2, 3]))
    #expect(!tolerance.accepts([1, 2, 3], [1, 2, 3.1]))
    #expect(!tolerance.accepts([1, 2], [1, 2, 3]))
    #expect(!tolerance.accepts([1, .nan], [1, .nan]))
  }

  @Test func single_growsWithTheRootOfTheTerms() {
    #expect(Tolerance.single(summedTerms: 1).relative == 1e-6)
    #expect(Tolerance.single(summedTerms: 10_000).relative < 1e-3)
    #expect(!Tolerance.single(summedTerms: 512).accepts(1.001, 1), "a wrong third digit is no rounding")
  }

  @Test func expectClose_recordsAnIssue() {
    withKnownIssue("control: one element is wrong") { expectClose([1, 2.5], [1, 2]) }
    withKnownIssue("control: NaN is never close") { expectClose([.nan], [.nan]) }
    withKnownIssue("control: a missing element") { expectClose([1], [1, 2]) }
    expectClose([1, 2], [1, 2])
  }

  @Test func withEvery_namesTheValueAndStops() {
    struct Failure: Error {}
    var visited: [Int] = []
    withKnownIssue("control: the second value throws") {
      try withEvery("value", in: 0..<5) { value in
        visited.append(value)
        if value == 1 { throw Failure() }
      }
    }
    #expect(visited == [0, 1])
  }
}
