extension ConfigNode {
  /// The node below this one at `keys`, or nil.
  subscript(at keys: ArraySlice<String>) -> ConfigNode? { keys.reduce(Optional(self)) { $0?[child: $1] } }

  /// Puts `node` at `keys`, whose parents are mappings that exist.
  mutating func put(_ node: ConfigNode, at keys: ArraySlice<String>) {
    guard let key = keys.first else {
      self = node
      return
    }
    guard case .mapping(var entries) = value else { return }
    value = .null  // releases the storage, so that `entries` is changed in place
    if keys.count == 1 { entries[key] = node } else { entries[key]?.put(node, at: keys.dropFirst()) }
    value = .mapping(entries)
  }
}
