import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct AdamWTests {
  struct State { var parameters, first, second: [Float] }

  func step(_ kernels: any Kernels, _ state: State, _ gradients: [Float], step: Int, decay: Float = 0.1) -> State {
    let count = gradients.count
    let (p, m) = (GuardedFloats(state.parameters), GuardedFloats(state.first))
    let v = GuardedFloats(state.second)
    kernels.adamW(
      AdamWSettings(weightDecay: decay), parameters: p.pointer, gradients: gradients, first: m.pointer,
      second: v.pointer, count: count, rate: 0.01, gradientScale: 0.5, step: step, decays: true)
    return State(parameters: p.checked(), first: m.checked(), second: v.checked())
  }

  @Test(arguments: Implementation.fast) func adamW_agreesWithReference(_ fast: Implementation) {
    for count in [0, 1, 5, 16, 67, 1000] {
      var random = RandomStream(seed: 1, "adamw", count)
      let zeros = [Float](repeating: 0, count: count)
      var expected = State(parameters: random.normals(count), first: zeros, second: zeros)
      var actual = expected
      for number in 1...4 {
        let gradients = random.normals(count)
        expected = step(Implementation.reference, expected, gradients, step: number)
        actual = step(fast.kernels, actual, gradients, step: number)
      }
      let situation = "\(fast.name), count \(count), seed 1"
      expectClose(actual.parameters, expected.parameters, .single(summedTerms: 4), in: situation)
      expectClose(actual.first, expected.first, .single(summedTerms: 4), in: situation)
      expectClose(actual.second, expected.second, .single(summedTerms: 4), in: situation)
    }
  }

  @Test(arguments: [Implementation(name: "reference", kernels: Implementation.reference)] + Implementation.fast)
  func adamW_firstStepMovesByTheRate(_ each: Implementation) {
    // With corrected moments the first direction is the gradient's sign; decay then takes rate·decay of the parameter.
    let state = State(parameters: [1, 1, 2], first: [0, 0, 0], second: [0, 0, 0])
    let moved = step(each.kernels, state, [3, -0.2, 0], step: 1).parameters
    expectClose(moved, [1 - 0.01 - 0.001, 1 + 0.01 - 0.001, 2 - 0.002], .single(summedTerms: 4))
    #expect(!Tolerance.single(summedTerms: 4).accepts(moved, [1 - 0.01, 1 + 0.01, 2]))
  }

  @Test(arguments: Implementation.fast) func adamW_elementsDoNotDependOnCount(_ fast: Implementation) {
    var random = RandomStream(seed: 2, "adamw/split")
    let state = State(
      parameters: random.normals(48), first: random.normals(48), second: random.normals(48).map(abs))
    let gradients = random.normals(48)
    let all = step(fast.kernels, state, gradients, step: 3)
    let tail = State(
      parameters: Array(state.parameters[5...]), first: Array(state.first[5...]), second: Array(state.second[5...]))
    #expect(step(fast.kernels, tail, Array(gradients[5...]), step: 3).parameters == Array(all.parameters[5...]))
  }
}
