import Storage
import Testing

/// `codex config lint`: what it finds, each at its place, and what it leaves alone.
@Suite struct ConfigLintTests {
  @Test func ownConfigs_areClean() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(["init"]).status == 0)
    let result = try workspace.run(["config", "lint"])
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output.isEmpty && result.errors.isEmpty)
  }

  @Test(arguments: [
    ("no", "no is false here, and 'no' to other readers of YAML. Write false or 'no', whichever is meant."),
    ("On", "On is true here, and 'On' to other readers of YAML. Write true or 'On', whichever is meant."),
    ("12:30", "12:30 is 750 here, and '12:30' to other readers of YAML. Write 750 or '12:30', whichever is meant."),
    ("017", "017 is 15 here, and 17 to other readers of YAML. Write 15 or 17, whichever is meant."),
    ("0o17", "0o17 is '0o17' here, and 15 to other readers of YAML. Write '0o17' or 15, whichever is meant."),
    ("1_000", "1_000 is 1000 here, and '1_000' to other readers of YAML. Write 1000 or '1_000', whichever is meant."),
    ("-.5", "-.5 is '-.5' here, and -0.5 to other readers of YAML. Write '-.5' or -0.5, whichever is meant."),
  ])
  func ambiguousScalars_areFound(text: String, message: String) throws {
    let workspace = try Workspace()
    try workspace.write("conf.yaml", "fine: 1\nkey: \(text)\n")
    let result = try workspace.run(["config", "lint", "conf.yaml"])
    #expect(result.status == 1)
    #expect(result.output == "conf.yaml:2:6: \(message)\n")
  }

  @Test func scalarsThatAllAgreeOn_areNotFound() throws {
    let workspace = try Workspace()
    try workspace.write(
      "conf.yaml",
      """
      a: [true, False, 1, -2, 0x1F, 1.5, 1e3, 1.e3, .5, .inf, .nan, null, ~, text, y, n, 2020-01-01, 'no', "12:30", 0]
      b: |
        no
      c: !!str off
      2: two

      """)
    let result = try workspace.run(["config", "lint", "conf.yaml"])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test func keysThatAreBooleansElsewhere_areFound() throws {
    let workspace = try Workspace()
    try workspace.write("conf.yaml", "on: push\n")
    #expect(
      try workspace.run(["config", "lint", "conf.yaml"]).output
        == "conf.yaml:1:1: on is 'on' here, and true to other readers of YAML. Write 'on' or true, whichever is meant.\n"
    )
  }

  @Test func duplicateKeys_areFound() throws {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "a: 1\nb: 2\na: 3\n")
    let result = try workspace.run(["config", "lint", "--config-dir", "conf", "--json"]).json()
    #expect(result["schema"] == .string("codex.lint/1"))
    guard case .array(let rows)? = result["data"] else {
      Issue.record("no rows")
      return
    }
    #expect(rows.count == 1 && rows[0].keys == ["column", "file", "line", "message", "rule"])
    #expect(rows.first?["rule"] == .string("duplicate-key"))
  }

  @Test func settingsThatNothingReads_areFoundInEveryKindOfConfig() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(["init"]).status == 0)
    // Each file gets one key too many; none but the last is included by a primary config that is not itself.
    let places = [
      ("configs/model/micro.yaml", "", "model."), ("configs/search/best_first.yaml", "", "search."),
      ("configs/deploy/reasoning_pod.yaml", "", "pod."),
      ("configs/training/reasoning/curricula/shuffled.yaml", "", "curriculum."),
      ("configs/datasets/reasoning/countdown.yaml", "", "dataset."),
    ]
    for (path, _, _) in places { try workspace.write(path, try workspace.text(path) + "\nextra_setting: 1\n") }
    let result = try workspace.run(["config", "lint"])
    #expect(result.status == 1)
    for (path, _, package) in places {
      #expect(
        result.output.split(separator: "\n").contains {
          $0.hasPrefix(path) && $0.hasSuffix(": no setting '\(package)extra_setting'. Remove it: nothing reads it.")
        }, "\(path) in \(result.output)")
    }
  }

  @Test func valuesThatTheirReadersRefuse_areFoundAllTogether() throws {
    let workspace = try Workspace()
    #expect(try workspace.run(["init"]).status == 0)
    let path = "configs/training/base.yaml"
    try workspace.write(
      path,
      try workspace.text(path).replacing("learning_rate: 3.0e-3", with: "learning_rate: fast")
        .replacing("warmup_steps: 100", with: "warmup_steps: -1"))
    let result = try workspace.run(["config", "lint", "configs/training"])
    #expect(result.output.contains("'training.learning_rate' is 'fast'; expected a number."))
    #expect(result.output.contains("'training.warmup_steps' is -1; allowed: 0…1000000."))
    // Five templates include the file; each problem is said once.
    #expect(result.output.split(separator: "\n").count == 2)
  }

  @Test func pages_areCheckedForCommandLinesAndOverrides() throws {
    let workspace = try Workspace()
    try workspace.write(
      "page.md",
      """
      `codex train --template baseline training.max_step=1`, `codex train --template NAME`, `codex train`,
      and `codex doctor --fast`.
      ```sh
      codex config compose --config-dir somewhere --config-name config a=1
      codex reasoning-templates compose bseline
      ```

      """)
    let result = try workspace.run(["config", "lint", "page.md"])
    #expect(result.status == 1)
    #expect(
      result.output == """
        page.md:1: 'codex train --template baseline training.max_step=1': override 1 ('training.max_step=1'): \
        Could not override 'training.max_step'. No such setting. Did you mean 'training.max_steps'? \
        To add it, use '+training.max_step=…'.
        page.md:2: 'codex doctor --fast': Unknown option '--fast'
        page.md:5: 'codex reasoning-templates compose bseline': no template 'bseline'. Did you mean 'baseline'? \
        'codex reasoning-templates list' names all.

        """)
  }

  @Test func treesOfOthers_areCheckedFileByFile() throws {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "defaults: [db: a]\nanything: 1\n")
    try workspace.write("conf/db/a.yaml", "on_top: ${nothing}\n")
    #expect(try workspace.run(["config", "lint", "--config-dir", "conf"]).status == 0)
    // With a primary config named, it is composed as well.
    let composed = try workspace.run(["config", "lint", "--config-dir", "conf", "--config-name", "config"])
    #expect(composed.output.hasPrefix("conf/db/a.yaml:1:9: cannot resolve '${nothing}' at 'db.on_top'"))
  }

  @Test func pathsThatAreNotThere_orNothingToCheck_areSaid() throws {
    let workspace = try Workspace()
    try workspace.write("notes.txt", "codex nonsense\n")
    #expect(try workspace.run(["config", "lint", "none.yaml"]).status == 66)
    for path in ["none", "notes.txt"] {
      let result = try workspace.run(["config", "lint", path])
      #expect(result.status == 64)
      #expect(result.errors.hasPrefix("codex: \(path) is no directory, and neither YAML nor Markdown by its name."))
    }
  }

  @Test func pagesWithOtherLineEnds_areChecked() throws {
    let workspace = try Workspace()
    try workspace.write("page.md", "A page.\r\n\r\n```sh\r\ncodex doctor \\\r\n  --fast\r\n```\r\n")
    #expect(
      try workspace.run(["config", "lint", "page.md"]).output
        == "page.md:4: 'codex doctor --fast': Unknown option '--fast'\n")
  }

  @Test func textsThatWereNotQuoted_areToldToBe() throws {
    let workspace = try Workspace()
    try workspace.write(
      "configs/training/reasoning/mine.yaml",
      "# @package _global_\ndefaults: [baseline, _self_]\nmetadata:\n  owner: no\n")
    #expect(
      try workspace.run(["config", "lint"]).output.contains(
        "mine.yaml:4:10: 'metadata.owner' is false; expected a string. "
          + "Quote it, or override with 'metadata.owner=<value>'.\n"))
  }
}
