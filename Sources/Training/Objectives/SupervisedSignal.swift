import Composition
import Plans
import Randomness

/// Imitation of the dataset's exact plans; detours from them teach the value head.
struct SupervisedSignal: TrainingSignal {
  private let lesson: Lesson
  private let settings: SupervisedSettings
  /// Slots of a step, in the curriculum's order, whose visits bring a detour.
  private let detours: Int

  init(_ lesson: Lesson, settings: SupervisedSettings) {
    self.lesson = lesson
    self.settings = settings
    detours =
      settings.valueLossWeight > 0 ? Int(settings.valueExampleRatio * Double(lesson.schedule.batchSize)) : 0
  }

  var meanContext: Double { lesson.corpus.meanContext }

  /// The examples that a step visits, and a detour from each visit whose slot in the curriculum's order is below `detours`; a
  /// detour longer than the model's positions is left out.
  ///
  /// Streams `("training/detour", step, slot)` of the visit's origin, so that a visit brings the same detour wherever a
  /// permutation moves it.
  func batch(at step: Int) throws -> any SignalBatch {
    let corpus = lesson.corpus
    let visits = lesson.schedule.visits(at: step)
    var sequences = visits.map { visit in
      let example = corpus.examples[Int(visit.example)]
      return TrainingSequence(plan: example.plan, promptLength: example.promptLength)
    }
    for visit in visits where visit.originSlot < detours {
      var random = RandomStream(seed: lesson.seed, "training/detour", visit.originStep, visit.originSlot)
      let example = corpus.examples[Int(visit.example)]
      if let detour = try detour(from: example, random: &random), detour.rows <= lesson.weights.shape.positions {
        sequences.append(detour)
      }
    }
    return SupervisedBatch(sequences, valueLossWeight: settings.valueLossWeight)
  }

  func figures(_ sums: SignalSums) -> [SignalFigure] { SupervisedBatch.figures(sums) }

  /// A plan that goes wrong at its last step, labelled for the value head; `nil` where the problem offers none.
  ///
  /// A step that leads nowhere although it is carried out rightly is known to be dead once its operands stand; a wrong value
  /// only when its last digit does.
  private func detour(from example: TrainingCorpus.Example, random: inout RandomStream) throws -> TrainingSequence? {
    let vocabulary = lesson.corpus.vocabulary
    let teacher = example.problem.world.teacher
    guard let detour = teacher.detour(for: teacher.exercise(for: example.problem), random: &random),
      let bad = detour.isSound.firstIndex(of: false)
    else { return nil }
    let nodes = detour.nodes(style: lesson.corpus.style)
    let goal = example.problem.goal
    let sound = try vocabulary.encode(PlanTree(goal: goal, steps: nodes[..<bad].flatMap { $0 })).count - 1
    let tokens = try vocabulary.encode(PlanTree(goal: goal, steps: nodes[...bad].flatMap { $0 })).dropLast()
    let arrow = vocabulary.token(for: "->")
    let dead = detour.isWrongValue ? tokens.count - 1 : tokens.lastIndex { $0 == arrow } ?? tokens.count - 1
    return TrainingSequence(
      detour: Array(tokens), promptLength: example.promptLength, unknownFrom: sound, deadFrom: dead)
  }
}

/// Settings of imitation.
public struct SupervisedSettings: Equatable, Sendable {
  /// λ of the value loss.
  public let valueLossWeight: Double
  /// Detours added to each step for the value head, as a share of its batch.
  public let valueExampleRatio: Double

  init(_ read: inout ConfigReader) {
    valueLossWeight = read.float("training.value_loss_weight", in: 0...100)
    valueExampleRatio = read.float("training.value_example_ratio", in: 0...1)
  }
}
