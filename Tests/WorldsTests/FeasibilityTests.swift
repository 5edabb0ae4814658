import Plans
import Testing
import Worlds

@Suite struct FeasibilityTests {
  @Test(arguments: WorldKind.allCases)
  func feasibility_admitsEverySolutionAndNamesOnlyDeclaredTerms(kind: WorldKind) throws {
    for exercise in GeneratorTests.exercises(kind, 2_000) {
      for style in [SolutionStyle.actions, .toolCalls] {
        var state = kind.world.feasibility(for: exercise.problem)
        #expect(!state.allowsTerminal("return") && state.allowsTerminal("unsolvable"))
        for node in exercise.plan(style: style).steps {
          try Self.checkVector(of: state, kind)
          guard case .action(let call, let output) = node else { continue }
          for count in call.arguments.indices {
            let candidates = state.candidates(action: call.name, after: Array(call.arguments[..<count]))
            try #require(candidates.contains(call.arguments[count]), "\(exercise.problem.humanText)")
          }
          state = state.applying(call, output: output)
        }
        #expect(state.allowsTerminal("return") && !state.allowsTerminal("unsolvable"))
      }
    }
  }

  /// What is feasible is no mistake in itself: with its exact result, the verifier finds nothing.
  @Test func countdown_feasibleStepsAreSoundSteps() throws {
    let world = WorldKind.countdown.world
    var stepCount = 0
    for exercise in GeneratorTests.exercises(.countdown, 300) {
      let state = world.feasibility(for: exercise.problem)
      let verifier = world.kind.teacher.judge(of: exercise.problem)
      for operation in Operation.allCases {
        for case .integer(let x) in state.candidates(action: operation.rawValue, after: []) {
          for case .integer(let y) in state.candidates(action: operation.rawValue, after: [.integer(x)]) {
            let z = try #require(operation.result(x, y))
            #expect(verifier.findings(inPrefix: [action(operation.rawValue, x, y, z)]).isEmpty)
            stepCount += 1
          }
        }
      }
    }
    #expect(stepCount > 1_000)
  }

  @Test func arithmetic_offersRemainingOperandsWithoutTheirOrder() throws {
    let world = WorldKind.arithmetic.world
    var state = world.feasibility(for: try world.problem(parsing: "(7 + 45) * 6 - 12"))
    #expect(state.actionVector() == [true, true, true, false, true])
    #expect(state.candidates(action: "add", after: []) == [.integer(7)])
    #expect(state.candidates(action: "add", after: [.integer(7)]) == [.integer(6), .integer(12), .integer(45)])
    #expect(state.candidates(action: "sub", after: [.integer(7)]) == [.integer(6)])
    #expect(state.candidates(action: "mul", after: [.integer(7)]) == [.integer(6)])
    #expect(state.candidates(action: "call", after: []) == [.symbol("add"), .symbol("mul"), .symbol("sub")])
    #expect(state.candidates(action: "reach", after: []).isEmpty)
    // The claimed value is taken on trust, right or wrong.
    state = state.applying(PlanCall("add", [.integer(7), .integer(45)]), output: .integer(50))
    #expect(state.candidates(action: "value", after: []) == [.integer(6), .integer(12), .integer(50)])
  }

  @Test func countdown_offersTheLargerOperandFirst() throws {
    let world = WorldKind.countdown.world
    let state = world.feasibility(for: try world.problem(parsing: "reach 20 from 4 4 9"))
    #expect(state.candidates(action: "add", after: []) == [.integer(4), .integer(9)])
    #expect(state.candidates(action: "add", after: [.integer(4)]) == [.integer(4)])
    #expect(state.candidates(action: "sub", after: []) == [.integer(9)])
    #expect(state.candidates(action: "div", after: []) == [.integer(4)])
    #expect(state.candidates(action: "div", after: [.integer(4)]) == [.integer(4)])
    #expect(state.candidates(action: "add", after: [.integer(5)]).isEmpty)
  }

  /// The vector agrees with the candidates; candidates ascend without duplicates.
  private static func checkVector(of state: any Feasibility, _ kind: WorldKind) throws {
    let names = kind.world.signature.entries.filter { $0.kind == .action }.map(\.name)
    for (name, isPossible) in zip(names, state.actionVector()) {
      let first = state.candidates(action: name, after: [])
      try #require(first.isEmpty == !isPossible)
      for term in first { try #require(!state.candidates(action: name, after: [term]).isEmpty) }
      let numbers = first.compactMap { if case .integer(let value) = $0 { value } else { nil } }
      try #require(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
    }
  }
}
