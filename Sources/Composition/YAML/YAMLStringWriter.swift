/// Writes one string in the style chosen for it, folded after column 80.
///
/// Source: PyYAML 6 `emitter.py`, `write_plain`, `write_single_quoted` and `write_double_quoted`.
struct YAMLStringWriter {
  private static let bestWidth = 80

  let text: String
  let style: YAMLStringStyle.Choice
  let indent: Int
  /// Whether the text may go on in the next line; keys may not.
  let splits: Bool

  func write(to output: inout YAMLOutput) {
    switch style {
    case .plain: writeFolded(to: &output, quote: "")
    case .singleQuoted: writeFolded(to: &output, quote: "'")
    case .doubleQuoted: writeEscaped(to: &output)
    }
  }

  /// A single space past column 80 becomes a line break; n line breaks become n + 1.
  private func writeFolded(to output: inout YAMLOutput, quote: String) {
    output.put(quote)
    let scalars = Array(text.unicodeScalars)
    var start = 0
    while start < scalars.count {
      let kind = Kind(scalars[start])
      let end = scalars[start...].firstIndex { Kind($0) != kind } ?? scalars.count
      let run = scalars[start..<end]
      switch kind {
      case .space:
        let isInner = quote.isEmpty || (start > 0 && end < scalars.count)
        if run.count == 1, output.column > Self.bestWidth, splits, isInner {
          output.breakLine()
          output.pad(to: indent)
        } else {
          output.put(Self.string(run))
        }
      case .lineBreak:
        for _ in 0...run.count { output.breakLine() }
        output.pad(to: indent)
      case .other: output.put(quote.isEmpty ? Self.string(run) : Self.string(run).replacing("'", with: "''"))
      }
      start = end
    }
    output.put(quote)
  }

  private func writeEscaped(to output: inout YAMLOutput) {
    output.put("\"")
    let scalars = Array(text.unicodeScalars)
    var start = 0
    for end in 0...scalars.count {
      let scalar = end < scalars.count ? scalars[end] : nil
      if scalar == nil || !Self.isBare(scalar) {
        if start < end { output.put(Self.string(scalars[start..<end])) }
        start = end
        if let scalar {
          output.put(Self.escape(scalar))
          start = end + 1
        }
      }
      let mayFold = scalar == " " || start >= end
      if end > 0, end < scalars.count - 1, mayFold, output.column + end - start > Self.bestWidth, splits {
        output.put(start < end ? Self.string(scalars[start..<end]) + "\\" : "\\")
        if start < end { start = end }
        output.breakLine()
        output.pad(to: indent)
        if scalars[start] == " " { output.put("\\") }
      }
    }
    output.put("\"")
  }

  private enum Kind {
    case space, lineBreak, other
    init(_ scalar: Unicode.Scalar) {
      switch scalar {
      case " ": self = .space
      case "\n": self = .lineBreak
      default: self = .other
      }
    }
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }

  private static func isBare(_ scalar: Unicode.Scalar?) -> Bool {
    guard let value = scalar?.value else { return false }
    switch value {
    case 0x22, 0x5C, 0x85, 0x2028, 0x2029, 0xFEFF: return false
    case 0x20...0x7E, 0xA0...0xD7FF, 0xE000...0xFFFD: return true
    default: return false
    }
  }

  private static let short: [Unicode.Scalar: String] = [
    "\0": "0", "\u{07}": "a", "\u{08}": "b", "\t": "t", "\n": "n", "\u{0B}": "v", "\u{0C}": "f", "\r": "r",
    "\u{1B}": "e",
    "\"": "\"", "\\": "\\", "\u{85}": "N", "\u{A0}": "_", "\u{2028}": "L", "\u{2029}": "P",
  ]

  private static func escape(_ scalar: Unicode.Scalar) -> String {
    if let short = short[scalar] { return "\\" + short }
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let (mark, width) = scalar.value <= 0xFF ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
    return "\\\(mark)\(String(repeating: "0", count: width - digits.count))\(digits)"
  }
}
