/// How a string must be written so that it is read back as the same string.
///
/// Source: PyYAML 6 `emitter.py`, `analyze_scalar` and `choose_scalar_style`; OmegaConf 2.3 `OmegaConfDumper`.
struct YAMLStringStyle {
  enum Choice { case plain, singleQuoted, doubleQuoted }

  let choice: Choice
  private(set) var isMultiline = false

  init(_ text: String, isKey: Bool) {
    var facts = Facts()
    facts.scan(Array(text.unicodeScalars))
    isMultiline = facts.hasBreaks
    let readsAsOther = Self.readsAsOther(text)
    let plain = !text.isEmpty && !facts.hasIndicators && !facts.hasBreaks && !facts.hasOuterSpace
    if plain, !facts.hasSpecials, !facts.hasSpaceBeforeBreak, !facts.hasSpaceAfterBreak, !readsAsOther {
      choice = .plain
    } else if !facts.hasSpecials, !facts.hasSpaceBeforeBreak, !facts.hasSpaceAfterBreak, !(isKey && facts.hasBreaks) {
      choice = .singleQuoted
    } else {
      choice = .doubleQuoted
    }
  }

  /// Whether the plain text would be read as another type, by YAML 1.1 or by Python's `int` and `float`.
  private static func readsAsOther(_ text: String) -> Bool {
    if ["y", "Y", "n", "N"].contains(text) { return true }
    guard case .value(.string) = YAMLScalar.meaning(ofPlain: text) else { return true }
    return PythonNumber.reads(text) || Timestamp.matches(text)
  }

  /// What the characters of a string say about its style.
  private struct Facts {
    var hasIndicators = false, hasBreaks = false, hasSpecials = false, hasOuterSpace = false
    var hasSpaceBeforeBreak = false, hasSpaceAfterBreak = false

    mutating func scan(_ scalars: [Unicode.Scalar]) {
      if scalars.starts(with: "---".unicodeScalars) || scalars.starts(with: "...".unicodeScalars) {
        hasIndicators = true
      }
      for (index, scalar) in scalars.enumerated() {
        let endsWord = index + 1 == scalars.count || Self.spaces.contains(scalars[index + 1])
        let startsWord = index == 0 || Self.spaces.contains(scalars[index - 1])
        scanIndicator(scalar, isFirst: index == 0, startsWord: startsWord, endsWord: endsWord)
        let isBreak = scalar == "\n"
        if isBreak { hasBreaks = true }
        if !Self.isPrintable(scalar) { hasSpecials = true }
        if scalar == " " || isBreak, index == 0 || index + 1 == scalars.count { hasOuterSpace = true }
        if index > 0 {
          if isBreak, scalars[index - 1] == " " { hasSpaceBeforeBreak = true }
          if scalar == " ", scalars[index - 1] == "\n" { hasSpaceAfterBreak = true }
        }
      }
    }

    private mutating func scanIndicator(_ scalar: Unicode.Scalar, isFirst: Bool, startsWord: Bool, endsWord: Bool) {
      switch scalar {
      case "#", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`":
        if isFirst || (scalar == "#" && startsWord) { hasIndicators = true }
      case "?", "-": if isFirst, endsWord { hasIndicators = true }
      case ":": if endsWord { hasIndicators = true }
      default: break
      }
    }

    static let spaces: Set<Unicode.Scalar> = ["\0", " ", "\t", "\r", "\n", "\u{85}", "\u{2028}", "\u{2029}"]

    /// Whether the scalar may stand outside double quotes. PyYAML also lets U+0085, U+2028 and U+2029 stand, which
    /// reading folds into other line breaks: strings would not be read back equal.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x0A, 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000..<0x10FFFF: true
      default: false
      }
    }
  }
}

/// Dates and times of YAML 1.1: strings to OmegaConf's reader, but quoted by its writer.
enum Timestamp {
  /// `2020-01-01`, or a date and a time `2020-1-1 10:00:00.5 +01:00`.
  static func matches(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    func digits(_ counts: ClosedRange<Int>) -> Int? {
      let run = rest.prefix { (48...57).contains($0) }.count
      guard counts.contains(run) else { return nil }
      rest = rest.dropFirst(run)
      return run
    }
    func mark(_ character: Character) -> Bool {
      guard rest.first == character.asciiValue else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard digits(4...4) != nil, mark("-"), let month = digits(1...2), mark("-"), let day = digits(1...2) else {
      return false
    }
    if rest.isEmpty { return month == 2 && day == 2 }
    if !mark("T"), !mark("t") {
      let spaces = rest.prefix { $0 == 32 || $0 == 9 }.count
      guard spaces > 0 else { return false }
      rest = rest.dropFirst(spaces)
    }
    guard digits(1...2) != nil, mark(":"), digits(2...2) != nil, mark(":"), digits(2...2) != nil else { return false }
    if mark(".") { _ = digits(0...18) }
    rest = rest.drop { $0 == 32 || $0 == 9 }
    if rest.isEmpty || mark("Z") { return rest.isEmpty }
    guard mark("+") || mark("-"), digits(1...2) != nil else { return false }
    return rest.isEmpty || (mark(":") && digits(2...2) != nil && rest.isEmpty)
  }
}
