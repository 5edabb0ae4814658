import Composition
import Storage

/// One place of a config or page that should be changed.
struct LintFinding: Hashable {
  /// What is wrong, for scripts.
  enum Rule: String {
    case ambiguousScalar = "ambiguous-scalar"
    case duplicateKey = "duplicate-key"
    case unknownKey = "unknown-key"
    /// A value that its reader refuses.
    case badValue = "bad-value"
    /// It cannot be read or composed.
    case notComposable = "not-composable"
    /// A command line in a page that codex does not understand.
    case commandLine = "command-line"
  }

  let rule: Rule
  let file: String
  /// From 1.
  let line: Int
  /// From 1; pages have none.
  let column: Int?
  /// With what to do instead.
  let message: String

  /// - Parameter fallback: The file that a problem without a place is about.
  init(_ error: ConfigError, in fallback: String) {
    rule =
      switch error {
      case .duplicateKey: .duplicateKey
      case .unreadKey, .unknownKey: .unknownKey
      case .mandatoryValue, .absentValue, .wrongKind, .outOfRange: .badValue
      default: .notComposable
      }
    var message = "\(error)"
    if case .file(let path, let line, let column)? = error.origin {
      (file, self.line, self.column) = (path, line, column)
      // The place is told apart from the sentence.
      let prefix = "\(path):\(line):\(column): "
      if message.hasPrefix(prefix) { message.removeFirst(prefix.count) }
    } else {
      (file, line, column) = (fallback, 1, nil)
    }
    self.message = message
  }

  /// Values that do not go together.
  init(unsuited error: any Error, in file: String) {
    (rule, self.file, line, column, message) = (.badValue, file, 1, nil, "\(error)")
  }

  init(_ scalar: AmbiguousScalar) {
    rule = .ambiguousScalar
    if case .file(let path, let line, let column) = scalar.origin {
      (file, self.line, self.column) = (path, line, column)
    } else {
      (file, line, column) = ("", 1, nil)
    }
    message = scalar.description
  }

  init(page: String, line: Int, _ message: String) {
    (rule, file, self.line, column, self.message) = (.commandLine, page, line, nil, message)
  }

  var text: String { "\(file):\(line):\(column.map { "\($0):" } ?? "") \(message)" }

  /// Keys: `column`, `file`, `line`, `message`, `rule`.
  var json: JSONValue {
    .object([
      "column": column.map { .int(Int64($0)) } ?? .null, "file": .string(file), "line": .int(Int64(line)),
      "message": .string(message), "rule": .string(rule.rawValue),
    ])
  }
}

extension LintFinding: Comparable {
  static func < (left: LintFinding, right: LintFinding) -> Bool {
    (left.file, left.line, left.column ?? 0, left.message) < (right.file, right.line, right.column ?? 0, right.message)
  }
}
