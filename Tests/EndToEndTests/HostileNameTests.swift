import Foundation
import Testing

/// Names of tags, experiments, runs and bundles from somebody who means harm: refused, and nothing outside is opened.
@Suite(.enabled(if: Strace.isAvailable, "needs strace and the right to trace"))
struct HostileNameTests {
  static let names = [
    "", " ", ".", "..", "/", "//", "./", "../", "/etc/passwd", "../../etc/passwd", "../../../../../../../../etc/passwd",
    "./../x", "./../../etc/passwd", "a/../../etc/passwd", "./a/../../../etc/passwd", "a/./b", "a//b", "/a", "a/",
    "a/b/",
    "-rf", "--", "-", ".git", ".git/config", "./.git/config", ".ssh/id_rsa", "~", "~root", "~/x", "$HOME", "${HOME}",
    "`id`", "$(id)", "a;id", "a|id", "a&id", "a\nb", "a\tb", "a\rb", "\u{1B}[31mred", "a b", "a\\b", "..\\..\\etc",
    "C:\\x", "%2e%2e%2fetc", "..%2f..%2fetc", "..%c0%af..", "é", "e\u{301}", "ａ", "․․/x", "a\u{202E}b", "a\u{200B}b",
    "sha256:", "sha256:../../etc/passwd", "sha256:" + String(repeating: "G", count: 64),
    "sha256:" + String(repeating: "a", count: 63), String(repeating: "a", count: 5000),
    String(repeating: "../", count: 200) + "etc/passwd", "a/b/c/d/../e", "file:///etc/passwd", "/proc/self/environ",
    "*", "?", "[a]", "{a,b}", "!x", "#x", "'", "\"",
  ]

  @Test(arguments: names)
  func name_isRefusedAndOpensNothingOutside(name: String) throws {
    let usual = try Self.usual.get()
    let workspace = try RegisteredWorkspace.copy(of: Self.original.get())
    // As after the first measurement: in a workspace nobody looks for one above it.
    try FileManager.default.createDirectory(
      at: workspace.url.appendingPathComponent(".codex"), withIntermediateDirectories: true)
    for command in [
      ["register", "--bundle=run-0", "--tag=\(name)"],
      ["register", "--bundle=run-0", "--tag=a", "--experiment=\(name)"],
      ["register", "--bundle=\(name)", "--tag=a"],
      ["registry", "verify", "--", name],
    ] {
      let log = workspace.url.path + "-trace"
      defer { Scratch.remove(URL(fileURLWithPath: log)) }
      let result = try workspace.run(command, under: Strace.listingFiles(to: log))
      #expect([64, 65, 66].contains(result.status), "\(command): \(result.status) \(result.errors)")
      #expect(!result.errors.contains("\u{1B}") && result.output.isEmpty)
      let opened = try FileTrace(String(contentsOfFile: log, encoding: .utf8)).outside(usual)
      #expect(opened.isEmpty, "\(command): \(opened)")
    }
    #expect(workspace.files(named: "tags.ndjson", below: "artifacts").count == 0)
  }

  @Test func control_aNaiveOpenEscapes() throws {
    let workspace = try Workspace()
    let log = workspace.url.path + "-trace"
    defer { Scratch.remove(URL(fileURLWithPath: log)) }
    let script = "mkdir -p artifacts/runs; cat 'artifacts/runs/../../../../../../../../etc/passwd'"
    _ = try CodexProcess.runShell(script, in: workspace.url, under: Strace.listingFiles(to: log))
    let opened = try FileTrace(String(contentsOfFile: log, encoding: .utf8)).outside(Self.usual.get())
    #expect(opened.contains { $0.hasSuffix("etc/passwd") })
    #expect(Self.names.count >= 60)
  }

  private static let original: Result<Workspace, any Error> = Result {
    try RegisteredWorkspace.make(runs: 1, registered: 0)
  }

  /// What a harmless command opens: the loader's files and the runtime's.
  private static let usual: Result<Set<String>, any Error> = Result {
    let workspace = try original.get()
    let log = workspace.url.path + "-usual"
    defer { Scratch.remove(URL(fileURLWithPath: log)) }
    _ = try workspace.run(["registry", "list"], under: Strace.listingFiles(to: log))
    return try FileTrace(String(contentsOfFile: log, encoding: .utf8)).names
  }
}

/// The names in strace's list of calls that take a file's name.
struct FileTrace {
  let names: Set<String>

  /// - Parameter text: One call a line; the names in it stand in double quotes.
  init(_ text: String) {
    var names: Set<String> = []
    for line in text.split(separator: "\n") where !line.contains(" execve(") {
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      for index in stride(from: 1, to: parts.count - 1, by: 2) { names.insert(String(parts[index])) }
    }
    self.names = names
  }

  /// Names that lead anywhere but to one entry of a directory that was opened before, and that are not in `usual`.
  func outside(_ usual: Set<String>) -> [String] {
    names.subtracting(usual).filter { $0.hasPrefix("/") || $0.split(separator: "/").contains("..") }.sorted()
  }
}
