import Plans
import Randomness
import Testing
import Worlds

/// Properties of 10,000 generated exercises a world. The seed is in the failure messages.
@Suite struct GeneratorTests {
  static let seed: UInt64 = 7

  static func exercises(_ kind: WorldKind, _ count: Int) -> [Exercise] {
    let levels = kind.teacher.levels
    return (0..<count).map { index in
      var random = RandomStream(seed: seed, "generator", kind.rawValue, index)
      return kind.teacher.exercise(level: levels[index % levels.count].number, random: &random)
    }
  }

  @Test(arguments: WorldKind.allCases)
  func exercise_isOfItsLevelSoundInEveryStyleAndRoundTrips(kind: WorldKind) throws {
    let world = kind.world
    let levels = kind.teacher.levels
    for (index, exercise) in Self.exercises(kind, 10_000).enumerated() {
      let comment: Comment = "seed \(Self.seed) index \(index): \(exercise.problem.humanText)"
      let problem = exercise.problem
      try #require(exercise.level == levels[index % levels.count].number, comment)
      try #require(kind.teacher.exercise(for: problem) == exercise, comment)
      try #require(try world.problem(parsing: problem.humanText) == problem, comment)
      try #require(try world.problem(stating: problem.goal) == problem, comment)
      let verifier = world.kind.teacher.judge(of: problem)
      for style in SolutionStyle.allCases {
        let plan = exercise.plan(style: style)
        try #require(verifier.findings(in: plan).isEmpty, comment)
        try #require(verifier.findings(inPrefix: plan.steps).isEmpty, comment)
      }
    }
  }

  @Test func arithmetic_staysWithinItsLimits() throws {
    var categories: [ProblemCategory: Int] = [:]
    for exercise in Self.exercises(.arithmetic, 10_000) {
      let steps = try #require(exercise.solution)
      #expect(steps.count == exercise.level && (2...8).contains(steps.count))
      #expect(steps.allSatisfy { (0...9999).contains($0.result) && (0...99).contains($0.y) })
      #expect(steps.allSatisfy { $0.operation != .mul || (2...9).contains($0.y) })
      #expect((0...99).contains(steps[0].x))
      categories[exercise.category, default: 0] += 1
      let isEdge = steps.contains { $0.x < 2 || $0.y < 2 || $0.result < 2 || $0.x == $0.y }
      #expect((exercise.category == .edgeCase) == isEdge)
      #expect((exercise.category == .additive) == (!isEdge && !steps.contains { $0.operation == .mul }))
    }
    for category in [ProblemCategory.additive, .mixed, .edgeCase] {
      #expect(categories[category, default: 0] >= 500, "\(category) is rare: \(categories)")
    }
    #expect(Set(categories.keys) == [.additive, .mixed, .edgeCase])
  }

  @Test func countdown_staysWithinItsLimits() throws {
    var operations: [String: Int] = [:]
    for exercise in Self.exercises(.countdown, 10_000) {
      let steps = try #require(exercise.solution)
      #expect(steps.count == 2)
      let goal = exercise.problem.goal.arguments.compactMap { if case .integer(let value) = $0 { value } else { nil } }
      #expect((1...999).contains(goal[0]) && goal[1...].allSatisfy { (1...50).contains($0) })
      #expect(!goal[1...].contains(goal[0]) && goal[1...].elementsEqual(goal[1...].sorted()))
      #expect(steps.allSatisfy { (1...9999).contains($0.result) && $0.x >= $0.y })
      let expected: ProblemCategory =
        steps.contains { $0.operation == .div }
        ? .divisive : steps.contains { $0.operation == .mul } ? .multiplicative : .additive
      #expect(exercise.category == expected)
      for step in steps { operations[step.operation.rawValue, default: 0] += 1 }
    }
    #expect(operations.values.allSatisfy { $0 >= 1_000 } && operations.count == 4, "\(operations)")
  }

  @Test func exercise_isAFunctionOfItsStream() {
    for kind in WorldKind.allCases {
      #expect(Self.exercises(kind, 50) == Self.exercises(kind, 50))
      var other = RandomStream(seed: Self.seed + 1, "generator", kind.rawValue, 0)
      #expect(Self.exercises(kind, 1)[0] != kind.teacher.exercise(level: kind.teacher.levels[0].number, random: &other))
    }
  }

  @Test(arguments: WorldKind.allCases)
  func detour_labelsAgreeWithTheVerifierAndTheSolver(kind: WorldKind) throws {
    let world = kind.world
    for (index, exercise) in Self.exercises(kind, 2_000).enumerated() {
      var random = RandomStream(seed: Self.seed, "detour", index)
      guard let detour = kind.teacher.detour(for: exercise, random: &random) else { continue }
      #expect(detour.isSound.last == false)
      let verifier = world.kind.teacher.judge(of: exercise.problem)
      let nodes = detour.nodes(style: .actions)
      for (count, isSound) in zip(1..., detour.isSound) {
        let prefix = nodes.prefix(count).flatMap { $0 }
        let isRefused = !verifier.findings(inPrefix: prefix).isEmpty
        switch kind {
        case .arithmetic: #expect(isRefused == !isSound)
        case .countdown: #expect(!isRefused, "a dead end is no mistake of its own")
        }
      }
    }
  }
}
