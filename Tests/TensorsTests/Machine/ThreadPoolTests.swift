import Synchronization
import Tensors
import Testing

@Suite struct ThreadPoolTests {
  @Test(arguments: [1, 2, 3, 8]) func forEach_runsEveryIndexOnce(threads: Int) {
    let pool = ThreadPool(threads: threads)
    for count in [0, 1, 2, 7, 100] {
      for _ in 0..<50 {
        let calls = FloatBuffer(count: count)
        pool.forEach(count) { calls[$0] += 1 }
        #expect(calls.values.allSatisfy { $0 == 1 })
      }
    }
  }

  @Test func forEach_insideForEachRunsEveryPair() {
    let pool = ThreadPool(threads: 2)
    let calls = FloatBuffer(count: 40)
    pool.forEach(8) { outer in pool.forEach(5) { inner in calls[outer * 5 + inner] += 1 } }
    #expect(calls.values.allSatisfy { $0 == 1 })
  }

  @Test func forEach_fromSeveralTasksAtOnce() async {
    await withTaskGroup(of: Int.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let total = Atomic(0)
          for _ in 0..<200 {
            ThreadPool(threads: 2).forEach(10) { total.wrappingAdd($0, ordering: .relaxed) }
          }
          return total.load(ordering: .relaxed)
        }
      }
      for await total in group { #expect(total == 200 * 45) }
    }
  }

  @Test func forEach_usesNoMoreThreadsThanAsked() {
    let inside = Atomic(0)
    let most = Atomic(0)
    ThreadPool(threads: 2).forEach(200) { _ in
      let now = inside.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue
      most.max(now, ordering: .sequentiallyConsistent)
      inside.wrappingSubtract(1, ordering: .sequentiallyConsistent)
    }
    #expect((1...2).contains(most.load(ordering: .sequentiallyConsistent)))
  }
}
