import Foundation
import Testing

/// docs/guides/ci_gating.md shows parts of the templates, and nothing else that looks like a workflow.
@Suite struct GateGuideTests {
  private static func text(_ path: String) throws -> String {
    try String(contentsOf: DistBinary.repository.appendingPathComponent(path), encoding: .utf8)
  }

  /// The page's blocks of YAML.
  private static func blocks(in page: String) -> [String] {
    page.split(separator: "```yaml\n").dropFirst().compactMap { $0.split(separator: "```").first.map(String.init) }
  }

  @Test func workflows_areThoseOfTheTemplates() throws {
    let blocks = Self.blocks(in: try Self.text("docs/guides/ci_gating.md"))
    let template = try Self.text("templates/ci/github/gate.yml")
    #expect(!blocks.isEmpty)
    for block in blocks { #expect(template.contains(block), "\(block)") }
    // The control: a step that the template does not have.
    #expect(!template.contains((blocks.first ?? "") + "      - run: codex evaluate\n"))
  }
}
