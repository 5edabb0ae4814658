import Plans
import Randomness
import TestSupport
import Testing

@Suite struct TokenSetTests {  // Sources/Plans/Latent/TokenSet.swift
  @Test func set_agreesWithAStandardSet() throws {
    try withEvery("seed", in: UInt64(0)..<500) { seed in
      var random = RandomStream(seed: seed, "plans/token-set")
      var reference = Set<PlanToken>()
      var set = TokenSet()
      for _ in 0..<random.index(below: 40) {
        let token = PlanToken(rawValue: UInt16(random.index(below: TokenSet.capacity)))
        reference.insert(token)
        set.insert(token)
      }
      try #require(Array(set) == reference.sorted())
      try #require(set.count == reference.count && set.isEmpty == reference.isEmpty)
      try #require(set.single == (reference.count == 1 ? reference.first : nil))
      for id in 0..<TokenSet.capacity + 50 {
        let token = PlanToken(rawValue: UInt16(id))
        try #require(set.contains(token) == reference.contains(token))
      }
    }
  }
}
