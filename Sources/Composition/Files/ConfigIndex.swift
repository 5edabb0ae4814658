/// The names of one layer's configs, arranged for look-up.
///
/// - Complexity: O(names) to build; look-ups do not depend on their number.
struct ConfigIndex: Sendable {
  /// Sorted.
  let names: [String]
  private let known: Set<String>
  /// The options directly in each group; a group without any has those below it.
  private let options: [String: [String]]

  init(_ names: some Sequence<String>) {
    self.names = names.sorted()
    known = Set(self.names)
    var options: [String: [String]] = [:]
    for name in self.names {
      var group = ""
      let segments = name.split(separator: "/", omittingEmptySubsequences: false)
      for segment in segments.dropLast() {
        group = group.isEmpty ? String(segment) : "\(group)/\(segment)"
        options[group, default: []] += []
      }
      options[group, default: []].append(String(segments[segments.count - 1]))
    }
    self.options = options
  }

  func contains(_ name: String) -> Bool { known.contains(name) }

  /// Whether some config lies in `group` or below it.
  func hasGroup(_ group: String) -> Bool { !group.isEmpty && options[group] != nil }

  /// The configs directly in `group`, sorted.
  func options(in group: String) -> [String] { options[group] ?? [] }
}
