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
