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

  @Test(arguments: [1, 2, 3, 8]) func forEachPhase_beginsAPhaseWhenTheOneBeforeIsDone(threads: Int) {
    let sizes = [3, 0, 1, 7, 16, 1, 1, 40]
    let ends = sizes.indices.map { sizes[...$0].reduce(0, +) }
    for _ in 0..<200 {
      let calls = FloatBuffer(count: ends[ends.count - 1])
      let early = Atomic(0)
      ends.withUnsafeBufferPointer { ends in
        nonisolated(unsafe) let ends = ends  // SAFETY: only read
        ThreadPool(threads: threads).forEachPhase(ends) { phase, part in
          let begin = phase == 0 ? 0 : ends[phase - 1]
          if calls.values[..<begin].contains(0) { early.wrappingAdd(1, ordering: .relaxed) }
          if calls.values[ends[phase]...].contains(1) { early.wrappingAdd(1, ordering: .relaxed) }
          calls[begin + part] += 1
        }
      }
      #expect(calls.values.allSatisfy { $0 == 1 })
      #expect(early.load(ordering: .relaxed) == 0)
    }
  }

  @Test func forEachPhase_insideForEachAndWithoutPhases() {
    let calls = FloatBuffer(count: 8)
    ThreadPool(threads: 2).forEach(4) { outer in
      [1, 2].withUnsafeBufferPointer { ends in
        ThreadPool(threads: 2).forEachPhase(ends) { phase, _ in calls[outer * 2 + phase] += 1 }
      }
    }
    #expect(calls.values.allSatisfy { $0 == 1 })
    ThreadPool(threads: 2).forEachPhase(.init(start: nil, count: 0)) { _, _ in Issue.record("there is no phase") }
  }
}
