import Composition

/// Where two configurations differ.
public enum ConfigDifference {
  /// The dotted paths of the smallest differing parts of what is significant in two whole configurations, in the order of
  /// `left`, then what only `right` has. Lists differ as a whole.
  public static func paths(between left: ConfigNode, and right: ConfigNode) -> [String] {
    paths(left.significant, right.significant, at: "")
  }

  private static func paths(_ left: ConfigNode, _ right: ConfigNode, at path: String) -> [String] {
    guard let own = left.entries, let others = right.entries else {
      return left.value.hasSameContent(as: right.value) ? [] : [path]
    }
    func below(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
    var found: [String] = []
    for (key, node) in own {
      found += others[key].map { paths(node, $0, at: below(key)) } ?? [below(key)]
    }
    return found + others.keys.filter { own[$0] == nil }.map(below)
  }

  /// Whether a path is one of `keys`, or lies below one.
  static func lies(_ path: some StringProtocol, in keys: [String]) -> Bool {
    keys.contains { path == $0 || path.hasPrefix($0 + ".") }
  }
}
