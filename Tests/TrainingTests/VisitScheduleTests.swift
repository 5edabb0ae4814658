import Datasets
import TestSupport
import Testing
import Training

@Suite struct VisitScheduleTests {  // Sources/Training/Data/VisitSchedule.swift
  private let phases = [
    VisitSchedule.Phase(id: "a", pool: Array(0..<10), duration: .epochs(2), replayRatio: 0),
    VisitSchedule.Phase(id: "b", pool: Array(10..<22), duration: .steps(6), replayRatio: 0.5),
  ]

  @Test func epochs_visitEveryExampleEquallyOften() {
    let schedule = VisitSchedule(phases: [phases[0]], batchSize: 5, seed: 1)
    #expect(schedule.steps == 4)
    for pass in 0..<2 {
      #expect(Set(schedule.visits[pass * 10..<(pass + 1) * 10]) == Set(0..<10))
    }
    #expect(Array(schedule.visits[0..<10]) != Array(schedule.visits[10..<20]))
  }

  @Test func replay_takesItsShareFromEarlierPoolsOnly() {
    let schedule = VisitSchedule(phases: phases, batchSize: 4, seed: 1)
    #expect(schedule.phaseEnds == [5, 11])
    for step in 5..<11 {
      let visited = schedule.visits(at: step)
      #expect(visited.filter { $0.example < 10 }.count == 2)
      #expect(visited.indices.allSatisfy { visited[$0].originStep == step && visited[$0].originSlot == $0 })
      #expect(schedule.phase(at: step) == 1)
    }
    #expect(schedule.phase(at: 4) == 0)
  }

  @Test func replay_drawsFromEveryEarlierPhase() {
    let third = VisitSchedule.Phase(id: "c", pool: Array(22..<30), duration: .steps(200), replayRatio: 0.5)
    let schedule = VisitSchedule(phases: phases + [third], batchSize: 4, seed: 1)
    let replayed = schedule.visits[44...].filter { $0 < 22 }
    #expect(replayed.count == 400)
    #expect(Set(replayed) == Set(0..<22), "400 draws miss one of 22 examples under 2 seeds of 10 million")
  }

  @Test func schedule_isAFunctionOfItsSeed() {
    let one = VisitSchedule(phases: phases, batchSize: 4, seed: 1)
    #expect(one == VisitSchedule(phases: phases, batchSize: 4, seed: 1))
    #expect(one.visits != VisitSchedule(phases: phases, batchSize: 4, seed: 2).visits)
  }
}
