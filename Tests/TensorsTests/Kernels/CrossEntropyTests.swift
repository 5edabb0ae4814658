import Glibc
import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct CrossEntropyTests {
  struct Outcome { var gradient, losses, hits: [Float] }

  func run(
    _ kernels: any Kernels, _ logits: [Float], _ targets: [Int32], _ weights: [Float], scale: Float
  ) -> Outcome {
    let logits = GuardedFloats(logits)
    let (losses, hits) = (GuardedFloats(unwritten: targets.count), GuardedFloats(unwritten: targets.count))
    kernels.crossEntropy(
      logits: logits.pointer, targets: targets, weights: weights, losses: losses.pointer, hits: hits.pointer,
      scale: scale, rows: targets.count, vocabulary: targets.isEmpty ? 3 : logits.count / targets.count)
    return Outcome(gradient: logits.checked(), losses: losses.checked(), hits: hits.checked())
  }

  @Test(arguments: Implementation.fast) func crossEntropy_agreesWithReference(_ fast: Implementation) {
    for vocabulary in [1, 2, 15, 16, 17, 63, 131] {
      var random = RandomStream(seed: 1, "cross-entropy", vocabulary)
      let situation = "\(fast.name), vocabulary \(vocabulary), seed 1"
      let logits = random.normals(6 * vocabulary).map { $0 * 5 }
      // The row of weight 0 has a target that must not be read.
      let targets = (0..<6).map { $0 == 3 ? Int32(1 << 30) : Int32(random.index(below: vocabulary)) }
      let weights: [Float] = [1, 0.5, 2, 0, 1, -1]
      let expected = run(Implementation.reference, logits, targets, weights, scale: 0.25)
      let actual = run(fast.kernels, logits, targets, weights, scale: 0.25)
      expectClose(actual.gradient, expected.gradient, .single(summedTerms: 8), in: situation)
      expectClose(actual.losses, expected.losses, .single(summedTerms: 8), in: situation)
      #expect(actual.hits == expected.hits)
    }
    #expect(run(fast.kernels, [], [], [], scale: 1).losses == [])
  }

  @Test(arguments: [Implementation(name: "reference", kernels: Implementation.reference)] + Implementation.fast)
  func crossEntropy_gradientOfARowSumsToZero(_ each: Implementation) {
    var random = RandomStream(seed: 2, "cross-entropy/sum")
    let outcome = run(each.kernels, random.normals(37), [4], [1], scale: 1)
    // Softmax sums to one, the one-hot target too.
    expectClose([outcome.gradient.reduce(0, +)], [0], .single(summedTerms: 37))
    #expect(outcome.gradient[4] < 0)
  }

  @Test(arguments: [Implementation(name: "reference", kernels: Implementation.reference)] + Implementation.fast)
  func hits_countTheLowestOfEqualLogits(_ each: Implementation) {
    let logits: [Float] = [1, 3, 3, 0, 1, 3, 3, 0, 1, 3, 3, 0]
    #expect(run(each.kernels, logits, [1, 2, 0], [1, 1, 1], scale: 1).hits == [1, 0, 0])
    #expect(run(each.kernels, [1, 3, 3, 0], [1], [0], scale: 1).hits == [0])
  }

  @Test(arguments: Implementation.fast) func crossEntropy_staysFiniteFarOut(_ fast: Implementation) {
    let outcome = run(fast.kernels, [1e4, -1e4, 0, 1e4, -1e4, 0], [0, 1], [1, 1], scale: 1)
    expectClose(outcome.losses, [0, 2e4])
    expectClose(outcome.gradient, [0, 0, 0, 1, -1, 0])
  }

  @Test(arguments: Implementation.fast) func crossEntropy_rowsDoNotDependOnRowCount(_ fast: Implementation) {
    var random = RandomStream(seed: 4, "cross-entropy/rows")
    let logits = random.normals(5 * 19)
    let all = run(fast.kernels, logits, [0, 1, 2, 3, 4], [1, 1, 1, 1, 1], scale: 1)
    let last = run(fast.kernels, Array(logits[(3 * 19)...]), [3, 4], [1, 1], scale: 1)
    #expect(last.gradient == Array(all.gradient[(3 * 19)...]))
    #expect(last.losses == Array(all.losses[3...]))
  }

  @Test func gradient_isTheGradient() {
    var random = RandomStream(seed: 3, "cross-entropy/gradient")
    let logits = random.normals(2 * 5)
    func loss(_ logits: [Double]) -> Double {
      func one(_ row: ArraySlice<Double>, _ target: Double) -> Double {
        log(row.reduce(0) { $0 + exp($1) }) - target
      }
      return 0.5 * (2 * one(logits[0..<5], logits[3]) + 0.25 * one(logits[5...], logits[5]))
    }
    let outcome = run(Implementation.reference, logits, [3, 0], [2, 0.25], scale: 0.5)
    expectGradient(outcome.gradient, of: loss, at: logits)
    expectClose([0.5 * outcome.losses.reduce(0, +)], [Float(loss(logits.map(Double.init)))])
    #expect(!acceptsGradient(outcome.gradient[3] + 0.01, centralDifference(loss, at: logits.map(Double.init), 3)))
  }
}
