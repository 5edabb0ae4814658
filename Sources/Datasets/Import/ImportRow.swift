import Storage

/// One row of a foreign file: `{"question": …, "answer": …, "metadata": {"world": …, "category": …}}`.
///
/// Keys that codex does not know are ignored: the file is not ours.
struct ImportRow {
  let question: String
  /// A number or text; an integer and its decimal text are the same answer.
  let answer: String
  let world: String?
  let category: String?

  /// - Throws: `ImportRefusal`.
  init(_ value: JSONValue) throws {
    question = try Self.text(value["question"], key: "question")
    answer = try Self.text(value["answer"], key: "answer")
    let metadata = value["metadata"]
    world = try metadata?["world"].map { try Self.text($0, key: "metadata.world") }
    category = try metadata?["category"].map { try Self.text($0, key: "metadata.category") }
    if let category, !Self.isCategory(category) {
      throw ImportRefusal("'metadata.category': expected 1 to 64 of a-z 0-9 _")
    }
  }

  private static func text(_ value: JSONValue?, key: String) throws -> String {
    switch value {
    case .string(let text)?: return text
    case .int(let number)?: return String(number)
    case let other?: throw ImportRefusal("'\(key)': expected a string or an integer, got \(other.kindName)")
    case nil: throw ImportRefusal("no '\(key)'")
    }
  }

  private static func isCategory(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "_") }
  }
}

/// Why a row is not imported.
struct ImportRefusal: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
