import Datasets
import Randomness
import TestSupport
import Testing
import Training

/// A control's schedule: the curriculum's visits, all of them, in one random order.
@Suite struct VisitSchedulePermutationTests {  // Sources/Training/Data/VisitSchedule.swift
  /// Three phases like a_b_c's: 2-2-3 epochs, later ones with replay, pools and batch drawn from `seed`.
  private func phases(_ seed: UInt64) -> [VisitSchedule.Phase] {
    var random = RandomStream(seed: seed, "tests/phases")
    var start: Int32 = 0
    return [("a", 2, 0), ("b", 2, 0.25), ("c", 3, 0.25)].map { id, epochs, replay in
      let count = Int32(random.integer(in: 5...90))
      defer { start += count }
      return VisitSchedule.Phase(
        id: id, pool: Array(start..<start + count), duration: .epochs(epochs), replayRatio: replay)
    }
  }

  private func pair(_ seed: UInt64, cutAt steps: Int = .max) -> (VisitSchedule, control: VisitSchedule) {
    var random = RandomStream(seed: seed, "tests/batch")
    let (phases, batch) = (phases(seed), random.integer(in: 1...16))
    func schedule(_ isPermuted: Bool) -> VisitSchedule {
      VisitSchedule(phases: phases, batchSize: batch, seed: seed, maximumSteps: steps, isPermuted: isPermuted)
    }
    return (schedule(false), schedule(true))
  }

  private func counts(_ visits: [Int32]) -> [Int32: Int] {
    visits.reduce(into: [:]) { $0[$1, default: 0] += 1 }
  }

  @Test func permuted_makesTheCurriculumsVisits() {
    withEvery("seed", in: UInt64(0)..<200) { seed in
      for steps in [.max, Int(seed % 7) + 1] {
        let (curriculum, control) = pair(seed, cutAt: steps)
        #expect(control.visits.count == curriculum.visits.count, "seed \(seed)")
        #expect(control.visits.sorted() == curriculum.visits.sorted(), "seed \(seed)")
        #expect(control.steps == curriculum.steps && control.phaseEnds == curriculum.phaseEnds, "seed \(seed)")
      }
    }
  }

  /// What a visit brings besides its example moves along, so the sequences that a run learns from are the same multiset too.
  @Test func permuted_movesEachVisitWhole() {
    withEvery("seed", in: UInt64(0)..<50) { seed in
      let (curriculum, control) = pair(seed)
      let places = (0..<control.steps).flatMap { control.visits(at: $0) }
      for visit in places {
        #expect(curriculum.visits(at: visit.originStep)[visit.originSlot] == visit, "seed \(seed)")
      }
      let origins = Set(places.map { $0.originStep * control.batchSize + $0.originSlot })
      #expect(origins == Set(curriculum.visits.indices), "seed \(seed)")
    }
  }

  /// Control of the two tests above: the dealing that decision 0019 ended, examples dealt at random to stages of the same
  /// sizes, has the same steps but visits other examples, or equal ones otherwise often.
  @Test func control_dealingToStagesMakesOtherVisits() {
    withEvery("seed", in: UInt64(0)..<20) { seed in
      let phases = phases(seed)
      var random = RandomStream(seed: seed, "tests/deal")
      var examples = phases.flatMap(\.pool)
      random.shuffle(&examples)
      var rest = examples[...]
      let dealt = phases.map { phase in
        defer { rest = rest.dropFirst(phase.pool.count) }
        return VisitSchedule.Phase(
          id: phase.id, pool: Array(rest.prefix(phase.pool.count)), duration: phase.duration,
          replayRatio: phase.replayRatio)
      }
      let curriculum = VisitSchedule(phases: phases, batchSize: 8, seed: seed)
      let control = VisitSchedule(phases: dealt, batchSize: 8, seed: seed)
      #expect(control.visits.count == curriculum.visits.count, "seed \(seed)")
      #expect(counts(control.visits) != counts(curriculum.visits), "seed \(seed)")
    }
  }

  @Test func permuted_isAnotherOrderForEverySeed() throws {
    var orders: Set<[Int32]> = []
    try withEvery("seed", in: UInt64(0)..<100) { seed in
      let (phases, batch) = (phases(1), 8)
      let control = VisitSchedule(phases: phases, batchSize: batch, seed: seed, isPermuted: true)
      let again = VisitSchedule(phases: phases, batchSize: batch, seed: seed, isPermuted: true)
      let origins = try #require(control.origins)
      #expect(control == again && control.digest == again.digest, "seed \(seed)")
      #expect(origins != origins.sorted(), "seed \(seed)")
      orders.insert(origins)
    }
    #expect(orders.count == 100)
  }

  @Test func digest_tellsOrdersApart() {
    let (curriculum, control) = pair(3)
    let other = VisitSchedule(phases: phases(4), batchSize: curriculum.batchSize, seed: 3)
    #expect(Set([curriculum.digest, control.digest, other.digest]).count == 3)
    #expect(curriculum.digest == pair(3).0.digest)
  }

  /// How unevenly each of six visits goes to each of six places, in 6,000 seeds: (6 − 1)/6 of the sum over the 36 cells is
  /// distributed as χ² with (6 − 1)² = 25 degrees of freedom, whose 99.9 % quantile is 52.6.
  private func chiSquare(_ order: (UInt64) -> [Int32]) -> Double {
    let (seeds, count) = (6_000, 6)
    var cells = [Double](repeating: 0, count: count * count)
    for seed in 0..<UInt64(seeds) {
      for (place, visit) in order(seed).enumerated() { cells[Int(visit) * count + place] += 1 }
    }
    let expected = Double(seeds) / Double(count)
    let sum = cells.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
    return sum * Double(count - 1) / Double(count)
  }

  @Test func permuted_sendsEachVisitEverywhereEquallyOften() {
    let phases = [
      VisitSchedule.Phase(id: "a", pool: Array(0..<2), duration: .epochs(1), replayRatio: 0),
      VisitSchedule.Phase(id: "b", pool: Array(2..<6), duration: .epochs(1), replayRatio: 0),
    ]
    func order(_ seed: UInt64, isPermuted: Bool) -> [Int32] {
      VisitSchedule(phases: phases, batchSize: 2, seed: seed, isPermuted: isPermuted).visits
    }
    #expect(chiSquare { order($0, isPermuted: true) } < 52.6)
    // Control: the curriculum's own order, shuffled within its phases only.
    #expect(chiSquare { order($0, isPermuted: false) } > 1_000)
  }
}
