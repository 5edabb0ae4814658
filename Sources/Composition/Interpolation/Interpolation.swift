/// A text with interpolations, as read: `v_${a.b}`, `${..x}`, `${oc.select:a.${b},[1,2]}`, `\${literal}`.
struct Interpolation: Sendable {
  /// A piece of a text.
  indirect enum Part: Sendable {
    case literal(String)
    /// `${…}`, and how it was written.
    case reference(Reference, text: String)
  }

  indirect enum Reference: Sendable {
    /// `${a.b[c]}`: pieces of the key, dots and brackets among the literals.
    case node([Part])
    /// `${name:argument,argument}`.
    case call(name: [Part], arguments: [Argument])
  }

  /// An argument of a resolver, or an element of a list or a mapping in one.
  indirect enum Argument: Sendable {
    case value(ConfigValue)
    /// One interpolation: it keeps its type.
    case reference(Part)
    /// Pieces that make a text.
    case text([Part])
    case list([Argument])
    case mapping([(key: String, value: Argument)])
  }

  let parts: [Part]

  /// Whether `text` has an interpolation or an escaped one.
  static func isNeeded(for text: String) -> Bool {
    var afterDollar = false
    for byte in text.utf8 {
      if afterDollar, byte == UInt8(ascii: "{") { return true }
      afterDollar = byte == UInt8(ascii: "$")
    }
    return false
  }

  /// Reads a value as it stands in a configuration.
  ///
  /// - Throws: `Problem` for what is no interpolation.
  init(_ text: String) throws {
    var parser = InterpolationParser(text)
    parts = try parser.topLevel()
  }

  /// What is wrong with an interpolation, for `ConfigError.interpolation`.
  struct Problem: Error {
    let problem: String
    let remedy: String
  }
}
