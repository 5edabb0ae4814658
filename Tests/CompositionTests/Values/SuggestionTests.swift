import Composition
import Testing

/// Sources/Composition/Values/Suggestion.swift.
@Suite struct SuggestionTests {
  /// The definition, without memory.
  private func distance(_ left: Substring, _ right: Substring) -> Int {
    guard let a = left.first, let b = right.first else { return max(left.count, right.count) }
    let (p, q) = (left.dropFirst(), right.dropFirst())
    var best = min(distance(p, q) + (a == b ? 0 : 1), distance(p, right) + 1, distance(left, q) + 1)
    if let c = p.first, let d = q.first, a == d, b == c { best = min(best, distance(p.dropFirst(), q.dropFirst()) + 1) }
    return best
  }

  @Test func distance_agreesWithTheDefinition() {
    let words = ["", "a", "ab", "ba", "abc", "acb", "cab", "abcd", "badc", "xyz", "steps", "stesp"]
    for left in words {
      for right in words {
        #expect(Suggestion.distance(left, right) == distance(left[...], right[...]), "\(left) \(right)")
      }
    }
  }

  @Test func nearest_ordersByDistanceThenNameAndLeavesOutTheFar() {
    #expect(
      Suggestion.nearest(to: "max_stesp", among: ["seed", "max_steps", "max_step"]) == ["max_step", "max_steps"])
    #expect(Suggestion.nearest(to: "zzz", among: ["alpha", "beta"]) == [])
  }

  @Test func nearest_goesOnWhereTheNameEnds() {
    #expect(Suggestion.nearest(to: "a_b", among: ["single", "a_b_c_d"]) == ["a_b_c_d"])
    // Of two letters too much begins with them.
    #expect(Suggestion.nearest(to: "a_", among: ["a_b_c_d"]) == [])
  }

  @Test func paths_preferThoseThatEndInTheName() {
    let names = ["datasets/reasoning/baseline", "training/reasoning/baseline", "datasets/baselin"]
    #expect(Suggestion.paths(like: "datasets/baseline", among: names) == Array(names.prefix(2)))
    #expect(Suggestion.paths(like: "datasets/baselime", among: names) == ["datasets/baselin"])
  }
}
