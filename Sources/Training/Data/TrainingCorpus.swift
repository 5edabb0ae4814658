import Datasets
import Plans
import Randomness
import Schemas
import Storage
import Tensors
import Worlds

/// A dataset's training examples as token sequences, with the pools of the curriculum's stages.
public struct TrainingCorpus: Sendable {
  /// One example: the problem's goal and its plan in latent tokens.
  struct Example: Sendable {
    let plan: [PlanToken]
    let promptLength: Int
    let problem: Problem
  }

  let vocabulary: PlanVocabulary
  let style: SolutionStyle
  let examples: [Example]
  /// Indices into `examples` for each stage, in the curriculum's order.
  let pools: [[Int32]]

  /// Reads every stage's examples and encodes them on `pool`'s threads.
  ///
  /// - Throws: What reading throws; `TrainingError.emptyPhase` for a stage without examples.
  /// - Complexity: Linear in the examples; about 5 µs each.
  public init(
    _ dataset: Dataset, curriculum: CurriculumConfig, vocabulary: PlanVocabulary, style: SolutionStyle, pool: ThreadPool
  ) throws {
    var records: [ExampleRecord] = []
    var pools: [[Int32]] = []
    for stage in curriculum.stages {
      let own = try dataset.examples(stage: stage.id)
      guard !own.isEmpty else { throw TrainingError.emptyPhase(id: stage.id, stage: stage.id) }
      pools.append((records.count..<records.count + own.count).map(Int32.init))
      records += own
    }
    self.vocabulary = vocabulary
    self.style = style
    self.pools = pools
    examples = try Self.encode(records, vocabulary: vocabulary, pool: pool)
  }

  /// Throws `TrainingError.planTooLong` unless every plan fits `positions`.
  func check(longest positions: Int) throws {
    let tokens = examples.reduce(0) { max($0, $1.plan.count) }
    guard tokens <= positions else { throw TrainingError.planTooLong(tokens: tokens, positions: positions) }
  }

  /// Mean number of positions that a token attends to, over all examples.
  var meanContext: Double {
    let rows = examples.reduce(0.0) { $0 + Double($1.plan.count - 1) }
    let attended = examples.reduce(0.0) { $0 + Double($1.plan.count - 1) * Double($1.plan.count) / 2 }
    return rows > 0 ? attended / rows : 0
  }

  private static func encode(
    _ records: [ExampleRecord], vocabulary: PlanVocabulary, pool: ThreadPool
  ) throws -> [Example] {
    let blockSize = 1_024
    let blocks = (records.count + blockSize - 1) / blockSize
    var results = [Result<[Example], any Error>?](repeating: nil, count: blocks)
    results.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let slots = buffer  // SAFETY: each block writes its own slot
      pool.forEach(blocks) { block in
        slots[block] = Result {
          try records[block * blockSize..<min(records.count, (block + 1) * blockSize)].map { record in
            let (problem, plan) = try record.content()
            return Example(
              plan: try vocabulary.encode(plan), promptLength: try vocabulary.encodePrompt(plan.goal).count,
              problem: problem)
          }
        }
      }
    }
    return try results.flatMap { try $0?.get() ?? [] }
  }

  /// What one optimizer step learns from: its examples, and for the value head a detour from each visit whose slot in the
  /// curriculum's order is below `detours`; a detour longer than `positions` is left out.
  ///
  /// A pure function of its arguments; streams `("training/detour", step, slot)` of the visit's origin, so that a visit brings
  /// the same detour wherever a permutation moves it.
  func sequences(
    visiting visits: [VisitSchedule.Visit], detours: Int, positions: Int, seed: UInt64
  ) throws -> [TrainingSequence] {
    var sequences = visits.map { visit in
      let example = examples[Int(visit.example)]
      return TrainingSequence(plan: example.plan, promptLength: example.promptLength)
    }
    for visit in visits where visit.originSlot < detours {
      var random = RandomStream(seed: seed, "training/detour", visit.originStep, visit.originSlot)
      if let detour = try detour(from: examples[Int(visit.example)], random: &random), detour.rows <= positions {
        sequences.append(detour)
      }
    }
    return sequences
  }

  /// A plan that goes wrong at its last step, labelled for the value head; `nil` where the problem offers none.
  ///
  /// A step that leads nowhere although it is carried out rightly is known to be dead once its operands stand; a wrong value
  /// only when its last digit does.
  private func detour(from example: Example, random: inout RandomStream) throws -> TrainingSequence? {
    let teacher = example.problem.world.teacher
    guard let detour = teacher.detour(for: teacher.exercise(for: example.problem), random: &random),
      let bad = detour.isSound.firstIndex(of: false)
    else { return nil }
    let nodes = detour.nodes(style: style)
    let goal = example.problem.goal
    let sound = try vocabulary.encode(PlanTree(goal: goal, steps: nodes[..<bad].flatMap { $0 })).count - 1
    let tokens = try vocabulary.encode(PlanTree(goal: goal, steps: nodes[...bad].flatMap { $0 })).dropLast()
    let arrow = vocabulary.token(for: "->")
    let dead = detour.isWrongValue ? tokens.count - 1 : tokens.lastIndex { $0 == arrow } ?? tokens.count - 1
    return TrainingSequence(
      detour: Array(tokens), promptLength: example.promptLength, unknownFrom: sound, deadFrom: dead)
  }
}
