import Storage
import Testing

/// `codex config explain`: who set a value, what it replaced, what it refers to.
@Suite struct ConfigExplainTests {
  @Test func steps_areThoseOfFilesAndOverrides() throws {
    let workspace = try Self.workspace()
    #expect(
      try workspace.run(Self.command + ["db.port", "db=big", "++db.port=7", "db.port=8"]).output == """
        db.port: 8
          1. conf/db/small.yaml:2:7 sets 1
          2. conf/db/big.yaml:5:7, chosen by override 1 ('db=big'), sets 2 instead of 1
          3. override 2 ('++db.port=7') sets 7 instead of 2
          4. override 3 ('db.port=8') sets 8 instead of 7
          Where it listens.

        """)
  }

  @Test func references_areFollowed() throws {
    #expect(
      try Self.workspace().run(Self.command + ["name"]).output == """
        name: 'run_s'
          1. conf/config.yaml:5:7 sets 'run_${db.name}'
          name refers to db.name, set at conf/db/small.yaml:3:7

        """)
  }

  @Test func mappings_showTheirSettings() throws {
    #expect(
      try Self.workspace().run(Self.command + ["db", "db=big"]).output == """
        db:
          1. conf/db/small.yaml:2:1 sets {port: 1, name: 's'}
          2. conf/db/big.yaml:5:7, chosen by override 1 ('db=big'), adds to it, or changes it
          db.port  2    conf/db/big.yaml:5:7
          db.name  's'  conf/db/small.yaml:3:7

        """)
  }

  @Test func deletions_areSteps() throws {
    let result = try Self.workspace().run(Self.command + ["db.port", "~db.port"])
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("db.port: deleted\n"))
    #expect(result.output.contains("\n  2. override 1 ('~db.port') deletes it\n"))
  }

  @Test func templates_knowWhatASettingMayBe() throws {
    let workspace = try Workspace()
    let result = try workspace.run(["config", "explain", "training.lr_scheduler_type"])
    #expect(
      result.output == """
        training.lr_scheduler_type: 'cosine'
          1. built-in configs/training/base.yaml:20:22 sets 'cosine'
          How the rate falls after the warm-up.
          May be one of cosine.

        """)
    let schedule = try workspace.run(["config", "explain", "curriculum.phase_schedule", "--template", "curriculum"])
    #expect(schedule.output.contains("  - id: A\n    dataset: reasoning/curriculum\n"))
    #expect(schedule.output.contains("curriculum.phase_schedule.1.replay_ratio refers to curriculum.replay_ratio"))
  }

  @Test func json_hasEverything() throws {
    let value = try JSONReader.parse(
      Array(Self.workspace().run(Self.command + ["db.port", "db.port=8", "--json"]).output.dropLast().utf8))
    #expect(value["schema"] == .string("codex.explanation/1"))
    guard case .array(let rows)? = value["data"], case .array(let steps)? = rows.first?["steps"] else {
      Issue.record("no rows")
      return
    }
    #expect(
      rows[0].keys == ["allowed", "path", "problem", "references", "resolved", "steps", "summary", "value"])
    #expect(steps.count == 2)
    #expect(steps[0].keys == ["column", "config", "file", "included_at", "line", "override", "value"])
    #expect(steps[0]["config"] == .string("db/small") && steps[0]["line"] == .int(2))
    #expect(steps[1]["override"]?["index"] == .int(1) && steps[1]["value"] == .int(8))
  }

  @Test(arguments: [
    (["db.prt"], 78, "codex: No config and no override sets 'db.prt'. Did you mean 'db.port'?\n"),
    (["port"], 78, "codex: No config and no override sets 'port'. Did you mean 'db.port'?\n"),
    (["db.port", "db.prt=1"], 78, "codex: override 1 ('db.prt=1'): Could not override 'db.prt'."),
    (["db=big"], 64, "codex: Name a setting, e.g. training.max_steps.\n"),
  ])
  func mistakes_areSaid(words: [String], status: Int32, message: String) throws {
    let result = try Self.workspace().run(Self.command + words)
    #expect(result.status == status)
    #expect(result.errors.hasPrefix(message), "\(result.errors)")
  }

  @Test func problemsElsewhere_areNotTheSettings() throws {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "a: ${b.c}\nb: {c: 1, d: \"${nope}\"}\n")
    let sound = try workspace.run(Self.command + ["a"]).output
    #expect(sound.hasPrefix("a: 1\n") && !sound.contains("does not resolve"), "\(sound)")
    #expect(try workspace.run(Self.command + ["b"]).output.contains("\n  It does not resolve: conf/config.yaml:2:14: "))
  }

  private static let command = ["config", "explain", "--config-dir", "conf", "--config-name", "config"]

  private static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "defaults:\n  - db: small\n  - _self_\n\nname: run_${db.name}\n")
    try workspace.write("conf/db/small.yaml", "# Where it listens.\nport: 1\nname: s\n")
    try workspace.write("conf/db/big.yaml", "defaults:\n  - small\n  - _self_\n# More of it.\nport: 2\n")
    return workspace
  }
}
