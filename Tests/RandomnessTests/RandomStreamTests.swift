import Randomness
import TestSupport
import Testing

/// The expected numbers come from an independent implementation in Python with arbitrary-precision integers, itself
/// checked against published vectors: SplitMix64(1234567), xoshiro256** from state (1, 2, 3, 4), FNV-1a-128 of "a".
@Suite struct RandomStreamTests {
  @Test func next_givesKnownAnswers() {
    var plain = RandomStream(seed: 0)
    #expect(
      (0..<4).map { _ in plain.next() } == [
        0x1cca_2285_72b4_bf0c, 0x6c60_9ae3_5438_a4ae, 0x8a28_2d72_1a01_b503, 0x883c_4871_fa3b_9942,
      ])
    var named = RandomStream(seed: 7, "datasets/train", 41)
    #expect(
      (0..<4).map { _ in named.next() } == [
        0x1075_5c84_27d5_df2b, 0xc878_f048_f076_a2eb, 0xfd2e_cc89_b662_a8c1, 0xf71e_f21f_17fb_d635,
      ])
    var unusual = RandomStream(seed: .max, "é", "")
    #expect(
      (0..<4).map { _ in unusual.next() } == [
        0x2b74_ca30_8880_ae17, 0xefec_e400_e0b5_4947, 0xc97e_508d_d916_7138, 0xe074_3a40_3105_3483,
      ])
  }

  @Test func indexBelow_givesKnownAnswers() {
    var stream = RandomStream(seed: 7, "index")
    #expect((0..<12).map { _ in stream.index(below: 10) } == [1, 8, 9, 0, 2, 5, 3, 5, 2, 1, 8, 6])
    #expect(stream.index(below: 1 << 62 | 1) == 2_602_786_049_588_795_383)
  }

  @Test func shuffle_givesKnownAnswerAndPermutes() {
    var stream = RandomStream(seed: 7, "shuffle")
    var items = Array(0..<10)
    stream.shuffle(&items)
    #expect(items == [5, 8, 2, 4, 6, 9, 7, 0, 3, 1])
    var none: [Int] = []
    stream.shuffle(&none)
    #expect(none.isEmpty)
  }

  /// Every prefix, regrouping or renumbering of a path is another stream.
  @Test func paths_separateStreams() {
    let streams = [
      RandomStream(seed: 1), RandomStream(seed: 2), RandomStream(seed: 1, ""), RandomStream(seed: 1, "", ""),
      RandomStream(seed: 1, "a"), RandomStream(seed: 1, "a", ""), RandomStream(seed: 1, "", "a"),
      RandomStream(seed: 1, "ab"), RandomStream(seed: 1, "a", "b"), RandomStream(seed: 1, "b", "a"),
      RandomStream(seed: 1, "a", 1), RandomStream(seed: 1, "a", 11), RandomStream(seed: 1, "a", 1, 1),
    ]
    #expect(Set(streams).count == streams.count)
    let many = (0..<10_000).map { RandomStream(seed: 1, "problem", $0) }
    var first = many
    #expect(Set(first.indices.map { first[$0].next() }).count == many.count)
  }

  /// Successive items draw from different streams: across them the draws are as uniform as within one.
  @Test func streamsOfSuccessiveItems_areUniformTogether() {
    var counts = [Int](repeating: 0, count: 64)
    for item in 0..<64_000 {
      var stream = RandomStream(seed: 3, "item", item)
      counts[stream.index(below: 64)] += 1
    }
    #expect(chiSquare(counts) < Self.limit63)
  }

  @Test func split_dependsOnNameAndPosition() {
    var parent = RandomStream(seed: 5)
    var twin = parent
    var (first, same, other) = (parent.split("x"), twin.split("x"), parent.split("x"))
    #expect(first == same)
    #expect(first != other)
    #expect(first.next() == same.next())
    #expect(first.next() != other.next())
  }

  @Test func uniform_isUniformInUnitInterval() {
    var stream = RandomStream(seed: 11, "uniform")
    var counts = [Int](repeating: 0, count: 64)
    for _ in 0..<64_000 {
      let value = stream.uniform()
      #expect(value >= 0 && value < 1)
      counts[Int(value * 64)] += 1
    }
    #expect(chiSquare(counts) < Self.limit63)
  }

  /// With a bound of 3/4 of 2⁶³ a remainder would hit the lower third twice as often as it should: a third of the draws
  /// stays a third only without modulo bias.
  @Test func indexBelow_hasNoModuloBias() {
    let bound = 3 << 61
    var stream = RandomStream(seed: 13, "bias")
    var thirds = [Int](repeating: 0, count: 3)
    var biased = thirds
    for _ in 0..<30_000 {
      thirds[stream.index(below: bound) / (1 << 61)] += 1
      biased[Int(stream.next() % UInt64(bound)) / (1 << 61)] += 1
    }
    #expect(chiSquare(thirds) < Self.limit2)
    #expect(chiSquare(biased) > Self.limit2, "control: the statistic sees the bias of the remainder")
  }

  @Test func integerInRange_reachesBothEnds() {
    var stream = RandomStream(seed: 17)
    #expect(Set((0..<200).map { _ in stream.integer(in: -2...2) }) == [-2, -1, 0, 1, 2])
    #expect(stream.integer(in: 4...4) == 4)
  }

  @Test func shuffle_isUniformOverPermutations() {
    var counts: [[Int]: Int] = [:]
    for seed in 0..<2400 {
      var items = [0, 1, 2, 3]
      var stream = RandomStream(seed: UInt64(seed), "permutation")
      stream.shuffle(&items)
      counts[items, default: 0] += 1
    }
    #expect(counts.count == 24)
    #expect(chiSquare(Array(counts.values)) < 49.73)  // 23 degrees of freedom, 0.1 %
  }

  /// Upper 0.1 % points of χ² with 63 and 2 degrees of freedom.
  static let limit63 = 103.44
  static let limit2 = 13.82
}

/// Pearson's statistic against equal expected counts.
func chiSquare(_ counts: [Int]) -> Double {
  let expected = Double(counts.reduce(0, +)) / Double(counts.count)
  return counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
}
