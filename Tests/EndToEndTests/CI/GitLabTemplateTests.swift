import Composition
import Foundation
import Testing

/// templates/ci/gitlab/gate.yml: the gate's script in a directory that holds the artifacts of the jobs before.
@Suite struct GitLabTemplateTests {
  private func script(of job: String) throws -> [String] {
    let url = DistBinary.repository.appendingPathComponent("templates/ci/gitlab/gate.yml")
    let root = try YAMLReader.read(Array(Data(contentsOf: url)), file: "gate.yml")
    guard case .list(let lines)? = root[path: job + ".script"]?.value else { throw CocoaError(.formatting) }
    return try lines.map { line in
      guard case .string(let text) = line.value else { throw CocoaError(.formatting) }
      return text
    }
  }

  /// The directory of the gate's job.
  private func directory() throws -> Workspace {
    let trained = try TrainedWorkspace.copy()
    let pack = try script(of: "train").suffix(2).joined(separator: "\n")
    try #require(try run(pack, in: trained).status == 0)
    let directory = try Workspace()
    try JobRunner.copy(DistBinary.folder.get().url, to: directory.url.appendingPathComponent("tool"))
    try JobRunner.copy(
      trained.url.appendingPathComponent("workspace.tar"), to: directory.url.appendingPathComponent("workspace.tar"))
    return directory
  }

  private func run(_ script: String, in directory: Workspace) throws -> ShellScript {
    try ShellScript(script, in: directory.url, environment: ["PATH": "/usr/bin:/bin"])
  }

  @Test func failingGate_makesTheJobRedAndIsReported() throws {
    let directory = try directory()
    let result = try run(script(of: "gate").joined(separator: "\n"), in: directory)
    #expect(result.status == 1, "\(result.output)")
    #expect(result.output.contains("M0 did not pass"))
    #expect(try directory.text("gates.xml").contains("<testsuite name=\"M0\""))
  }

  @Test func failedEvaluation_makesTheJobRedWhateverTheGateSays() throws {
    let directory = try directory()
    // A gate that says yes, and an evaluation that says no.
    let lines = try script(of: "gate").map { line in
      line.hasPrefix("codex gate ") ? "codex --version" : line.replacing("codex evaluate", with: "(exit 65)")
    }
    #expect(try run(lines.joined(separator: "\n"), in: directory).status == 65)
    // The control: both say yes.
    let good = lines.map { $0.replacing("(exit 65)", with: "codex --version") }
    #expect(try run(good.joined(separator: "\n"), in: directory).status == 0)
  }
}
