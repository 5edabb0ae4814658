import Tensors
import TestSupport
import Testing

@Suite struct CosineScheduleTests {
  static let schedule = CosineSchedule(peak: 2, minimumRatio: 0.1, warmupSteps: 4, totalSteps: 104)

  @Test func rate_warmsUpThenFallsToTheFloor() {
    let rates = [1, 2, 4, 54, 104, 105, 100_000].map { Self.schedule.rate(at: $0) }
    expectClose(rates, [0.5, 1, 2, 1.1, 0.2, 0.2, 0.2])
    #expect(!Tolerance.single().accepts(rates, [0.5, 1, 2, 1.2, 0.2, 0.2, 0.2]))
  }

  @Test func rate_neverRisesAfterTheWarmUp() {
    let rates = (4...110).map { Self.schedule.rate(at: $0) }
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 })
  }

  @Test func rate_ofDegenerateSchedules() {
    #expect(CosineSchedule(peak: 1, minimumRatio: 0.5, warmupSteps: 0, totalSteps: 0).rate(at: 1) == 0.5)
    #expect(CosineSchedule(peak: 1, minimumRatio: 1, warmupSteps: 0, totalSteps: 10).rate(at: 7) == 1)
    #expect(CosineSchedule(peak: 1, minimumRatio: 0, warmupSteps: 3, totalSteps: 3).rate(at: 3) == 1)
  }
}
