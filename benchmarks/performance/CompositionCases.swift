import Composition
import Storage

/// Answers cases of composition, one JSON object a line, for checks against other programs
/// (benchmarks/interop/fuzz_composition.py) and for timing.
///
/// A case is `{"tree": {path: text}, "overrides": […], "environment": {…}}`, with `"multirun": true` for its runs, or `{"input": "key=value"}` to read one
/// override, or `{"document": "text"}` to read one YAML text. The answer is `{"yaml": …, "choices": …, "resolved": …}`,
/// or `{"runs": [[override, …], …]}`, or the fields of the override, or `{"value": …}`; where codex refuses, `{"error": "…"}` or, instead of `resolved`,
/// `unresolvable`.
enum CompositionCases {
  static func answer(_ line: some Sequence<UInt8>) throws -> JSONValue {
    let example = try JSONReader.parse(Array(line))
    do {
      if case .string(let input)? = example["input"] { return try OverrideParser.parse(input).json }
      if case .string(let document)? = example["document"] {
        return .object(["value": try YAMLReader.read(Array(document.utf8), file: "document").json])
      }
      return try compose(example)
    } catch let error as ConfigError {
      return .object(["error": .string(error.description)])
    }
  }

  private static func compose(_ example: JSONValue) throws -> JSONValue {
    let inputs = ResolverInputs(environment: files(example["environment"]))
    let composer = Composer(ConfigSources(builtIn: files(example["tree"])), inputs: inputs)
    if example["multirun"] == .bool(true) {
      let plan = try composer.sweep(config: "config", overrides: texts(example["overrides"]))
      return .object(["runs": .array(plan.runs.map { run in .array(run.texts.map { .string($0) }) })])
    }
    let composed = try composer.composeUnresolved(config: "config", overrides: texts(example["overrides"]))
    let choices = composed.choices.map { JSONObject.Member($0.group, $0.choice.map { .string($0) } ?? .null) }
    var answer: JSONObject = [
      "yaml": .string(YAMLPrinter.print(composed.root)), "choices": .object(JSONObject(choices)),
    ]
    do {
      let resolved = try ResolvedConfig(composed, inputs: inputs)
      answer.members.append(.init("resolved", .string(resolved.resolvedYAML)))
    } catch let error as ConfigError {
      answer.members.append(.init("unresolvable", .string(error.description)))
    }
    return .object(answer)
  }

  private static func files(_ value: JSONValue?) -> [String: String] {
    guard case .object(let object)? = value else { return [:] }
    return Dictionary(
      object.members.compactMap { member in
        if case .string(let text) = member.value { (member.key, text) } else { nil }
      }, uniquingKeysWith: { _, last in last })
  }

  private static func texts(_ value: JSONValue?) -> [String] {
    guard case .array(let elements)? = value else { return [] }
    return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
  }
}
