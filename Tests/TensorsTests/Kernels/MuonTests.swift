import Randomness
import Tensors
import TestSupport
import Testing

@Suite struct MuonTests {  // Sources/Tensors/Kernels/Muon.swift
  static let all = [Implementation(name: "reference", kernels: Implementation.reference)] + Implementation.fast

  @Test(arguments: all) func momentum_looksAhead(_ each: Implementation) {
    for count in [0, 1, 5, 16, 67, 4096, 9001] {
      var random = RandomStream(seed: 1, "muon/momentum", count)
      let (gradients, start) = (random.normals(count), random.normals(count))
      let (m, update) = (GuardedFloats(start), GuardedFloats(unwritten: count))
      let squares = each.kernels.muonMomentum(
        gradients: gradients, momentum: m.pointer, update: update.pointer, count: count, beta: 0.9, gradientScale: 0.5)
      let b = Double(Float(0.9))
      let expected = zip(start, gradients).map { b * Double($0) + (1 - b) * 0.5 * Double($1) }
      let ahead = zip(expected, gradients).map { b * $0 + (1 - b) * 0.5 * Double($1) }
      let situation = "\(each.name), count \(count), seed 1"
      expectClose(m.checked(), expected.map { Float($0) }, .single(), in: situation)
      expectClose(update.checked(), ahead.map { Float($0) }, .single(), in: situation)
      let total = ahead.reduce(0) { $0 + $1 * $1 }
      #expect(abs(squares - total) <= 1e-5 * total, "\(situation)")
    }
  }

  @Test(arguments: all) func update_shrinksAndSteps(_ each: Implementation) {
    var random = RandomStream(seed: 2, "muon/update")
    let (start, direction) = (random.normals(37), random.normals(37))
    let p = GuardedFloats(start)
    each.kernels.muonUpdate(parameters: p.pointer, direction: direction, count: 37, shrink: 0.25, step: 0.5)
    let expected = zip(start, direction).map { $0 - (0.25 * $0 + 0.5 * $1) }
    expectClose(p.checked(), expected)
    #expect(!Tolerance.single().accepts(expected, start), "control")
  }

  @Test(arguments: all) func combineSymmetric_readsNothingAboveTheDiagonal(_ each: Implementation) {
    for n in [1, 2, 4, 5, 16, 19, 33] {
      var random = RandomStream(seed: 3, "muon/symmetric", n)
      var (a, s) = (random.normals(n * n), random.normals(n * n))
      var expected = [Float](repeating: 0, count: n * n)
      for i in 0..<n {
        for j in 0..<n {
          let lower = max(i, j) * n + min(i, j)
          expected[i * n + j] = 2 * a[lower] - 3 * s[lower]
        }
      }
      for i in 0..<n { for j in i + 1..<max(n, i + 1) { (a[i * n + j], s[i * n + j]) = (.nan, .nan) } }
      let result = GuardedFloats(s)
      each.kernels.combineSymmetric(a, factor: 2, into: result.pointer, factor: -3, n: n)
      expectClose(result.checked(), expected, .single(), in: "\(each.name), n \(n), seed 3")
      let alone = GuardedFloats(s)
      each.kernels.combineSymmetric(alone.pointer, factor: 0, into: alone.pointer, factor: 1, n: n)
      let mirrored = alone.checked()
      #expect((0..<n * n).allSatisfy { mirrored[$0] == s[max($0 / n, $0 % n) * n + min($0 / n, $0 % n)] })
    }
  }
}
