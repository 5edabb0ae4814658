import Foundation
import Testing

/// Files and problems as other systems write them, given to the real binary: read whole, or refused with the line and why.
@Suite struct PublishedInputsTests {
  /// Rows, and what is said of them; nil where they are read.
  static let files: [(rows: String, refusal: String?)] = [
    ("{\"question\":\"(12 + 30) * 2\",\"answer\":\"84\"}\n\n", nil),
    ("{\"question\":\"(12 + 30) * 2\",\"answer\":\"84\"}\n \t \n", nil),
    ("{\"question\":\"(12 + 30) * 2\",\"answer\":\"84\"}\r\n", nil),
    ("\u{FEFF}{\"question\":\"(12 + 30) * 2\",\"answer\":\"84\"}\n", nil),
    (#"{"question":"12 + 30","answer":"42","metadata":null,"id":98765432109876543210}"#, nil),
    (#"{"question":"12 + 30","answer":"42","metadata":"world: countdown"}"#, "line 1: 'metadata': expected an object"),
    (#"{"question":"12 + 30","answer":"42","metadata":[1]}"#, "line 1: 'metadata': expected an object"),
    (#"{"question":"12 + 30","answer":"42","metadata":7}"#, "line 1: 'metadata': expected an object"),
    (#"{"question":"12 + 30","answer":"42","metadata":{"world":null}}"#, "line 1: 'metadata.world': expected a string"),
    (#"{"nums":[9,5,2],"target":12}"#, nil), (#"{"nums":[9,5,2],"target":12,"answer":"no"}"#, "line 1: the answer"),
    (#"{"question":"12 + 30","answer":"12+30=<<12+30=42>>42\n#### 42"}"#, nil),
    (#"{"question":"12 + 30","answer":"So #### 43"}"#, "line 1: expected the answer 42, got '43'"),
    (#"{"question":"State the result: 4 + 3 =","answer":"7"}"#, "line 1: no world can read the question"),
    (#"{"question":"reach 16 from 2 5 9","answer":"2 + 5 + 9"}"#, "line 1: the answer of a countdown problem must be"),
  ]

  @Test(arguments: files) func rows_areReadWholeOrRefusedByName(rows: String, refusal: String?) throws {
    let workspace = try Workspace()
    try workspace.write("rows.jsonl", rows)
    let result = try workspace.run(["datasets", "import", "rows.jsonl", "--output", "set"])
    #expect(result.status == (refusal == nil ? 0 : 65), "\(result.errors)")
    if let refusal {
      #expect(result.errors.contains(refusal), "\(result.errors)")
      #expect(!FileManager.default.fileExists(atPath: workspace.url.appendingPathComponent("set").path))
    } else {
      #expect(try workspace.run(["datasets", "verify", "set"]).status == 0)
    }
  }
}
