import Composition
import Foundation
import Storage
import Testing

/// The differences from Hydra that docs/reference/composition.md lists, each with its case.
@Suite struct DifferencesTests {
  /// What codex answers to a case, as the fixture has it.
  private func answer(_ example: JSONValue) throws -> JSONValue {
    do {
      let composed = try Composer(ConfigSources(builtIn: example["tree"]?.files ?? [:])).composeUnresolved(
        config: "config", overrides: example["overrides"]?.texts ?? [])
      let yaml = YAMLPrinter.print(composed.root)
      var answer: JSONObject = ["yaml": .string(yaml)]
      do {
        let resolved = try ResolvedConfig(composed).resolvedYAML
        if resolved != yaml { answer.members.append(.init("resolved", .string(resolved))) }
      } catch let error as ConfigError {
        answer.members.append(.init("unresolvable", .string(error.description)))
      }
      return .object(answer)
    } catch let error as ConfigError {
      return .object(["error": .string(error.description)])
    }
  }

  @Test func differences_areAsListed() throws {
    let page = try String(
      contentsOf: repository.appendingPathComponent("docs/reference/composition.md"), encoding: .utf8)
    let examples = try cases("differences.jsonl")
    #expect(examples.count > 20)
    for example in examples {
      let name = example["name"]?.text ?? ""
      #expect(page.contains("**\(name)**"), "\(name) is not listed")
      #expect(example["hydra"] != example["codex"], "\(name) is no difference")
      #expect(try answer(example) == example["codex"], "\(name)")
    }
    // And nothing is listed without a case.
    let names = examples.compactMap { $0["name"]?.text }
    let listed = page.components(separatedBy: "## Differences")[1].components(separatedBy: "**").enumerated().filter {
      !$0.offset.isMultiple(of: 2)
    }.map(\.element)
    #expect(Set(listed) == Set(names))
  }
}
