import Foundation
import Storage
import Testing

/// `codex config parse` against what Hydra's parser answered (Tests/Fixtures/hydra/README.md).
@Suite struct ConfigParseTests {
  @Test func json_hasHydrasFields() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/hydra/overrides.jsonl")
    let cases = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(cases.count > 110)
    let workspace = try Workspace()
    for line in cases {
      let example = try JSONReader.parse(Array(line.utf8))
      let input = example["input"]?.string ?? ""
      let result = try workspace.run(["config", "parse", "--json", "--", input])
      guard example["error"] == nil else {
        #expect(result.status == 78 && result.output.isEmpty, "\(input): \(result.output)")
        continue
      }
      #expect(result.status == 0, "\(input): \(result.errors)")
      let read = try JSONReader.parse(Array(result.output.dropLast().utf8))
      #expect(try CanonicalJSON.write(read) == CanonicalJSON.write(example), "\(input)")
    }
    // Control: another value is noticed.
    #expect(try workspace.run(["config", "parse", "--json", "a=1"]).output != "{}\n")
  }

  @Test func floats_keepTheirPoint() throws {
    let result = try Workspace().run(["config", "parse", "--json", "a=[1,1.0,1e3]"])
    #expect(
      result.output == """
        {"element":"[1,1.0,1000.0]","input":"a=[1,1.0,1e3]","key":"a","package":null,"sweep":false,"type":"CHANGE",\
        "value":[1,1.0,1000.0],"value_type":"ELEMENT"}

        """)
  }

  @Test func text_isForPeople() throws {
    #expect(
      try Workspace().run(["config", "parse", "++db@backup=[a, 'b c']"]).output == """
        override  ++db@backup=[a, 'b c']
        does      changes or adds
        key       db
        package   backup
        kind      element
        value     ["a",{"$quoted":"b c"}]

        """)
  }

  @Test func sweeps_areReadForSeveralRunsOnly() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(["config", "parse", "seed=1,2"]).status == 78)
    let json = try workspace.run(["config", "parse", "-m", "seed=1,2", "--json"]).output
    #expect(json.contains("\"sweep\":true") && json.contains("\"value_type\":\"SIMPLE_CHOICE_SWEEP\""))
  }

  @Test func mistakes_areShownWithACaret() throws {
    #expect(
      try Workspace().run(["config", "parse", "a=[1,"]).errors == """
        codex: Cannot read the override at column 6: expected a value, got the end.
          a=[1,
               ^
        Quote the value to use a text.

        """)
  }
}
