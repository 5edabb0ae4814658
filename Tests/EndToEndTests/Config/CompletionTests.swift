import Foundation
import Testing

/// What shells are told when a command line is being typed; the binary answers as their scripts ask it.
@Suite struct CompletionTests {
  @Test(arguments: [
    ("codex conf", ["config"]),
    ("codex config c", ["compose"]),
    ("codex train --te", ["--template"]),
    ("codex train --template c", ["chain_of_thought", "countdown", "curriculum"]),
    ("codex train --template=coun", ["--template=countdown"]),
    ("codex --workspace . train --template basel", ["baseline"]),
    ("codex reasoning-templates show tool", ["tool_execution"]),
    ("codex plan --mode=g", ["--mode=greedy"]),
    ("codex plan verify --wor", ["--world", "--workspace"]),
    ("codex gate --milestone ", ["M0", "M1", "M2", "M3"]),
    ("codex deploy --config ", ["configs/deploy/reasoning_pod.yaml"]),
    ("codex metrics summarize --metric reasoning.trace", ["reasoning.trace_coverage"]),
    ("codex datasets materialize --preset reasoning/co", ["reasoning/cot_lite", "reasoning/countdown"]),
    // Only the command under the cursor counts.
    ("A=1 codex doctor && codex tra", ["train", "traces"]),
    ("codex doctor | codex gate --mil", ["--milestone"]),
    ("codex nonsense ", []),
    ("codex doctor # co", []),
  ])
  func words_areNamesOfThings(line: String, expected: [String]) throws {
    #expect(Set(try Self.candidates(line)) == Set(expected))
  }

  @Test(arguments: [
    // Keys, level by level; the shell puts no space after '=' and '.'.
    ("training.max_s", ["training.max_steps="]),
    ("mod", ["model=", "model."]),
    ("model.hidden", ["model.hidden_size="]),
    ("curriculum.phase_schedule.0.me", ["curriculum.phase_schedule.0.metrics="]),
    // Options of groups, values that the reader allows.
    ("model=", ["model=micro", "model=nano"]),
    ("datasets/reasoning=cot", ["datasets/reasoning=cot_lite"]),
    ("model=[nano,mi", ["model=[nano,micro"]),
    ("model=nano,mi", ["model=nano,micro"]),
    ("training.lr_scheduler_type=", ["training.lr_scheduler_type=cosine"]),
    ("training.bf16=", ["training.bf16=true", "training.bf16=false"]),
    ("training.max_steps=", ["training.max_steps=null", "training.max_steps=2400"]),
    // Prefixes.
    // Entries of a template's list are read from its own group, where there is no such group.
    ("+sea", []),
    ("++training.seed", ["++training.seed="]),
    ("+curric", ["+curriculum."]),
    ("+curriculum.", ["+curriculum.replay_ratio="]),
    ("++curric", ["++curriculum."]),
    ("~sear", ["~search", "~search."]),
    ("~training.se", ["~training.seed"]),
    ("--json", ["--json"]),
  ])
  func words_areOverrides(word: String, expected: [String]) throws {
    #expect(Set(try Self.candidates("codex train --template baseline \(word)")) == Set(expected))
  }

  @Test(arguments: [
    ("training.max_s", ["training.max_steps"]),
    ("--template countdown search.b", ["search.budget", "search.beam"]),
    ("model=micro model.hidden", ["model.hidden_size"]),
    ("mod", ["model.", "model="]),
    ("model=mi", ["model=micro"]),
    ("~training.max_s", ["~training.max_steps"]),
  ])
  func words_areSettings(words: String, expected: [String]) throws {
    #expect(Set(try Self.candidates("codex config explain \(words)")) == Set(expected))
  }

  @Test func overrides_followThoseBefore() throws {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "defaults:\n  - db: a\n")
    try workspace.write("conf/db/a.yaml", "name: x\n")
    try workspace.write("conf/db/b.yaml", "name: y\n")
    try workspace.write("conf/log/file.yaml", "path: p\n")
    let line = "codex config compose --config-dir conf --config-name config "
    #expect(try Self.candidates(line + "+", in: workspace) == ["+db=", "+log="])
    #expect(try Self.candidates(line + "+log=", in: workspace) == ["+log=file"])
    #expect(try Self.candidates(line + "log", in: workspace) == [])
    #expect(try Self.candidates(line + "+log=file log", in: workspace) == ["log=", "log."])
    let appended = line + "+db@spare=b "
    #expect(try Self.candidates(appended + "spa", in: workspace) == ["spare."])
    #expect(try Self.candidates(appended + "db@", in: workspace) == ["db@spare="])
    #expect(try Self.candidates(appended + "db@spare=", in: workspace) == ["db@spare=a", "db@spare=b"])
    #expect(try Self.candidates(appended + "~db@s", in: workspace) == ["~db@spare"])
  }

  @Test func overrides_ofAnyTree() throws {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "defaults:\n  - db: ???\n  - db@spare: b\n")
    try workspace.write("conf/db/a.yaml", "name: x\n")
    try workspace.write("conf/db/b.yaml", "name: y\n")
    let line = "codex config compose --config-dir conf --config-name config "
    // It does not compose before the choice is made; the groups are known all the same.
    #expect(try Self.candidates(line, in: workspace) == ["db="])
    #expect(try Self.candidates(line + "db=", in: workspace) == ["db=a", "db=b"])
    #expect(try Self.candidates(line + "db=a db.", in: workspace) == ["db.name="])
    #expect(try Self.candidates(line + "db=a db@", in: workspace) == ["db@spare="])
    #expect(try Self.candidates("codex config compose -cd conf -cn ", in: workspace) == ["config", "db/a", "db/b"])
  }

  @Test func runsAndTags_areThoseOfTheWorkspace() throws {
    let workspace = try RegisteredWorkspace.make(runs: 1)
    let run = try #require(try Self.candidates("codex evaluate --run run-", in: workspace).first)
    #expect(workspace.files(named: "run_metadata.json", below: "runs/train_loop/\(run)").count == 1)
    #expect(try Self.candidates("codex train --resume run-", in: workspace) == [run])
    #expect(try Self.candidates("codex registry show reas", in: workspace) == ["reasoning/r1"])
    #expect(try Self.candidates("codex registry show sha256:", in: workspace).count == 1)
    #expect(try Self.candidates("codex register --bundle latest --tag reasoning/", in: workspace) == ["reasoning/r1"])
  }

  @Test func files_areLeftToTheShell() throws {
    #expect(try Self.answer("codex plan verify pl").output == "files\n")
    #expect(try Self.answer("codex --workspace ").output == "directories\n")
  }

  @Test func nothingIsSaid_whereNothingCanBeKnown() throws {
    let workspace = try Workspace()
    try workspace.write("configs/model/nano.yaml", "a: [1\n")
    let broken = try Self.answer("codex train --template baseline training.", in: workspace)
    #expect(broken.status == 0 && broken.output == "words\n" && broken.errors.isEmpty)
  }

  /// Each answer in one process of its own, start included, beside a process that only starts. docs/reference/commands.md
  /// states the milliseconds; here the machine is busy with other tests.
  @Test func answers_takeNotMuchLongerThanAStart() throws {
    let workspace = try Workspace()
    let lines = ["codex ", "codex train --template ", "codex train --template baseline training.lr_scheduler_type="]
    for line in lines {
      let clock = ContinuousClock()
      var (answers, starts): ([Duration], [Duration]) = ([], [])
      for _ in 0..<10 {
        starts.append(try clock.measure { _ = try workspace.run(["--version"]) })
        answers.append(try clock.measure { _ = try Self.answer(line, in: workspace) })
      }
      (answers, starts) = (answers.sorted(), starts.sorted())
      #expect(answers[5] < starts[5] * 6, "\(line): \(answers[5]), a start \(starts[5])")
    }
  }

  // MARK: Scripts

  /// What bash would insert: the script is loaded and its function called as bash does, with the word after the last
  /// character that ends words.
  @Test(arguments: [
    ("codex train --template base", "base", ["baseline"]),
    ("codex train --template baseline model=mi", "mi", ["micro"]),
    ("codex train --template baseline training.max_s", "training.max_s", ["training.max_steps="]),
    ("codex config compose --config-dir conf --config-name config db@s", "s", ["spare="]),
  ])
  func bash_getsWhatIsMissing(line: String, current: String, expected: [String]) throws {
    let workspace = try Workspace()
    try workspace.write("conf/config.yaml", "defaults:\n  - db@spare: b\n")
    try workspace.write("conf/db/b.yaml", "name: y\n")
    try workspace.write(
      "ask.bash",
      """
      source <("$1" --generate-completion-script bash)
      compopt() { :; }
      COMP_LINE="$2" COMP_POINT=${#2}
      _codex "$1" "$3" ""
      printf '%s\\n' "${COMPREPLY[@]}"

      """)
    let process = Process(), pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["ask.bash", CodexProcess.binary, line, current]
    process.currentDirectoryURL = workspace.url
    process.standardOutput = pipe
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(output.split(separator: "\n").map(String.init) == expected)
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func scripts_askTheProgram(shell: String) throws {
    let script = try Workspace().run(["--generate-completion-script", shell])
    #expect(script.status == 0 && script.output.contains("codex") && script.output.contains("---complete"))
  }

  @Test func scripts_existForThreeShells() throws {
    for arguments in [["--generate-completion-script"], ["--generate-completion-script", "tcsh"]] {
      let result = try Workspace().run(arguments)
      #expect(result.status == 64)
      #expect(
        result.errors
          == "codex: '--generate-completion-script' names a shell; there are scripts for bash, zsh, fish.\n")
    }
  }

  // MARK: Asking

  private static func answer(_ line: String, in workspace: Workspace? = nil) throws -> CodexProcess {
    try (workspace ?? Workspace()).run(["---complete", line])
  }

  /// The words alone, without their notes.
  private static func candidates(_ line: String, in workspace: Workspace? = nil) throws -> [String] {
    let answer = try answer(line, in: workspace)
    #expect(answer.status == 0 && answer.errors.isEmpty)
    let lines = answer.output.split(separator: "\n")
    #expect(lines.first == "words")
    return lines.dropFirst().map { String($0.prefix { $0 != "\t" }) }
  }
}
