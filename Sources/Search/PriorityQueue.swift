/// A binary max-heap; equal priorities leave in the order of insertion.
package struct PriorityQueue<Element> {
  private struct Entry {
    let priority: Double
    let order: Int
    let element: Element

    func precedes(_ other: Entry) -> Bool {
      priority != other.priority ? priority > other.priority : order < other.order
    }
  }

  private var entries: [Entry] = []
  private var inserted = 0

  package init() {}

  /// O(log n). Traps if `priority` is NaN.
  package mutating func insert(_ element: Element, priority: Double) {
    precondition(!priority.isNaN, "a priority is a number")
    entries.append(Entry(priority: priority, order: inserted, element: element))
    inserted += 1
    var child = entries.count - 1
    while child > 0, case let parent = (child - 1) / 2, entries[child].precedes(entries[parent]) {
      entries.swapAt(child, parent)
      child = parent
    }
  }

  /// The `count` elements of highest priority, in the order in which they would leave. O(count²).
  package func first(_ count: Int) -> [Element] {
    var found: [Element] = []
    // Indices whose parents were found.
    var open = entries.isEmpty ? [] : [0]
    while found.count < count, let best = open.indices.min(by: { entries[open[$0]].precedes(entries[open[$1]]) }) {
      let index = open.remove(at: best)
      found.append(entries[index].element)
      open += [2 * index + 1, 2 * index + 2].filter { $0 < entries.count }
    }
    return found
  }

  /// Removes the element of highest priority; `nil` if there is none. O(log n).
  package mutating func popFirst() -> Element? {
    guard !entries.isEmpty else { return nil }
    entries.swapAt(0, entries.count - 1)
    let first = entries.removeLast().element
    var parent = 0
    while true {
      let left = 2 * parent + 1
      guard left < entries.count else { return first }
      let right = left + 1
      let child = right < entries.count && entries[right].precedes(entries[left]) ? right : left
      guard entries[child].precedes(entries[parent]) else { return first }
      entries.swapAt(child, parent)
      parent = child
    }
  }
}
