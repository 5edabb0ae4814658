/// Where two texts differ, line by line, as `diff` shows it: lines taken away begin with `-`, lines that came with `+`.
struct LineDifference {
  /// Changed lines with up to `context` equal ones around them.
  let lines: [String]

  init(from before: String, to after: String, context: Int = 2) {
    let old = before.split(separator: "\n", omittingEmptySubsequences: false)
    let new = after.split(separator: "\n", omittingEmptySubsequences: false)
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var all: [(text: String, isChange: Bool)] = []
    var position = 0
    for (number, line) in new.enumerated() {
      while position < old.count, removed.contains(position) {
        all.append(("-" + old[position], true))
        position += 1
      }
      if inserted.contains(number) {
        all.append(("+" + line, true))
      } else {
        all.append((" " + line, false))
        position += 1
      }
    }
    all += old[min(position, old.count)...].map { ("-" + $0, true) }
    lines = all.indices.filter { index in
      all[max(0, index - context)...min(all.count - 1, index + context)].contains { $0.isChange }
    }.map { all[$0].text }
  }
}
