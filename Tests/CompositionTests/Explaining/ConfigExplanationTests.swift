import Composition
import Testing

/// Sources/Composition/Explaining.
@Suite struct ConfigExplanationTests {
  private static let files = [
    "config.yaml": "defaults:\n  - base\n  - db: mysql\n  - _self_\nrate: 2\nuser: ${db.user}\nalias: ${db}\n",
    "base.yaml": "rate: 1\nold: x\n", "db/mysql.yaml": "user: root\nport: 1\n", "db/lite.yaml": "user: me\n",
  ]
  private let composer = Composer(ConfigSources(builtIn: files))

  /// The steps as lines: place, value, and for configs who included them.
  private func steps(_ explanation: ConfigExplanation) -> [String] {
    explanation.steps.map { step in
      let value = step.value.map { ConfigText.brief($0.value) } ?? "deleted"
      return "\(step.origin) \(value)" + (step.included.map { " in \($0.config), by \($0.origin)" } ?? "")
    }
  }

  @Test func explain_tellsWhoReplacedWhat() throws {
    let explanation = try composer.explain("rate", config: "config", overrides: ["+x=1", "rate=3"])
    let file = "built-in configs/config.yaml"
    #expect(
      steps(explanation) == [
        "built-in configs/base.yaml:1:7 1 in base, by \(file):2:5", "\(file):5:7 2 in config, by \(file):1:1",
        "override 2 ('rate=3') 3",
      ])
    #expect(explanation.problem == nil && explanation.references.isEmpty)
  }

  @Test func explain_namesTheOverrideThatChoseTheConfig() throws {
    let explanation = try composer.explain("db.user", config: "config", overrides: ["db=lite"])
    #expect(
      steps(explanation) == ["built-in configs/db/lite.yaml:1:7 'me' in db/lite, by override 1 ('db=lite')"])
  }

  @Test func explain_followsReferences() throws {
    let explanation = try composer.explain("user", config: "config")
    #expect(
      explanation.references.map { "\($0.from) → \($0.to) at \($0.origin)" } == [
        "user → db.user at built-in configs/db/mysql.yaml:1:7"
      ])
    #expect(explanation.resolved?.value.hasSameContent(as: .string("root")) == true)
    // What lies behind a reference is explained where it is.
    #expect(try composer.explain("alias.port", config: "config").path == "db.port")
  }

  @Test func explain_ofAMapping() throws {
    let explanation = try composer.explain("db", config: "config", overrides: ["+db.port2=7", "~db.port"])
    #expect(explanation.leaves.map(\.path) == ["db.user", "db.port2"])
    #expect(
      explanation.steps.map(\.origin.description) == [
        "built-in configs/db/mysql.yaml:1:1", "override 1 ('+db.port2=7')", "override 2 ('~db.port')",
      ])
  }

  @Test func explain_ofADeletedSetting() throws {
    let explanation = try composer.explain("old", config: "config", overrides: ["~old"])
    #expect(explanation.value == nil && explanation.steps.count == 2)
    #expect(explanation.steps.last?.origin == .override(index: 1, text: "~old"))
  }

  @Test func explain_reportsWhatCannotBeResolved() throws {
    let explanation = try composer.explain("rate", config: "config", overrides: ["rate='${zz}'"])
    #expect(explanation.problem?.description.contains("no setting 'zz'") == true && explanation.resolved == nil)
  }

  @Test func explain_suggestsSettings() {
    #expect(
      message { try composer.explain("db.usr", config: "config") }
        == "No config and no override sets 'db.usr'. Did you mean 'db.user'?")
    #expect(
      message { try composer.explain("port", config: "config") }
        == "No config and no override sets 'port'. Did you mean 'db.port'?")
    #expect(
      message { try composer.explain("wholly.unlike", config: "config") }
        == "No config and no override sets 'wholly.unlike'. 'codex config compose' prints all settings.")
  }

  @Test func included_hasTheColumnsOfInfo() throws {
    let composed = try composer.composeUnresolved(config: "config", overrides: ["~db", "+db@spare=lite"])
    #expect(
      composed.included.map { "\($0.config) | \($0.package) | \($0.isOwnContent) | \($0.parent ?? "<root>")" } == [
        "base |  | false | config", "config |  | true | <root>", "db/lite | spare | false | config",
      ])
    func lines(_ tree: IncludeTree, _ indent: String) -> [String] {
      [indent + tree.label] + tree.children.flatMap { lines($0, indent + "  ") }
    }
    #expect(
      lines(composed.tree, "") == ["config", "  base", "  db: mysql", "  _self_", "  db@spare: lite"])
  }
}
