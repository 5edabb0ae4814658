extension ConfigReader {
  /// - Throws: The only problem, or `ConfigError.problems` with all of them: those met while reading, in that order,
  ///   then the keys that nobody read, in theirs.
  public mutating func finish() throws {
    for section in sections {
      if let node = section.node { collectUnread(node, path: section.path) }
    }
    guard let first = problems.first else { return }
    throw problems.count == 1 ? first : ConfigError.problems(problems)
  }

  private mutating func collectUnread(_ node: ConfigNode, path: String) {
    if readPaths.contains(path) { return }
    func hasReadDescendant(_ path: String) -> Bool { readPaths.contains { $0.hasPrefix(path + ".") } }
    let children: [(String, ConfigNode)]
    switch node.value {
    case .mapping(let entries): children = entries.map { ($0.key, $0.value) }
    case .list(let elements): children = elements.enumerated().map { ("\($0.offset)", $0.element) }
    default: children = []
    }
    for (key, child) in children {
      let childPath = path.isEmpty ? key : "\(path).\(key)"
      if readPaths.contains(childPath) { continue }
      if hasReadDescendant(childPath) {
        collectUnread(child, path: childPath)
      } else {
        problems.append(
          .unreadKey(path: childPath, candidates: nearestRead(key, in: path), origin: child.origin))
      }
    }
  }

  private func nearestRead(_ key: String, in path: String) -> [String] {
    let prefix = path.isEmpty ? "" : path + "."
    let siblings = Set(
      readPaths.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count).prefix { $0 != "." }) })
    return Suggestion.nearest(to: key, among: siblings).map { prefix + $0 }
  }
}
