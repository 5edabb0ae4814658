import Composition
import Storage
import Testing

/// Sources/Composition/Overrides, against answers of Hydra 1.3.2 (Tests/Fixtures/hydra/README.md).
@Suite struct OverrideConformanceTests {
  /// Why our answer differs from Hydra's; nil if it does not.
  private func difference(_ example: JSONValue) throws -> String? {
    let input = example["input"]?.text ?? ""
    let isError = example["error"] != nil
    do {
      let override = try OverrideParser.parse(input)
      // Hydra's answers were taken as those of one run: only a glob was spelled there.
      if case .glob? = override.value {} else { try override.requireSingleRun() }
      if isError { return "read as \(try canonical(override.json)), should fail" }
      let (ours, theirs) = (try canonical(override.json), try canonical(example))
      return ours == theirs ? nil : "read as \(ours)"
    } catch let error as ConfigError {
      return isError ? nil : "fails: \(error)"
    }
  }

  @Test func parse_agreesWithHydra() throws {
    let examples = try cases("overrides.jsonl")
    #expect(examples.count > 110)
    for example in examples { #expect(try difference(example) == nil, "\(example["input"]?.text ?? "")") }
  }

  /// The control: a wrong expectation is noticed.
  @Test func difference_noticesWrongAnswers() throws {
    #expect(try difference(.object(["input": .string("a=1"), "error": .string("x")]))?.hasPrefix("read as") == true)
    #expect(try difference(.object(["input": .string("a=1"), "value": .int(2)]))?.hasPrefix("read as") == true)
    #expect(try difference(.object(["input": .string("a=[")]))?.hasPrefix("fails") == true)
  }
}
