/// A config's name from the path that the user gave.
package enum ConfigPathText {
  /// `configs/evaluation/reasoning.yaml`, `evaluation/reasoning.yaml` and `evaluation/reasoning` name the same
  /// config; it is looked up in the workspace's `configs/`, then among the built-in ones.
  package static func name(_ text: String) -> String {
    var name = text[...]
    if name.hasPrefix("configs/") { name = name.dropFirst("configs/".count) }
    if name.hasSuffix(".yaml") { name = name.dropLast(".yaml".count) }
    return String(name)
  }

  /// The last part of a config's name, which evidence knows it by: `reasoning`.
  package static func lastName(_ text: String) -> String {
    name(text).split(separator: "/").last.map(String.init) ?? text
  }
}
