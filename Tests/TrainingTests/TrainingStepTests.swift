import Foundation
import Plans
import Reasoner
import Runs
import Schemas
import Storage
import Tensors
import Testing
import Training
import Worlds

/// One step of the loop, from loss to weights, against the formulas written out in `Double`.
///
/// Only the decoder's own derivative comes from the product; TransformerTests hold that against finite differences.
@Suite struct TrainingStepTests {  // Sources/Training/TrainingLoop.swift
  private static let steps = 6
  private static let (peak, floorRatio, warmup) = (0.02, 0.1, 2)
  private static let (clip, valueWeight) = (0.05, 0.5)
  private static let (beta1, beta2, epsilon, decay) = (0.8, 0.9, 1e-2, 0.3)
  /// So large an epsilon that a gradient which was not clipped shows: otherwise Adam forgets the scale.
  private static let settings = [
    "training.max_steps=\(steps)", "training.warmup_steps=\(warmup)", "training.learning_rate=\(peak)",
    "training.min_lr_ratio=\(floorRatio)", "training.max_grad_norm=\(clip)", "training.adam_beta1=\(beta1)",
    "training.adam_beta2=\(beta2)", "training.adam_epsilon=1.0e-2", "training.weight_decay=\(decay)",
    "training.value_loss_weight=\(valueWeight)", "training.value_example_ratio=0.0", "training.save_steps=1",
    "training.save_total_limit=10", "training.logging_steps=1", "training.bf16=false", "logging.traced_problems=0",
  ]

  /// Algorithm of Loshchilov & Hutter 2019 (AdamW), for one parameter.
  private struct Moments {
    var first = 0.0
    var second = 0.0

    mutating func step(_ weight: Double, gradient: Double, rate: Double, decays: Bool, number: Int) -> Double {
      first = beta1 * first + (1 - beta1) * gradient
      second = beta2 * second + (1 - beta2) * gradient * gradient
      let (m, v) = (first / (1 - pow(beta1, Double(number))), second / (1 - pow(beta2, Double(number))))
      return weight - rate * (m / (v.squareRoot() + epsilon) + (decays ? decay * weight : 0))
    }
  }

  private static func rate(_ step: Int) -> Double {
    if step <= warmup { return peak * Double(step) / Double(warmup) }
    let progress = Double(step - warmup) / Double(steps - warmup)
    return peak * (floorRatio + (1 - floorRatio) * 0.5 * (1 + cos(.pi * progress)))
  }

  /// The mean loss of some plans over all their tokens behind the prompt, and its gradient.
  private static func gradient(
    _ plans: [(tokens: [PlanToken], promptLength: Int)], _ weights: Weights
  ) throws -> (loss: Double, values: [Float]) {
    var packed = PackedSequences()
    for plan in plans { packed.append(plan.tokens.dropLast().map { Int32($0.rawValue) }) }
    let transformer = Transformer(weights, team: KernelTeam(kernels: ReferenceKernels(), pool: ThreadPool(threads: 1)))
    try transformer.forward(packed)
    let rows = transformer.outputChunks[0]
    let outputs = transformer.outputs(of: rows)
    let judged = Double(plans.reduce(0) { $0 + $1.tokens.count - $1.promptLength })
    var (row, loss) = (0, 0.0)
    for plan in plans {
      for place in 0..<plan.tokens.count - 1 {
        let logits = outputs.logits[row]
        let isJudged = place + 1 >= plan.promptLength
        let largest = (0..<outputs.vocabulary).map { Double(logits[$0]) }.max() ?? 0
        let exponentials = (0..<outputs.vocabulary).map { exp(Double(logits[$0]) - largest) }
        let sum = exponentials.reduce(0, +)
        let target = Int(plan.tokens[place + 1].rawValue)
        if isJudged { loss -= log(exponentials[target] / sum) / judged }
        for token in 0..<outputs.vocabulary {
          let slope = exponentials[token] / sum - (token == target ? 1 : 0)
          logits[token] = isJudged ? Float(slope / judged) : 0
        }
        // Every prefix of a sound plan is worth 1: the derivative of −log σ(z) is σ(z) − 1.
        let sigmoid = 1 / (1 + exp(-Double(outputs.values[row].pointee)))
        outputs.values[row].pointee = isJudged ? Float(valueWeight * (sigmoid - 1) / judged) : 0
        row += 1
      }
    }
    let gradients = FloatBuffer(count: weights.layout.count)
    transformer.backwardOutputs(of: rows, into: gradients, accumulating: false)
    transformer.backward(into: gradients, accumulating: false)
    return (loss, gradients.array)
  }

  @Test func steps_areLossClipRateAndUpdateAsWritten() throws {
    let small = try SmallRun()
    let request = try small.request("baseline", Self.settings)
    let metadata = try TrainingLoop(request).run()
    let run = RunCatalog.standard.appending(try RunID(parsing: metadata.runID))
    let root = try small.workspace.subroot(run)
    let plans = try request.dataset.examples(.train).map { record in
      let plan = try record.content().plan
      let vocabulary = request.vocabulary
      return (tokens: try vocabulary.encode(plan), promptLength: try vocabulary.encodePrompt(plan.goal).count)
    }
    let batch = 6
    let schedule = VisitSchedule(
      phases: [.init(id: "all", pool: plans.indices.map { Int32($0) }, duration: .steps(Self.steps), replayRatio: 0)],
      batchSize: batch, seed: 0)
    let metrics = try String(
      decoding: small.workspace.read(run.appending("metrics.ndjson"), limit: 1 << 20), as: UTF8.self
    )
    .split(separator: "\n").map { try JSONReader.parse(Array($0.utf8)) }
    try #require(metrics.count == Self.steps)
    let last = try ModelFolder.load("checkpoints/step-000000001", in: root, vocabulary: request.vocabulary).weights
    var weights = Weights.initial(last.shape, seed: 0)
    let decays = weights.layout.tensors.flatMap { [Bool](repeating: $0.decays, count: $0.count) }
    var moments = [Moments](repeating: Moments(), count: weights.layout.count)
    for step in 1...Self.steps {
      let visited = schedule.visits(at: step - 1).map { plans[Int($0.example)] }
      let (loss, gradient) = try Self.gradient(visited, weights)
      let norm = gradient.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      try #require(norm > 2 * Self.clip, "the gradient is to be clipped")
      let after = try ModelFolder.load(
        StoragePath(parsing: "checkpoints/step-00000000\(step)"), in: root, vocabulary: request.vocabulary
      ).weights
      var (difference, moved) = (0.0, 0.0)
      for index in moments.indices {
        let before = Double(weights.buffer[index])
        let expected = moments[index].step(
          before, gradient: Double(gradient[index]) * Self.clip / norm, rate: Self.rate(step), decays: decays[index],
          number: step)
        difference = max(difference, abs(expected - Double(after.buffer[index])))
        moved = max(moved, abs(expected - before))
      }
      // Single precision: 2⁻²⁴ of a weight below 2 in the update, and 1e-4 of a gradient summed in another order.
      #expect(difference <= 1e-4 * moved + 0x1p-23, "step \(step): \(difference) of \(moved)")
      let line = metrics[step - 1]["data"]
      for (key, expected) in [("loss", loss), ("grad_norm", norm), ("learning_rate", Self.rate(step))] {
        guard case .double(let value)? = line?[key] else {
          Issue.record("step \(step): no \(key) in \(metrics[step - 1])")
          continue
        }
        #expect(abs(value - expected) <= 1e-4 * expected, "step \(step): \(key)")
      }
      weights = after
    }
  }
}
