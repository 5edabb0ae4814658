import Testing

@Suite struct FileLengthTests {
  @Test func files_areWithinTheLimit() throws {
    // Nobody reads generated files from top to bottom.
    let files = try (Repository.sources + Repository.tests).filter { !$0.path.contains("/Generated/") }
    #expect(files.flatMap(FileLengthRule.findings(in:)) == [])
    for advice in files.flatMap(FileLengthRule.advice(on:)) {
      Issue.record(Comment(rawValue: advice.description), severity: .warning)
    }
  }

  @Test(arguments: [(400, 0, 0), (401, 0, 1), (600, 0, 1), (601, 1, 0)])
  func control_lengthsAreJudged(lines: Int, findings: Int, advice: Int) {
    let file = SourceFile("Sources/A/A.swift", String(repeating: "x\n", count: lines))
    #expect(FileLengthRule.findings(in: file).count == findings)
    #expect(FileLengthRule.advice(on: file).count == advice)
  }
}
