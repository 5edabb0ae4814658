/// Keys that came after templates had digests, with the values that they have where nobody sets them.
///
/// Such a value says nothing that the key's absence did not say. So it counts in no digest and in no comparison: a new key
/// costs no template a version, no deployment its pin and no run its evidence (decision 0023).
enum LaterKeys {
  static let defaults: [(path: ConfigPath, value: ConfigValue)] = [
    (ConfigPath("dataset.path"), .null),
    (ConfigPath("training.init_from"), .null),
    (ConfigPath("training.signal"), .string("sft")),
  ]
}

extension ConfigNode {
  /// The configuration as its digest and comparisons see it: without `LaterKeys` that have their defaults.
  public var significant: ConfigNode {
    LaterKeys.defaults.reduce(self) { $0.removing($1.path.keys[...], ifEqualTo: $1.value) }
  }

  private func removing(_ keys: ArraySlice<String>, ifEqualTo value: ConfigValue) -> ConfigNode {
    guard let key = keys.first, case .mapping(var entries) = self.value, let child = entries[key] else { return self }
    if keys.count > 1 {
      entries[key] = child.removing(keys.dropFirst(), ifEqualTo: value)
    } else if child.value.hasSameContent(as: value) {
      entries.removeValue(forKey: key)
    }
    return ConfigNode(.mapping(entries), origin: origin)
  }
}
