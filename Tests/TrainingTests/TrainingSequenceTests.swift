import Plans
import Testing
import Training

@Suite struct TrainingSequenceTests {  // Sources/Training/Data/TrainingSequence.swift
  private let plan = (10..<16).map { PlanToken(rawValue: UInt16($0)) }

  /// The first token of the plan is predicted from the prompt's last.
  @Test func plan_isLearnedFromItsFirstTokenToItsLast() {
    let sequence = TrainingSequence(plan: plan, promptLength: 2)
    #expect(sequence.tokens == [10, 11, 12, 13, 14] && sequence.targets == [11, 12, 13, 14, 15])
    #expect(sequence.policyWeights == [0, 1, 1, 1, 1])
    #expect(sequence.valueTargets == [1, 1, 1, 1, 1] && sequence.valueWeights == [0, 1, 1, 1, 1])
  }

  /// Tokens before `unknownFrom` are worth 1, those from `deadFrom` on 0, the last one included.
  @Test func detour_isJudgedButWhereItIsUnknown() {
    let sequence = TrainingSequence(detour: plan, promptLength: 2, unknownFrom: 3, deadFrom: 5)
    #expect(sequence.tokens == [10, 11, 12, 13, 14, 15])
    #expect(sequence.policyWeights == [0, 0, 0, 0, 0, 0])
    #expect(sequence.valueTargets == [1, 1, 1, 1, 1, 0])
    #expect(sequence.valueWeights == [0, 1, 1, 0, 0, 1])
  }
}
