import Randomness
import Search
import TestSupport
import Testing

@Suite struct PriorityQueueTests {  // Sources/Search/PriorityQueue.swift
  @Test func popFirst_agreesWithAStableSort() throws {
    try withEvery("seed", in: UInt64(0)..<500) { seed in
      var random = RandomStream(seed: seed, "search/queue")
      var queue = PriorityQueue<Int>()
      var reference: [(priority: Double, element: Int)] = []
      for element in 0..<random.index(below: 60) {
        let priority = Double(random.index(below: 8))
        queue.insert(element, priority: priority)
        let place = reference.firstIndex { $0.priority < priority } ?? reference.endIndex
        reference.insert((priority, element), at: place)
        if random.index(below: 3) == 0 { try #require(queue.popFirst() == reference.removeFirst().element) }
      }
      for entry in reference { try #require(queue.popFirst() == entry.element) }
      try #require(queue.popFirst() == nil)
    }
  }
}
