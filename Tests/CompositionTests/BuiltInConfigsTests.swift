import Composition
import Foundation
import Testing

/// Sources/Composition/Generated/BuiltInConfigs.swift and `configs/`.
@Suite struct BuiltInConfigsTests {
  private func committed() throws -> [String: String] {
    let root = repository.appendingPathComponent("configs")
    let names = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
    return Dictionary(
      uniqueKeysWithValues: try names.filter { $0.hasSuffix(".yaml") }.map {
        ($0, try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8))
      })
  }

  @Test func files_equalTheDirectory() throws {
    let files = try committed()
    #expect(files.count > 10)
    #expect(files == BuiltInConfigs.files, "run scripts/generate_built_in_files.sh")
  }

  /// The control: a changed file is noticed.
  @Test func files_differFromAChangedDirectory() throws {
    var files = try committed()
    files["model/nano.yaml"]?.append("# changed\n")
    #expect(files != BuiltInConfigs.files)
  }

  @Test func templates_areAtParityAndReadable() throws {
    let catalog = TemplateCatalog(ConfigSources(builtIn: BuiltInConfigs.files))
    #expect(catalog.names == ["baseline", "chain_of_thought", "countdown", "curriculum", "tool_execution"])
    #expect(try catalog.validate().filter { !$0.isSound }.map(\.description) == [])
  }

  /// Everything in `configs/` composes, as a choice of its group or as a primary config.
  @Test func configs_compose() throws {
    let sources = ConfigSources(builtIn: BuiltInConfigs.files)
    for (name, _) in sources.list { _ = try Composer(sources).composeUnresolved(config: name) }
    for override in [
      "model=micro", "search=best_first", "datasets/reasoning=countdown", "training/reasoning/curricula=a_b_c",
      "training/reasoning/curricula=shuffled",
    ] {
      _ = try TemplateSummary(TemplateCatalog(sources).compose("baseline", overrides: [override]))
    }
  }

  @Test func shuffledCurriculum_isTheOverrideByAnotherName() throws {
    let catalog = TemplateCatalog(ConfigSources(builtIn: BuiltInConfigs.files))
    let named = try catalog.compose("curriculum", overrides: ["training/reasoning/curricula=shuffled"])
    let overridden = try catalog.compose("curriculum", overrides: ["curriculum.shuffled=true"])
    #expect(named.digest == overridden.digest)
  }
}
