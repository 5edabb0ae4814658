import Datasets
import Schemas
import Storage
import Testing

@Suite struct ImporterTests {
  @Test func importLines_acceptsWhatAWorldVerifies() throws {
    let directory = try TemporaryDirectory()
    let text = """
      {"question": "(37 + 45) * 6 - 12", "answer": "480", "metadata": {"category": "golden_style", "id": 7}, "id": "x"}
      {"question": "2 + 3", "answer": 5}
      {"question": "2 - 3", "answer": "unsolvable", "metadata": {"world": "arithmetic"}}
      {"question": "reach 20 from 4 3 2", "answer": "goal reach(20,2,3,4){action add(2,3)->5;action mul(4,5)->20;terminal return();}"}

      """
    try directory.plant("rows.jsonl", text)
    let file = try MappedFile("rows.jsonl", in: directory.root)
    let manifest = try Importer.importLines(file, name: "rows.jsonl", preset: "imported", at: "d", in: directory.root)
    #expect(manifest.exampleCount == 4 && manifest.worlds == ["arithmetic", "countdown"] && manifest.seed == nil)
    #expect(manifest.source == .init(name: "rows.jsonl", digest: Digest(of: text), rowCount: 4))
    #expect(try DatasetVerifier.findings(at: "d", in: directory.root) == [])
    let dataset = try Dataset(at: "d", in: directory.root)
    let records = try Split.allCases.flatMap { try dataset.examples($0) }.sorted { $0.index < $1.index }
    #expect(records.map(\.category) == ["golden_style", "additive", "unsolvable", "multiplicative"])
    #expect(records[3].plan == "goal reach(20,2,3,4){action add(3,2)->5;action mul(5,4)->20;terminal return();}")
  }

  private func imported(_ text: String) throws -> [ExampleRecord] {
    let directory = try TemporaryDirectory()
    try directory.plant("rows.jsonl", text)
    let file = try MappedFile("rows.jsonl", in: directory.root)
    try Importer.importLines(file, name: "rows.jsonl", preset: "imported", at: "d", in: directory.root)
    let dataset = try Dataset(at: "d", in: directory.root)
    return try Split.allCases.flatMap { try dataset.examples($0) }.sorted { $0.index < $1.index }
  }

  private func refusal(of text: String) -> String {
    do {
      _ = try imported(text)
      return "accepted"
    } catch { return "\(error)" }
  }

  /// What editors and other systems add to lines.
  @Test(arguments: [
    "%\n\n", "\n%\n", "%\n \t\n%2\n\n\n", "\u{FEFF}%\n", "%\r\n%2\r\n", "%", "\u{FEFF}\n\r\n%\r\n\r\n",
  ])
  func importLines_passesOverWhatIsNoRow(form: String) throws {
    let rows = [#"{"question": "2 + 3", "answer": 5}"#, #"{"question": "2 + 7", "answer": 9}"#]
    let text = form.replacing("%2", with: rows[1]).replacing("%", with: rows[0])
    let records = try imported(text)
    #expect(
      records.map(\.goal) == (form.contains("%2") ? ["evaluate(2,add,3)", "evaluate(2,add,7)"] : ["evaluate(2,add,3)"]))
  }

  /// Forms in which problems are published.
  @Test(arguments: [
    (#"{"question": "2 + 3", "answer": "Two and three.\n2 + 3 = <<2+3=5>>5\n#### 5"}"#, "evaluate(2,add,3)"),
    (#"{"question": "99 * 9 * 9", "answer": "So it is #### 8,019"}"#, "evaluate(99,mul,9,mul,9)"),
    (#"{"question": "2 + 3", "answer": 5.0}"#, "evaluate(2,add,3)"),
    (#"{"nums": [4, 3, 2], "target": 20}"#, "reach(20,2,3,4)"),
    (
      #"{"nums": [4, 3, 2], "target": 20, "answer": "goal reach(20,2,3,4){action add(2,3)->5;action mul(4,5)->20;terminal return();}"}"#,
      "reach(20,2,3,4)"
    ),
    (#"{"target": 20, "nums": [2, 3, 4], "id": 123456789012345678901234567890}"#, "reach(20,2,3,4)"),
    (
      #"{"question": "2 + 3", "answer": 5, "id": 123456789012345678901234567890, "metadata": null}"#,
      "evaluate(2,add,3)"
    ),
  ])
  func importLines_readsPublishedForms(row: String, goal: String) throws {
    #expect(try imported(row).map(\.goal) == [goal])
  }

  @Test(arguments: [
    (#"{"question": "2 + 3", "answer": 5, "metadata": "x"}"#, "'metadata': expected an object, got a string"),
    (#"{"question": "2 + 3", "answer": 5, "metadata": [1]}"#, "'metadata': expected an object, got an array"),
    (#"{"question": "2 + 3", "answer": "so it is\n#### 6"}"#, "expected the answer 5, got '6'"),
    (#"{"question": "2 + 3", "answer": 5.5}"#, "'answer': expected a string or an integer, got a number"),
    (#"{"nums": [4, 3, 2]}"#, "'target': expected an integer"),
    (#"{"nums": [4, "3", 2], "target": 20}"#, "'nums': expected a list of integers"),
    (#"{"nums": [4, 3, 2], "target": 20, "answer": "unsolvable"}"#, "but the problem has a solution"),
    (#"{"question": "2 + 3", "answer": 5, "nums": [4, 3, 2], "target": 20}"#, "two problems"),
    (#"{"target": 20}"#, "'nums': expected a list of integers"), ("[1]", "expected an object, got an array"),
    ("\u{FEFF}\n \n", "the file holds no row"),
  ])
  func importLines_refusesOthersByName(row: String, reason: String) {
    #expect(refusal(of: row).contains(reason), "\(refusal(of: row))")
  }

  @Test func importLines_reportsEveryRefusedRow() throws {
    let rows: [(row: String, reason: String)] = [
      (#"{"question": "2 + 3", "answer": 5}"#, ""),
      (#"{"question": "2 + 4", "answer": 7}"#, "expected the answer 6, got '7'"),
      (#"{"question": "3 + 2", "answer": 5}"#, "the same problem as in line 1"),
      (#"{"question": "2 + 3"}"#, "no 'answer'"),
      (#"{"question": "2 + 3", "answer": [5]}"#, "'answer': expected a string or an integer, got an array"),
      (
        #"{"question": "Who was it?", "answer": "me"}"#,
        "no world can read the question; expected an arithmetic chain like '(37 + 45) * 6' or 'reach 449 from 5 12 37'"
      ),
      (
        #"{"question": "2 + 3", "answer": 5, "metadata": {"world": "chess"}}"#,
        "'metadata.world': no world of this name; known: arithmetic, countdown"
      ),
      (
        #"{"question": "2 + 9", "answer": 11, "metadata": {"category": "Über"}}"#,
        "'metadata.category': expected 1 to 64 of a-z 0-9 _"
      ),
      (
        #"{"question": "reach 20 from 4 3 2", "answer": 20}"#,
        "the answer of a countdown problem must be a plan in canonical text or 'unsolvable'"
      ),
      (
        #"{"question": "reach 20 from 4 3 2", "answer": "goal reach(20,2,3,4){action mul(4,5)->20;terminal return();}"}"#,
        "the answer's plan fails at /0: 5 is not available here; there is 2, 3, 4"
      ),
      (#"{"question": "2 + 5", "answer": "unsolvable"}"#, "answer 'unsolvable', but the problem has a solution"),
      (#"{"question": "2 + 6", "answer": "#, "JSON"),
    ]
    let directory = try TemporaryDirectory()
    try directory.plant("rows.jsonl", rows.map(\.row).joined(separator: "\n"))
    let file = try MappedFile("rows.jsonl", in: directory.root)
    do {
      try Importer.importLines(file, name: "rows.jsonl", preset: "imported", at: "d", in: directory.root)
      Issue.record("accepted")
    } catch DatasetsError.refusedRows(let source, let refused) {
      #expect(source == "rows.jsonl")
      #expect(refused.map(\.line) == Array(2...rows.count))
      for problem in refused.dropLast() { #expect(problem.reason == rows[problem.line - 1].reason) }
      #expect(refused.last?.reason.hasPrefix("rows.jsonl:12: byte ") == true, "\(String(describing: refused.last))")
    }
    #expect(try directory.names() == ["rows.jsonl"])
  }
}
