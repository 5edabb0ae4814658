import Foundation
import Testing

/// Every command of docs/guides/pipeline.md, in its order, in one empty directory; only the sizes are smaller.
@Suite struct TutorialTests {
  @Test func pipeline_runsAsWritten() throws {
    let page = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("docs/guides/pipeline.md")
    let commands = Self.commands(in: try String(contentsOf: page, encoding: .utf8))
    #expect(commands.count >= 25)
    let workspace = try Workspace()
    var control = ""
    for command in commands {
      let words = try Self.words(command.replacing("CONTROL", with: control))
      if words[0] == "serve" { continue }  // ServeTests starts servers; this one would wait for a signal
      let result = try workspace.run(words)
      // Gates, and a deployment behind them, may say no to a model of seconds; everything else must succeed.
      let isQuestion = ["gate", "deploy"].contains(words[0])
      #expect(
        result.status == 0 || isQuestion && result.status == 1, "codex \(command): \(result.status) \(result.errors)")
      if words == ["init"] { try Self.shrink(workspace) }
      if command.contains("curriculum.shuffled=true") {
        let latest = workspace.url.appendingPathComponent("runs/train_loop/latest").path
        control = try FileManager.default.destinationOfSymbolicLink(atPath: latest)
      }
    }
    #expect(workspace.files(named: "bundle.json", below: "artifacts").count == 1)
    // Control: a command that the page does not have fails here.
    #expect(try workspace.run(["gates"]).status == 64)
  }

  /// What follows `codex ` on the lines of shell blocks.
  private static func commands(in page: String) -> [String] {
    var isShell = false
    return page.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.hasPrefix("```") { isShell = line == "```sh" }
      return isShell && line.hasPrefix("codex ") ? String(line.dropFirst("codex ".count)) : nil
    }
  }

  /// Words separated by spaces, those in double quotes kept together.
  private static func words(_ text: String) throws -> [String] {
    var words: [String] = []
    for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 1 { words.append(String(part)) } else { words += part.split(separator: " ").map(String.init) }
    }
    return try #require(words.isEmpty ? nil : words)
  }

  /// Makes the workspace's configs such that training takes seconds.
  private static func shrink(_ workspace: Workspace) throws {
    try workspace.write(
      "configs/model/nano.yaml",
      try workspace.text("configs/model/nano.yaml").replacing(#/num_hidden_layers: \d+/#, with: "num_hidden_layers: 1")
        .replacing(#/hidden_size: \d+/#, with: "hidden_size: 32"))
    for (file, key, size) in [
      ("configs/datasets/reasoning/curriculum.yaml", "train", "2000"),
      ("configs/datasets/reasoning/arithmetic.yaml", "validation", "40"),
      ("configs/datasets/reasoning/arithmetic.yaml", "test", "60"),
    ] {
      let text = try workspace.text(file)
      let small = text.replacing(try Regex("\(key): \\d+"), with: "\(key): \(size)")
      #expect(small != text, "\(file) has no '\(key)'")
      try workspace.write(file, small)
    }
    // What is asked of a model of seconds: a measurement, however few problems and good answers.
    let gates = "configs/gates/milestones.yaml"
    try workspace.write(
      gates,
      try workspace.text(gates).replacing("threshold: 0.95", with: "threshold: 0.0")
        .replacing("min_n: 500", with: "min_n: 5"))
    let pod = "configs/deploy/reasoning_pod.yaml"
    try workspace.write(
      pod, try workspace.text(pod).replacing("requests_per_second: 20", with: "requests_per_second: 2000"))
    let evaluation = "configs/evaluation/reasoning.yaml"
    try workspace.write(
      evaluation, try workspace.text(evaluation).replacing("max_problems: 1000", with: "max_problems: 20"))
    #expect(try workspace.run(["gate", "pin"]).status == 0)
  }
}
