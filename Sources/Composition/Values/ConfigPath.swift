/// The keys from the root to a value; written with dots, `training.max_steps`.
struct ConfigPath: Hashable, Sendable, CustomStringConvertible {
  var keys: [String]

  init(keys: [String]) { self.keys = keys }

  /// Reads `a.b.0` and OmegaConf's other spelling, `a[b][0]`.
  init(_ text: String) {
    keys = text.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "]" }).map(String.init)
  }

  var description: String { keys.joined(separator: ".") }

  func appending(_ key: String) -> ConfigPath { ConfigPath(keys: keys + [key]) }

  var parent: ConfigPath { ConfigPath(keys: Array(keys.dropLast())) }

  func isPrefix(of other: ConfigPath) -> Bool { other.keys.starts(with: keys) }
}
