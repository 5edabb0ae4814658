import Testing
import Worlds

@Suite struct ProblemReadingTests {  // Sources/Worlds/Problem+Reading.swift
  @Test(arguments: [
    ("(37 + 45) * 6", WorldKind.arithmetic), ("evaluate(37,add,45,mul,6)", .arithmetic),
    ("reach 449 from 5 12 37", .countdown), ("reach(449,5,12,37)", .countdown),
  ])
  func problem_isReadInTheWorldThatKnowsIt(text: String, world: WorldKind) throws {
    let problem = try Problem(reading: text)
    #expect(problem.world == world)
    #expect(try Problem(reading: problem.goal.canonicalText, in: world) == problem)
  }

  @Test(
    arguments: [
      ("(37 + 45) * 6", WorldKind.countdown), ("37 +", nil), ("reach 4 from", nil), ("fetch(1,2)", nil), ("", nil),
    ] as [(String, WorldKind?)])
  func problem_thatNoWorldKnowsIsRefused(text: String, world: WorldKind?) {
    #expect(throws: WorldError.self) { try Problem(reading: text, in: world) }
  }

  @Test func problem_errorsComeFromTheWorldThatReadFurthest() {
    let error = #expect(throws: WorldError.self) { try Problem(reading: "reach 449 from 5 x 37") }
    #expect("\(error.map { "\($0)" } ?? "")".hasPrefix("countdown problem, column 18:"))
  }
}
