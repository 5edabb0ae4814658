/// One identifier in a line of code, with what stands around it.
struct CodeWord {
  let text: Substring
  /// One-based.
  let line: Int
  private let source: Substring

  /// Every identifier of a file's code, in order.
  static func all(in file: SourceFile) -> [CodeWord] {
    file.codeLines.enumerated().flatMap { number, line -> [CodeWord] in
      var words: [CodeWord] = []
      var rest = line
      while let start = rest.firstIndex(where: isPart) {
        let end = rest[start...].firstIndex { !isPart($0) } ?? rest.endIndex
        words.append(CodeWord(text: line[start..<end], line: number + 1, source: line))
        rest = rest[end...]
      }
      return words
    }
  }

  /// Whether an argument list follows at once.
  var isCalled: Bool { source[text.endIndex...].first == "(" }

  /// Whether `!` follows at once and is no `!=`.
  var isForced: Bool {
    let next = source[text.endIndex...]
    return next.hasPrefix("!") && !next.hasPrefix("!=")
  }

  /// Whether it is a member of a value or type; a name qualified by its module is none.
  var isMember: Bool {
    let before = source[..<text.startIndex]
    guard before.last == ".", !before.hasSuffix("..") else { return false }
    return !["Glibc.", "Musl.", "Darwin.", "Foundation.", "Swift."].contains { before.hasSuffix($0) }
  }

  /// Whether it is the name that a declaration introduces.
  var isDeclared: Bool {
    let keyword = source[..<text.startIndex].split(separator: " ").last
    return source[..<text.startIndex].last == " " && ["func", "case", "var", "let"].contains(keyword)
  }

  private static func isPart(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || character == "_"
  }
}
