import Commands
import Testing

@Suite struct MakeTargetsTests {
  @Test func documents_nameExistingTargets() throws {
    let rule = MakeTargetsRule(makefile: try Repository.file("Makefile").text)
    #expect(rule.targets.isSuperset(of: ["demo", "test", "bench", "format", "lint", "build", "generate", "help"]))
    let findings = try Repository.documents.flatMap(rule.findings(in:))
    #expect(findings == [])
  }

  @Test func continuousIntegration_callsMakeTestAlone() throws {
    let script = try Repository.file(".ci/run")
    let commands = script.lines.map(String.init).flatMap(ShellWords.commands(in:))
    #expect(commands.filter { $0[0] != "set" && $0[0] != "cd" } == [["make", "test"]])
  }

  @Test func control_unknownTargetIsFound() {
    let rule = MakeTargetsRule(makefile: "A := 1\nall: dep\n\techo x: y\n.PHONY: z\n")
    #expect(rule.targets == ["all"])
    let page = SourceFile("README.md", "`make all` and `make gone`\n```sh\nmake all gone A=2\n```\n")
    #expect(rule.findings(in: page).map(\.line) == [3, 1])
  }
}
