import Commands
import Foundation
import Testing

/// scripts/install.sh and scripts/stamp_build.sh: `make install`, `make uninstall` and the commit in `codex --version`.
@Suite struct InstallTests {
  private func make(_ target: String, _ destination: Workspace, prefix: String = "/opt/codex") throws -> ShellScript {
    let command = "make -s \(target) BINARY=\"$BINARY\" PREFIX=\(prefix) DESTDIR=\"$DESTINATION\""
    return try ShellScript(
      command, in: DistBinary.repository,
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "BINARY": CodexProcess.binary,
        "DESTINATION": destination.url.path,
      ])
  }

  private func files(_ folder: Workspace) -> [String] {
    FileManager.default.enumerator(atPath: folder.url.path)?.compactMap { $0 as? String }.filter {
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: folder.url.path + "/" + $0, isDirectory: &isDirectory)
      return !isDirectory.boolValue && !$0.contains("/licences/")
    }.sorted() ?? []
  }

  @Test func install_putsEverythingWhereItIsLookedFor_andUninstallRemovesIt() throws {
    let destination = try Workspace()
    let installed = try make("install", destination)
    #expect(installed.status == 0, "\(installed.output)")
    #expect(
      files(destination) == [
        "opt/codex/bin/codex", "opt/codex/share/bash-completion/completions/codex", "opt/codex/share/doc/codex/LICENSE",
        "opt/codex/share/fish/vendor_completions.d/codex.fish", "opt/codex/share/zsh/site-functions/_codex",
      ])
    try destination.write("opt/codex/bin/other", "")
    #expect(try make("uninstall", destination).status == 0)
    #expect(files(destination) == ["opt/codex/bin/other"])
  }

  @Test func install_refusesARelativePrefix() throws {
    let result = try make("install", Workspace(), prefix: "opt")
    #expect(result.status != 0)
    #expect(result.output.contains("PREFIX is 'opt'; give an absolute path."), "\(result.output)")
  }

  /// The stamp changes bytes of a copy, and nothing else in it.
  @Test func stamp_isWhatTheVersionPrints() throws {
    let folder = try Workspace()
    let script = """
      cp "$BINARY" "$FOLDER/codex" && scripts/stamp_build.sh "$FOLDER/codex" && "$FOLDER/codex" --version
      { cmp -l "$BINARY" "$FOLDER/codex" || true; } | wc -l
      git rev-parse --short=12 HEAD
      """
    let result = try ShellScript(
      script, in: DistBinary.repository,
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "BINARY": CodexProcess.binary,
        "FOLDER": folder.url.path,
      ])
    let lines = result.output.split(separator: "\n").map(String.init)
    guard lines.count == 3 else { return }  // sources without git
    #expect(lines[0].hasPrefix("codex \(CodexVersion.text) (commit \(lines[2])"), "\(result.output)")
    #expect(Int(lines[1]).map { (1...64).contains($0) } == true)
  }
}
