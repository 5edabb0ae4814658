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

  /// The lines of the text.
  var lines: [StyledText] {
    var lines = [StyledText("")]
    for span in spans {
      for (index, part) in span.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
        if index > 0 { lines.append(StyledText("")) }
        lines[lines.count - 1] = lines[lines.count - 1] + StyledText(String(part), span.style)
      }
    }
    return lines
  }

  /// At most `count` columns, the last of them an ellipsis where something is left out.
  func shortened(to count: Int) -> StyledText {
    width <= count ? self : prefix(max(0, count - 1)) + StyledText("…", spans.last?.style)
  }

  /// Lines of at most `count` columns, broken at spaces.
  ///
  /// - Parameter breaksWords: Whether a word that is longer is broken; else it makes a line that is too long, such as a path that
  ///   is to be copied.
  func wrapped(to count: Int, breaksWords: Bool = true) -> [StyledText] {
    let count = max(1, count)
    var lines: [StyledText] = []
    var rest = self
    while rest.width > count {
      let scalars = Array(rest.plain.unicodeScalars)
      var space = scalars.prefix(count + 1).lastIndex(of: " ").flatMap { $0 > 0 ? $0 : nil }
      if space == nil, !breaksWords {
        space = scalars.firstIndex(of: " ").flatMap { $0 > 0 ? $0 : nil }
        guard space != nil else { break }
      }
      lines.append(rest.prefix(space ?? count))
      rest = rest.dropping(space.map { $0 + 1 } ?? count)
    }
    return lines + [rest]
  }

  /// The text without its first `count` columns.
  private func dropping(_ count: Int) -> StyledText {
    var rest = count
    var shortened = StyledText("")
    for span in spans {
      let scalars = span.text.unicodeScalars
      shortened = shortened + StyledText(String(String.UnicodeScalarView(scalars.dropFirst(rest))), span.style)
      rest = max(0, rest - scalars.count)
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
