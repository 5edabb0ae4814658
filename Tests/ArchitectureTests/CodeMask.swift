/// Blanks what is not code, so that a rule about calls does not stumble over prose.
///
/// Understands line comments, nested block comments, and string literals: single-line, multi-line and raw, with
/// interpolations, which are code. C sources are read by the same rules; their character literals `'"'` are honoured.
/// It does not know regular-expression literals.
struct CodeMask {
  private let input: [UInt8]
  private var output: [UInt8]
  private var index = 0

  private init(_ text: String) {
    input = Array(text.utf8)
    output = input
  }

  /// `text` with comments and string contents replaced by spaces; newlines stay.
  static func code(of text: String) -> String {
    var mask = CodeMask(text)
    mask.skipCode(untilClosing: false)
    return String(decoding: mask.output, as: UTF8.self)
  }

  /// Reads code to the end, or to the parenthesis that closes an interpolation.
  private mutating func skipCode(untilClosing: Bool) {
    var depth = 0
    while index < input.count {
      if starts(with: "//") {
        blank { $0.input[$0.index] != newline }
      } else if starts(with: "/*") {
        blankBlockComment()
      } else if starts(with: "'\"'") {
        index += 3
      } else if let hashes = stringStart() {
        blankString(hashes: hashes)
      } else {
        if input[index] == UInt8(ascii: "(") { depth += 1 }
        if input[index] == UInt8(ascii: ")") {
          if untilClosing && depth == 0 { return }
          depth -= 1
        }
        index += 1
      }
    }
  }

  private mutating func blankBlockComment() {
    var depth = 0
    repeat {
      if starts(with: "/*") {
        depth += 1
        blankOne()
      } else if starts(with: "*/") {
        depth -= 1
        blankOne()
      }
      blankOne()
    } while index < input.count && depth > 0
  }

  /// The number of `#` before a string literal that starts here, or `nil`.
  private func stringStart() -> Int? {
    var hashes = 0
    while index + hashes < input.count, input[index + hashes] == UInt8(ascii: "#") { hashes += 1 }
    return index + hashes < input.count && input[index + hashes] == quote ? hashes : nil
  }

  private mutating func blankString(hashes: Int) {
    index += hashes
    let pounds = String(repeating: "#", count: hashes)
    let isMultiline = starts(with: "\"\"\"")
    let end = (isMultiline ? "\"\"\"" : "\"") + pounds
    index += isMultiline ? 3 : 1
    while index < input.count {
      if starts(with: end) {
        index += end.utf8.count
        return
      }
      if !isMultiline && input[index] == newline { return }  // unterminated: the compiler's business
      if starts(with: "\\" + pounds + "(") {
        for _ in 0..<(hashes + 2) { blankOne() }
        skipCode(untilClosing: true)
        blankOne()
      } else if starts(with: "\\" + pounds) {
        for _ in 0..<(hashes + 2) { blankOne() }
      } else {
        blankOne()
      }
    }
  }

  private mutating func blank(while condition: (CodeMask) -> Bool) {
    while index < input.count, condition(self) { blankOne() }
  }

  private mutating func blankOne() {
    guard index < input.count else { return }
    if input[index] != newline { output[index] = UInt8(ascii: " ") }
    index += 1
  }

  private func starts(with prefix: String) -> Bool {
    input[index...].starts(with: prefix.utf8)
  }
}

private let newline = UInt8(ascii: "\n")
private let quote = UInt8(ascii: "\"")
