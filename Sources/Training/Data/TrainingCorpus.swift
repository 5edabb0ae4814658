import Datasets
import Plans
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

  /// Reads the training examples of any dataset, divides them as the curriculum says and encodes them on `pool`'s threads.
  ///
  /// - Throws: What reading throws; `DatasetsError.unassigned` for examples that no stage takes; `TrainingError.emptyPhase` for a stage without examples.
  /// - Complexity: Linear in the examples; about 5 µs each.
  public init(
    _ dataset: Dataset, curriculum: CurriculumConfig, vocabulary: PlanVocabulary, style: SolutionStyle, pool: ThreadPool
  ) throws {
    var records: [ExampleRecord] = []
    var pools: [[Int32]] = []
    let divided = try CurriculumPartition.divide(dataset.examples(.train), by: curriculum)
    for (stage, own) in zip(curriculum.stages, divided) {
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
}
