import Composition

/// A YAML document written in Swift, for printing.
indirect enum YAMLTerm {
  case text(String)
  case number(Int)
  case flag(Bool)
  case items([YAMLTerm])
  case entries([(String, YAMLTerm)])

  static func map(_ entries: (String, YAMLTerm)...) -> YAMLTerm { .entries(entries) }

  static func list(_ items: YAMLTerm...) -> YAMLTerm { .items(items) }

  var node: ConfigNode {
    let value: ConfigValue =
      switch self {
      case .text(let text): .string(text)
      case .number(let number): .int(number)
      case .flag(let flag): .bool(flag)
      case .items(let items): .list(items.map(\.node))
      case .entries(let entries):
        .mapping(inOrder: entries.map { ($0, $1.node) })
      }
    return ConfigNode(value, origin: .implied)
  }
}
