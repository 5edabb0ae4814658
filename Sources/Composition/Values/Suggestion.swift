/// Finds names that a mistyped one may have meant.
package enum Suggestion {
  /// The candidates within an edit distance of a third of `name`'s length (at least 1), or that go on where `name` ends;
  /// nearest first, at most three.
  ///
  /// - Complexity: O(candidates · |name| · |candidate|); names are capped by `CompositionLimits.keyByteCount`.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> [String] {
    let limit = max(1, name.count / 3)
    // Of one or two letters too much begins with them.
    func isNear(_ candidate: String, _ distance: Int) -> Bool {
      distance <= limit || name.count > 2 && candidate.hasPrefix(name)
    }
    return candidates.map { (distance(name, $0), $0) }.filter { isNear($0.1, $0.0) }.sorted { $0 < $1 }.prefix(3)
      .map(\.1)
  }

  /// The settings that end in the key asked for, else those near it: people leave out sections, and they mistype.
  package static func settings(like path: String, among paths: [String]) -> [String] {
    let last = path.split(separator: ".").last.map(String.init) ?? path
    let ending = paths.filter { $0.hasSuffix("." + path) || ($0.hasSuffix("." + last) && $0 != path) }
    let near = nearest(to: path, among: paths)
    return Array((near + ending.filter { !near.contains($0) }).prefix(3))
  }

  /// The paths that end in `name`, else those near it: people leave out folders more often than they mistype.
  package static func paths(like name: String, among candidates: some Sequence<String>) -> [String] {
    let ending = candidates.filter { $0.hasSuffix("/" + (name.split(separator: "/").last.map(String.init) ?? name)) }
    return ending.isEmpty ? nearest(to: name, among: candidates) : Array(ending.sorted().prefix(3))
  }

  /// The number of insertions, deletions, substitutions and swaps of neighbours that turn `left` into `right`
  /// (optimal string alignment: no substring is edited twice).
  package static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.unicodeScalars), right = Array(right.unicodeScalars)
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforePrevious: [Int] = [], previous = Array(0...right.count)
    for row in 1...left.count {
      var current = [row]
      for column in 1...right.count {
        let substitution = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1)
        var best = min(substitution, previous[column] + 1, current[column - 1] + 1)
        if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
          best = min(best, beforePrevious[column - 2] + 1)
        }
        current.append(best)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
