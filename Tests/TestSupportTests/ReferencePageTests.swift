import TestSupport
import Testing

@Suite struct ReferencePageTests {  // Tests/TestSupport/ReferencePage.swift
  private let page = ReferencePage(
    markdown:
      "# T\n| `x` | no section |\n## a\n| key | value |\n|---|---|\n| `one` | 1 |\n| `two` | 2 |\n## b\n| `one` | 1 |\n"
  )

  @Test func disagreements_acceptsEqualKeys() {
    #expect(page.disagreements(in: "a", with: ["two", "one"]).isEmpty)
    #expect(page.disagreements(in: "b", with: ["one"]).isEmpty)
  }

  @Test func disagreements_rejectsMissingAdditionalAndUnknown() {
    #expect(page.disagreements(in: "a", with: ["one", "two", "three"]) == ["'three' is not documented"])
    #expect(page.disagreements(in: "a", with: ["one"]) == ["'two' is no key"])
    #expect(page.disagreements(in: "c", with: ["one"]) == ["'one' is not documented"])
    let twice = ReferencePage(markdown: "## a\n| `one` | 1 |\n| `one` | 2 |\n")
    #expect(twice.disagreements(in: "a", with: ["one"]) == ["'one' stands twice"])
  }
}
