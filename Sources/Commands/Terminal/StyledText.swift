/// Text with marks for a terminal. Plain where it goes elsewhere.
package struct StyledText: Sendable, Equatable {
  package enum Style: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case cyan = "36"
  }

  package struct Span: Sendable, Equatable {
    let text: String
    let style: Style?
  }

  package private(set) var spans: [Span]

  package init(_ text: String, _ style: Style? = nil) { spans = [Span(text: text, style: style)] }

  package static func + (left: StyledText, right: StyledText) -> StyledText {
    var sum = left
    sum.spans += right.spans
    return sum
  }

  package var plain: String { spans.map(\.text).joined() }

  /// Columns that the text takes, one per scalar.
  var width: Int { spans.reduce(0) { $0 + $1.text.unicodeScalars.count } }

  /// The first `count` columns.
  func prefix(_ count: Int) -> StyledText {
    var rest = count
    var shortened = StyledText("")
    for span in spans {
      let text = String(String.UnicodeScalarView(span.text.unicodeScalars.prefix(rest)))
      shortened = shortened + StyledText(text, span.style)
      rest -= text.unicodeScalars.count
    }
    return shortened
  }

  /// The text as it is written: control characters escaped when `onTerminal`, styles as escape sequences when
  /// `inColour`.
  package func rendered(onTerminal: Bool, inColour: Bool) -> String {
    spans.map { span in
      let text = onTerminal ? ControlCharacters.escaped(span.text) : span.text
      guard inColour, let style = span.style else { return text }
      return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }.joined()
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

/// Keeps data from steering a terminal.
package enum ControlCharacters {
  /// `text` with C0 controls (but line feed and tab), DEL and C1 controls written `\u00XX`, which JSON reads alike.
  package static func escaped(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isControl) else { return text }
    return text.unicodeScalars.map { scalar in
      guard isControl(scalar) else { return String(scalar) }
      let digits = String(scalar.value, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }.joined()
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0: true
    default: false
    }
  }
}
