import Composition
import Storage

extension SettingExplanation {
  /// For people: the value, the steps that led to it, and what it is.
  var text: String {
    var lines = heading
    for (index, step) in explanation.steps.enumerated() {
      let before = index > 0 ? explanation.steps[index - 1].value : nil
      lines.append("  \(index + 1). \(Self.sentence(step, before))")
    }
    lines += explanation.references.map { "  \($0.from) refers to \($0.to), set at \($0.origin)" }
    if let problem = explanation.problem { lines.append("  It does not resolve: \(problem)") }
    if let summary { lines.append("  \(summary)") }
    if let words = allowed?.words, !isMapping { lines.append("  May be \(words).") }
    if isMapping { lines += settings }
    return lines.joined(separator: "\n") + "\n"
  }

  private var shown: ConfigNode? { explanation.resolved ?? explanation.value }

  private var isMapping: Bool { explanation.value?.entries != nil }

  /// The path and its value: a list as YAML below it, of a mapping the path alone, for its settings follow.
  private var heading: [String] {
    switch shown?.value {
    case nil: ["\(explanation.path): deleted"]
    case .mapping(let entries)? where !entries.isEmpty: ["\(explanation.path):"]
    case .list(let elements)? where !elements.isEmpty:
      ["\(explanation.path):"]
        + (shown.map(YAMLPrinter.print) ?? "").split(separator: "\n").map { "  " + $0 }
    case let value?: ["\(explanation.path): \(ConfigText.brief(value))"]
    }
  }

  private static func sentence(_ step: ConfigExplanation.Step, _ before: ConfigNode?) -> String {
    guard let value = step.value else { return "\(step.origin) deletes it" }
    var place = step.origin.description
    if case .override? = step.included?.origin, let choice = step.included?.origin { place += ", chosen by \(choice)," }
    let set = "\(place) sets \(ConfigText.brief(value.value))"
    guard let before else { return set }
    if case .mapping = value.value, case .mapping = before.value { return "\(place) adds to it, or changes it" }
    return "\(set) instead of \(ConfigText.brief(before.value))"
  }

  /// The settings below a mapping, each with the place that decided.
  private var settings: [String] {
    let rows = explanation.leaves.map { ($0.path, ConfigText.brief($0.node.value), $0.node.origin.description) }
    let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
    return rows.map { "  \(Self.padded($0.0, widths.0))  \(Self.padded($0.1, widths.1))  \($0.2)" }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  // MARK: JSON

  /// Keys: `allowed` (words), `path`, `problem`, `references` (`from`, `to`, and a place), `resolved`, `steps` (`config`,
  /// `included_at`, `value`, and a place), `summary`, `value`. A place is `column`, `file`, `line` or `override` (`index`, `text`).
  var json: JSONValue {
    .object([
      "allowed": Self.text(allowed?.words), "path": .string(explanation.path),
      "problem": Self.text(explanation.problem?.description),
      "references": .array(
        explanation.references.map {
          .object(JSONObject([.init("from", .string($0.from)), .init("to", .string($0.to))] + Self.place($0.origin)))
        }),
      "resolved": explanation.resolved?.readableJSON ?? .null,
      "steps": .array(
        explanation.steps.map { step in
          .object(
            JSONObject(
              [
                .init("config", Self.text(step.included?.config)),
                .init("included_at", Self.text(step.included?.origin.description)),
                .init("value", step.value?.readableJSON ?? .null),
              ]
                + Self.place(step.origin)))
        }), "summary": Self.text(summary), "value": explanation.value?.readableJSON ?? .null,
    ])
  }

  private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  private static func place(_ origin: Origin) -> [JSONObject.Member] {
    var (file, line, column, override) = (JSONValue.null, JSONValue.null, JSONValue.null, JSONValue.null)
    switch origin {
    case .file(let path, let lineNumber, let columnNumber):
      (file, line, column) = (.string(path), .int(Int64(lineNumber)), .int(Int64(columnNumber)))
    case .override(let index, let text): override = .object(["index": .int(Int64(index)), "text": .string(text)])
    case .implied: break
    }
    return [.init("column", column), .init("file", file), .init("line", line), .init("override", override)]
  }
}
