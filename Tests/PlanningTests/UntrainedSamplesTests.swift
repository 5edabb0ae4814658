import Glibc
import Plans
import Randomness
import Reasoner
import Search
import Tensors
import Testing
import Worlds

/// Whatever a model says, the automaton makes a plan of it: samples of an untrained one parse, type-check and end.
@Suite struct UntrainedSamplesTests {  // Sources/Plans/Automaton, Sources/Reasoner/Inference/BatchSampler.swift
  /// 5,000 unless the environment variable `CODEX_SAMPLES` asks for more.
  private static var sampleCount: Int { max(5000, getenv("CODEX_SAMPLES").flatMap { Int(String(cString: $0)) } ?? 0) }
  private static let batch = 250
  private static let limits = PlanLimits()

  @Test func everySampleParsesTypeChecksAndEnds() throws {
    let shape = try ModelShape(
      layers: 2, width: 16, heads: 2, kvHeads: 1, feedForward: 24, vocabulary: Fixture.vocabulary.count, positions: 192)
    let weights = Weights.initial(shape, seed: 1)
    let sampler = BatchSampler(weights, kernels: FastKernels(backend: .builtIn), slots: 64)
    var texts: Set<String> = []
    var number = 0
    while number < Self.sampleCount {
      let partials = try (number..<min(number + Self.batch, Self.sampleCount)).map(Self.partial)
      var streams = (number..<number + partials.count).map { RandomStream(seed: 1, "tests/samples", $0) }
      for plan in try sampler.complete(partials, temperature: 1, random: &streams) {
        #expect(plan.isComplete)
        #expect(plan.tokens.count - plan.promptLength <= Self.limits.tokenBudget)
        let tree = try #require(try plan.parsedTree())
        let signature = (tree.goal.name == "evaluate" ? WorldKind.arithmetic : .countdown).world.signature
        #expect(PlanTypeChecker(signature).findings(in: tree).isEmpty, "\(tree.canonicalText)")
        #expect(PlanRules.findings(in: tree, limits: Self.limits).filter { $0.rule == "terminal_ends_plan" }.isEmpty)
        texts.insert(tree.canonicalText)
      }
      number += partials.count
    }
    #expect(texts.count > Self.sampleCount / 4)  // samples, not one plan again and again
  }

  /// The control: without the mask the same model's samples do not even parse.
  @Test func withoutTheMaskSamplesDoNotParse() throws {
    var random = RandomStream(seed: 2, "tests/unmasked")
    let parsed = (0..<200).count { _ in
      let tokens = (0..<20).map { _ in PlanToken(rawValue: UInt16(random.index(below: Fixture.vocabulary.count))) }
      guard let text = try? Fixture.vocabulary.canonicalText(tokens) else { return false }
      return (try? PlanParser.parse(text)) != nil
    }
    #expect(parsed == 0)
  }

  /// Problem `number`: worlds, styles and levels take turns; every fifth allows every head, branches included.
  private static func partial(_ number: Int) throws -> PartialPlan {
    let world = WorldKind.allCases[number % WorldKind.allCases.count]
    var random = RandomStream(seed: 1, "tests/untrained", number)
    let levels = world.teacher.levels
    let problem = world.teacher.exercise(level: levels[number % levels.count].number, random: &random).problem
    let style = SolutionStyle.allCases[number % SolutionStyle.allCases.count]
    let signature = world.world.signature
    let admitted = number % 5 == 0 ? signature.entries : signature.entries.filter(style.admits)
    let automaton = try PlanAutomaton(
      vocabulary: Fixture.vocabulary, signature: signature,
      heads: Set(admitted.map { PlanHead($0.kind, $0.name) }), limits: limits)
    return try PartialPlan(goal: problem.goal, automaton: automaton, feasibility: world.world.feasibility(for: problem))
  }
}
