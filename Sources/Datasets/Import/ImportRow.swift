import Storage

/// One row of a foreign file, in one of the forms that are published.
///
/// | form | read as |
/// |---|---|
/// | `{"question": …, "answer": …, "metadata": {"world": …, "category": …}}` | as it stands |
/// | an answer that ends in `#### 7` (GSM8K) | the answer behind the last `####` |
/// | `{"nums": [5, 12, 37], "target": 449}` (countdown) | the question `reach 449 from 5 12 37`; an answer is optional |
///
/// Keys that codex does not know are ignored: the file is not ours. A row in two forms at once is refused.
struct ImportRow {
  let question: String
  /// A number or text; a number and its decimal text are the same answer. Nil in a form that has none.
  let answer: String?
  let world: String?
  let category: String?

  /// - Throws: `ImportRefusal`.
  init(_ value: JSONValue) throws {
    guard case .object = value else { throw ImportRefusal("expected an object, got \(value.kindName)") }
    if value["question"] == nil, value["nums"] != nil || value["target"] != nil {
      question = try Self.countdown(value)
      answer = value["answer"] == nil ? nil : Self.final(try Self.text(value["answer"], key: "answer"))
    } else {
      guard value["nums"] == nil && value["target"] == nil else {
        throw ImportRefusal("two problems: expected either 'question' or 'nums' and 'target'")
      }
      question = try Self.text(value["question"], key: "question")
      answer = Self.final(try Self.text(value["answer"], key: "answer"))
    }
    let metadata = value["metadata"]
    switch metadata {
    case nil, .null?, .object?: break
    case let other?: throw ImportRefusal("'metadata': expected an object, got \(other.kindName)")
    }
    world = try metadata?["world"].map { try Self.text($0, key: "metadata.world") }
    category = try metadata?["category"].map { try Self.text($0, key: "metadata.category") }
    if let category, !Self.isCategory(category) {
      throw ImportRefusal("'metadata.category': expected 1 to 64 of a-z 0-9 _")
    }
  }

  private static func countdown(_ value: JSONValue) throws -> String {
    guard case .array(let elements)? = value["nums"] else { throw ImportRefusal("'nums': expected a list of integers") }
    let numbers = try elements.map { element in
      guard case .int(let number) = element else { throw ImportRefusal("'nums': expected a list of integers") }
      return String(number)
    }
    guard case .int(let target)? = value["target"] else { throw ImportRefusal("'target': expected an integer") }
    return "reach \(target) from \(numbers.joined(separator: " "))"
  }

  /// What stands behind the last mark of a worked-out answer, its thousands not set apart; all of any other.
  private static func final(_ answer: String) -> String {
    let mark = "####"
    guard !answer.hasPrefix("goal "), let end = answer.ranges(of: mark).last?.upperBound else { return answer }
    return String(answer[end...].filter { $0 != "," && !$0.isWhitespace })
  }

  private static func text(_ value: JSONValue?, key: String) throws -> String {
    switch value {
    case .string(let text)?: return text
    case .int(let number)?: return String(number)
    case .double(let number)?:
      guard let integer = Int64(exactly: number) else {
        throw ImportRefusal("'\(key)': expected a string or an integer, got a number")
      }
      return String(integer)
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
