import Composition
import Foundation
import Testing

/// docs/reference/template_knobs.md: what it says is here is here.
@Suite struct TemplateKnobsTests {
  @Test func page_namesSettingsThatExist() throws {
    let catalog = TemplateCatalog(ConfigSources(builtIn: BuiltInConfigs.files))
    let rows = try Self.rows()
    #expect(rows.count >= 25)
    for name in ["baseline", "chain_of_thought", "tool_execution"] {
      let resolved = try catalog.compose(name)
      for key in rows.flatMap(Self.keys) { #expect(resolved.subtree(key) != nil, "\(name) has no \(key)") }
    }
    // Control: a key that does not exist is noticed.
    #expect(Self.keys(in: "`a`|`model.nothing`|x") == ["model.nothing"])
    #expect(try catalog.compose("baseline").subtree("model.nothing") == nil)
  }

  /// Every setting of the three original templates, as its own documents list them.
  @Test func page_coversEverySettingOfTheOriginals() throws {
    let text = try Self.rows().map { String($0.split(separator: "|")[0]) }.joined()
    for setting in [
      "defaults", "trace_capture.mode", "curriculum.preset", "curriculum.phase_schedule", "evaluation.preset",
      "deployment.preset", "reasoning.template", "enabled", "trace_mode", "trace_history", "log_probability_threshold",
      "objective.mode", "objective.weight", "tool_supervision_weight", "max_traces_per_epoch", "log_top_k",
      "trace_store", "head.hidden_size", "head.projection_size", "head.trace_vocab_size", "head.dropout",
      "tool_adapter.enabled", "tool_adapter.tools", "tool_adapter.pooling", "tool_adapter.temperature",
      "tool_adapter.hidden_size", "logging.reasoning_trace", "metadata.rollout_ring", "metadata.owner",
    ] {
      #expect(text.contains(setting), "\(setting)")
    }
  }

  /// Rows of the table, without the pipes at both ends.
  private static func rows() throws -> [String] {
    let page = repository.appendingPathComponent("docs/reference/template_knobs.md")
    return try String(contentsOf: page, encoding: .utf8).split(separator: "\n").filter { $0.hasPrefix("| `") }
      .map { String($0.dropFirst(2).dropLast(2)) }
  }

  /// The dotted names in code in the second column.
  private static func keys(in row: String) -> [String] {
    let columns = row.split(separator: "|", omittingEmptySubsequences: false)
    guard columns.count > 1 else { return [] }
    return columns[1].split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
      .filter { $0.contains(".") && $0.allSatisfy { $0.isLetter || $0 == "." || $0 == "_" } }
  }
}
