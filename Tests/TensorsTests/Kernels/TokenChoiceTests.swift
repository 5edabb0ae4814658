import Glibc
import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct TokenChoiceTests {  // Sources/Tensors/Kernels/TokenChoice.swift
  func choose(
    _ kernels: any Kernels, _ logits: [Float], allowed: [UInt64]?, temperature: Float, position: Double
  ) -> TokenChoice? {
    let guarded = GuardedFloats(logits)
    func choice(_ mask: UnsafeBufferPointer<UInt64>?) -> TokenChoice? {
      kernels.choose(
        guarded.pointer, vocabulary: logits.count, allowed: mask, temperature: temperature, position: position)
    }
    guard let allowed else { return choice(nil) }
    return allowed.withUnsafeBufferPointer { choice($0) }
  }

  @Test(arguments: Implementation.builtIn) func choose_agreesWithReference(_ fast: Implementation) {
    withEvery("seed", in: UInt64(0)..<200) { seed in
      var random = RandomStream(seed: seed, "choice")
      let size = [1, 3, 16, 63, 64, 65, 200, 1000][Int(seed) % 8]
      var logits = random.normals(size).map { $0 * 3 }
      let words = (size + 63) / 64
      let allowed = seed % 3 == 0 ? nil : (0..<words).map { _ in random.next() & random.next() }
      // What is not allowed is not looked at.
      if let allowed {
        for token in 0..<size where allowed[token / 64] >> UInt64(token % 64) & 1 == 0 { logits[token] = .nan }
      }
      for temperature: Float in [0, 0.5, 1, 2] {
        let position = random.uniform()
        let expected = choose(
          Implementation.reference, logits, allowed: allowed, temperature: temperature, position: position)
        let actual = choose(fast.kernels, logits, allowed: allowed, temperature: temperature, position: position)
        #expect(actual?.token == expected?.token)
        guard let actual, let expected else { continue }
        expectClose([actual.logProbability], [expected.logProbability], Tolerance(absolute: 1e-5, relative: 1e-5))
      }
    }
  }

  @Test(arguments: Implementation.builtIn) func choose_followsTheDistribution(_ fast: Implementation) {
    let logits: [Float] = [log(1), log(2), 99, log(3), log(4)]
    var counts = [Int](repeating: 0, count: 5)
    for step in 0..<1000 {
      let position = (Double(step) + 0.5) / 1000
      let choice = choose(fast.kernels, logits, allowed: [0b11011], temperature: 1, position: position)
      counts[choice?.token ?? 2] += 1
    }
    #expect(counts == [100, 200, 0, 300, 400])
  }

  @Test(arguments: Implementation.builtIn + [Implementation(name: "reference", kernels: ReferenceKernels())])
  func choose_edges(_ kernels: Implementation) {
    func choice(_ logits: [Float], _ allowed: [UInt64]?, _ temperature: Float, _ position: Double = 0) -> Int? {
      choose(kernels.kernels, logits, allowed: allowed, temperature: temperature, position: position)?.token
    }
    #expect(choice([1, 3, 3, 2], nil, 0) == 1)  // the first of equals
    #expect(choice([1, 3, 3, 2], [0b1101], 0) == 2)
    #expect(choice([1, 2], [0], 1) == nil)
    #expect(choice([1, 2, 3], [], 0) == nil)
    #expect(choice([.nan, 2], nil, 1) == nil)
    #expect(choice([.infinity, 2], nil, 0) == nil)
    #expect(choice([-.infinity, -.infinity], nil, 1) == nil)
    #expect(choice([-.infinity, 0], nil, 1, 0) == 1)  // no share, no choice
    #expect(choice([0, -.infinity], nil, 1, 0.999_999_999_999) == 0)
    #expect(choice([0, -1000], nil, 1, 0.999_999_999_999) == 0)
    #expect(choice([Float](repeating: 0, count: 130), [0, 0, 2], 1, 0.5) == 129)
  }
}
