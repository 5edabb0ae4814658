import Storage

extension SettingSchema {
  /// What the setting may be, as a person would say it: `an integer in 1…10000000, or null`; nil where nothing is known.
  public var words: String? {
    guard !kinds.isEmpty else { return nil }
    var alternatives = kinds.sorted { $0.rawValue < $1.rawValue }.map(words(of:))
    if isNullable { alternatives.append("null") }
    guard let last = alternatives.last, alternatives.count > 1 else { return alternatives.first }
    return alternatives.dropLast().joined(separator: ", ") + ", or " + last
  }

  private func words(of kind: Kind) -> String {
    switch kind {
    case .integer: "an integer" + limits
    case .number: "a number" + limits
    case .boolean: "true or false"
    case .string: allowed.map { "one of " + $0.joined(separator: ", ") } ?? "a text"
    case .list: elements.first?.words.map { "a list, each element \($0)" } ?? "a list"
    case .mapping: "a mapping"
    }
  }

  private var limits: String {
    switch (minimum.map(Self.text), maximum.map(Self.text)) {
    case (let low?, let high?): " in \(low)…\(high)"
    case (let low?, nil): " from \(low)"
    case (nil, let high?): " up to \(high)"
    case (nil, nil): ""
    }
  }

  private static func text(_ limit: JSONValue) -> String {
    switch limit {
    case .int(let integer): String(integer)
    case .double(let double): FloatText.yaml(double)
    default: "?"
    }
  }
}
