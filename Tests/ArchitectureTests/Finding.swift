/// One place where the repository departs from a rule.
struct Finding: Hashable, CustomStringConvertible {
  /// Relative to the repository's root.
  let path: String
  /// One-based; `nil` where the finding is about the whole file.
  let line: Int?
  /// What is wrong and what to do instead.
  let message: String

  init(_ path: String, line: Int? = nil, _ message: String) {
    self.path = path
    self.line = line
    self.message = message
  }

  var description: String { "\(path):\(line.map { "\($0):" } ?? "") \(message)" }
}
