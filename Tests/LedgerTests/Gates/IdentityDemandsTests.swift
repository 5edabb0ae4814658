import Composition
import Ledger
import Schemas
import Testing

/// What a gates file may say of each field of the identity: the table of docs/reference/gates.md.
@Suite struct IdentityDemandsTests {
  /// Whose model, whether finished and whether held out is never left open.
  private static let neverAny: Set<IdentityField> = [
    .run, .runConfig, .trainedOn, .weights, .runStatus, .runSteps, .split,
  ]
  /// What the run's own files say.
  private static let ofRun: Set<IdentityField> = [
    .run, .template, .overrides, .runConfig, .trainedOn, .weights, .runStatus, .runSteps, .dataset, .splitRule,
    .splitSalt, .problems,
  ]

  /// Whether the standard file is read when its default for `field` is `word`; clauses that say otherwise don't matter.
  private func accepts(_ word: String, for field: IdentityField) throws -> Bool {
    var lines = try Scene.standardMilestones().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let number = try #require(lines.firstIndex { $0.hasPrefix("    \(field.rawValue):") })
    lines[number] = "    \(field.rawValue): \(word)"
    while lines[number + 1].hasPrefix("      - ") { lines.remove(at: number + 1) }
    do {
      _ = try Scene.gates(lines.joined(separator: "\n"))
      return true
    } catch is ConfigError { return false }
  }

  @Test(arguments: IdentityField.allCases) func words_areThoseThatTheFieldAllows(field: IdentityField) throws {
    #expect(try accepts("any", for: field) == !Self.neverAny.contains(field))
    #expect(try accepts("of_run", for: field) == Self.ofRun.contains(field))
    #expect(try !accepts("[]", for: field) || field == .overrides, "an empty list admits nothing")
    #expect(try !accepts("[any, any]", for: field))
    #expect(try !accepts("null", for: field))
  }

  @Test func values_areThoseThatHeldOutFinishedEvidenceHas() throws {
    for (word, isFine) in [
      ("test", true), ("validation", true), ("[test, validation]", true), ("train", false), ("all", false),
    ] {
      #expect(try accepts(word, for: .split) == isFine, "split: \(word)")
    }
    for (word, isFine) in [("completed", true), ("running", false), ("[completed, running]", false)] {
      #expect(try accepts(word, for: .runStatus) == isFine, "run_status: \(word)")
    }
    for field in [IdentityField.run, .runConfig, .weights, .runSteps] {
      #expect(try !accepts("\(BadEvidence.x)", for: field), "\(field.rawValue) is the run's, not a value")
    }
  }
}
