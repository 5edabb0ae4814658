import Foundation
import Storage
import Testing

/// `codex config compose` against what Hydra printed (Tests/Fixtures/hydra/README.md), and its own options.
@Suite struct ConfigComposeTests {
  @Test func output_isHydrasByteForByte() throws {
    let cases = try Self.cases()
    let workspace = try Self.workspace(cases)
    for example in cases {
      let arguments = example["arguments"]?.strings ?? []
      let result = try workspace.run(Self.command + ["--cfg", "job"] + arguments)
      guard example["succeeds"] == .bool(true) else {
        #expect(result.status == 78, "\(arguments)")
        #expect(result.output.isEmpty)
        continue
      }
      #expect(result.status == 0, "\(arguments): \(result.errors)")
      #expect(example["output"] == .string(result.output), "\(arguments)")
    }
    #expect(cases.count >= 30)
    // Control: an output that differs in one byte is noticed.
    #expect(try cases[0]["output"] != .string(workspace.run(Self.command + ["name=run"]).output))
  }

  @Test func json_isTheSameTree() throws {
    let workspace = try Self.workspace(Self.cases())
    let text = try workspace.run(Self.command + ["-p", "rates", "--json"]).output
    #expect(text == "[1.0,1e-05,0.1,{\"$float\":\"inf\"},1e+16]\n")
    let nested = Self.command + ["-p", "nested", "--json"]
    #expect(
      try workspace.run(nested).output == "{\"a\":[{\"b\":1,\"c\":[2,3]},[],{}],\"back\":\"${..name}\"}\n")
    #expect(try workspace.run(nested + ["--resolve"]).output.contains("\"back\":\"run_my\""))
  }

  @Test func info_hasHydrasLayout() throws {
    let workspace = try Self.workspace(Self.cases())
    #expect(
      try workspace.run(Self.command + ["--info", "defaults"]).output == """
        Defaults List
        *************
        | Config path | Package | _self_ | Parent   |
        ---------------------------------------------
        | db/base     | db      | False  | db/mysql |
        | db/mysql    | db      | True   | config   |
        | db/postgres | backup  | False  | config   |
        | config      |         | True   | <root>   |
        ---------------------------------------------

        """)
    #expect(
      try workspace.run(Self.command + ["--info", "defaults-tree", "~db@backup"]).output == """
        Defaults Tree
        *************
        <root>:
          config:
            db: mysql:
              db/base
              _self_
            db@backup: postgres
            log: none
            _self_

        """)
    #expect(
      try workspace.run(Self.command + ["--info", "searchpath"]).output == """
        Config search path
        ******************
        | Provider     | Search path |
        ------------------------------
        | command-line | file://conf |
        ------------------------------

        """)
    let whole = try workspace.run(Self.command + ["--info", "config"]).output
    #expect(
      whole.contains("Defaults List\n") && whole.contains("Defaults Tree\n") && whole.contains("Config\n******\ndb:\n"))
    let json = try workspace.run(Self.command + ["--info", "config", "--json"]).json()
    #expect(json["schema"] == .string("codex.composition/1"))
    #expect(json["data"]?.keys == ["config", "defaults", "defaults_tree", "search_path"])
  }

  @Test func names_areThoseOfTheWorkspaceByDefault() throws {
    let workspace = try Workspace()
    let template = try workspace.run(["config", "compose"])
    #expect(template.output == (try workspace.run(["reasoning-templates", "compose", "baseline"])).output)
    let micro = try workspace.run([
      "config", "compose", "--template", "countdown", "model=micro", "-p", "model.hidden_size",
    ])
    #expect(micro.output == "256\n")
  }

  @Test(arguments: [
    (["--config-dir", "conf"], 64, "codex: A config tree has no templates: give --config-name with --config-dir."),
    (["--config-dir", "none", "--config-name", "config"], 66, "codex: none: cannot open directory"),
    (
      ["--config-dir", "conf", "--config-name", "confg"], 78,
      "codex: Cannot find primary config 'confg'. Did you mean 'config'?\n"
    ),
    (
      ["searchpath=x"], 78,
      "codex: override 1 ('searchpath=x'): Could not override 'searchpath'. No such setting. To add it, use '+searchpath=…'.\n"
    ),
    (["--cfg", "hydra"], 64, "codex: The value 'hydra' is invalid for '--cfg <cfg>'. Please provide one of 'job'.\n"),
    (
      ["--config-dir", "conf", "--config-name", "config", "-p", "db.prt"], 78,
      "codex: No config and no override sets 'db.prt'. Did you mean 'db.port' or 'db.url'?\n"
    ),
    (
      ["--config-dir", "conf", "--config-name", "config", "-p", "port"], 78,
      "codex: No config and no override sets 'port'. Did you mean 'db.port' or 'backup.port'?\n"
    ),
  ])
  func mistakes_areSaid(arguments: [String], status: Int32, message: String) throws {
    let result = try Self.workspace(Self.cases()).run(["config", "compose"] + arguments)
    #expect(result.status == status)
    #expect(result.errors.hasPrefix(message), "\(result.errors)")
  }

  @Test(arguments: [
    ("max_steps=3", "training.max_steps"), ("trainng.max_steps=3", "training.max_steps"),
    ("training.maxsteps=3", "training.max_steps"), ("modle=micro", "model"), ("model=mirco", "micro"),
    ("~training.max_step", "training.max_steps"), ("~serch", "search"), ("datasets/reasonin=x", "datasets/reasoning"),
    ("training={max_step: 3}", "training.max_steps"),
    ("curriculum.phase_schedule.0.step=4", "curriculum.phase_schedule.0.steps"),
    ("training/reasoning/curricula=a_b", "a_b_c"),
  ])
  func typos_suggestTheRightKey(override: String, key: String) throws {
    let result = try Workspace().run(["config", "compose", override])
    #expect(result.status == 78)
    #expect(result.errors.contains("Did you mean '\(key)'"), "\(result.errors)")
  }

  @Test func problemsInFiles_showTheLine() throws {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "defaults:\n  - db: oracle\n")
    try workspace.write("conf/db/mysql.yaml", "name: my\n")
    #expect(
      try workspace.run(Self.command).errors == """
        codex: conf/config.yaml:2:9: In 'config': Could not find 'db/oracle'. Available: mysql.
          2 |   - db: oracle
            |         ^

        """)
  }

  @Test func problemsInFilesWithOtherLineEnds_showTheLine() throws {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "a: 1\r\nb:\r\n  c: ${nope}\r\n")
    #expect(
      try workspace.run(Self.command + ["--resolve"]).errors.hasSuffix("\n  3 |   c: ${nope}\n    |      ^\n"))
  }

  @Test func problemsInLongOrBrokenOverrides_areShownOnOneLine() throws {
    let workspace = try Self.workspace(Self.cases())
    #expect(
      try workspace.run(Self.command + ["name=x\ny"]).errors == """
        codex: Cannot read the override at column 7: unexpected '␊'.
          name=x␊y
                ^
        Quote the value: key='…' (inside shell quotes).

        """)
    let long = try workspace.run(Self.command + ["name=" + String(repeating: "[", count: 5000)])
    #expect(long.status == 78 && long.errors.utf8.count < 400, "\(long.errors)")
    #expect(
      try workspace.run(Self.command + [""]).errors
        == "codex: Cannot read the override at column 1: it is empty.\n  \n  ^\nWrite key=value, or leave it out.\n")
  }

  @Test func bytesThatAreNoText_areRefused() throws {
    let shell = ["/bin/sh", "-c", #"exec "$0" "$@" "$(printf "+name='\\377'")""#]
    let result = try Workspace().run(Self.command, under: shell)
    #expect(result.status == 64)
    #expect(result.errors == "codex: argument 7 is not UTF-8: '+name='\u{FFFD}''. Write it in UTF-8.\n")
    #expect(
      try Workspace().run(["config", "compose", "--config-dir", "", "-cn", "a"]).errors.hasPrefix(
        "codex: --config-dir is empty"))
  }

  @Test func multirun_composesEachCombination() throws {
    let workspace = try Self.workspace(Self.cases())
    let swept = Self.command + ["--multirun", "db=mysql,postgres", "name=range(1,3)"]
    #expect(
      try workspace.run(swept + ["--package", "name"]).output == """
        # job 0: db=mysql name=1
        1
        ---
        # job 1: db=mysql name=2
        2
        ---
        # job 2: db=postgres name=1
        1
        ---
        # job 3: db=postgres name=2
        2
        ---

        """)
    let lines = try workspace.run(swept + ["--json", "-p", "db.port"]).output.split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    let last = try JSONReader.parse(Array(lines[3].utf8))
    #expect(last["config"] == .int(5432) && last["job"] == .int(3))
    #expect(last["overrides"]?.strings == ["db=postgres", "name=2"])
    #expect(last["values"] == .object(["db": .string("postgres"), "name": .string("2")]))
  }

  @Test func multirun_goesOnAfterAFailure() throws {
    let workspace = try Self.workspace(Self.cases())
    let swept = Self.command + ["-m", "db=mysql,oracle,postgres", "-p", "db.port"]
    let all = try workspace.run(swept)
    #expect(all.status == 78)
    #expect(all.output == "# job 0: db=mysql\n3306\n---\n# job 2: db=postgres\n5432\n---\n")
    #expect(all.errors.hasPrefix("codex: job 1: db=oracle: override 1 ('db=oracle'): In 'config': Could not find"))
    #expect(try workspace.run(swept + ["--fail-fast"]).output == "# job 0: db=mysql\n3306\n---\n")
  }

  @Test func environment_isReadWhereItIsNamed() throws {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "home: ${oc.env:CITY}\nyear: ${now:%Y}\n")
    let command = Self.command + ["--resolve", "-p", "home"]
    #expect(try workspace.run(command, environment: ["CITY": "Bonn"]).status == 78)
    #expect(try workspace.run(command + ["--env", "CITY"], environment: ["CITY": "Bonn"]).output == "Bonn\n")
    #expect(try workspace.run(Self.command + ["--resolve", "-p", "year"]).output.hasPrefix("20"))
  }

  private static let command = ["config", "compose", "--config-dir", "conf", "--config-name", "config"]

  private static func cases() throws -> [JSONValue] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Fixtures/hydra/cfg_job.jsonl")
    return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
      try JSONReader.parse(Array($0.utf8))
    }
  }

  private static func workspace(_ cases: [JSONValue]) throws -> Workspace {
    let workspace = try Workspace()
    guard case .object(let tree)? = cases[0]["tree"] else { return workspace }
    for member in tree.members { try workspace.write("conf/" + member.key, member.value.string ?? "") }
    return workspace
  }
}

extension JSONValue {
  var string: String? {
    guard case .string(let string) = self else { return nil }
    return string
  }

  var strings: [String] {
    guard case .array(let elements) = self else { return [] }
    return elements.compactMap(\.string)
  }

  var keys: [String] {
    guard case .object(let object) = self else { return [] }
    return object.members.map(\.key)
  }
}
