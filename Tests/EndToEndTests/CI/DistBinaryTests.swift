import Commands
import Foundation
import Testing

/// scripts/dist_binary.sh: the tarball of `make dist-binary`.
@Suite struct DistBinaryTests {
  private func listing(_ folder: Workspace) throws -> [String] {
    let tarball = try DistBinary.tarball(in: folder)
    let result = try ShellScript(
      "tar -tvzf \(tarball) --numeric-owner --full-time", in: folder.url,
      environment: ["PATH": "/usr/bin:/bin", "TZ": "UTC"])
    try #require(result.status == 0, "\(result.output)")
    return result.output.split(separator: "\n").map(String.init)
  }

  private func bytes(_ folder: Workspace) throws -> Data {
    try Data(contentsOf: folder.url.appendingPathComponent(DistBinary.tarball(in: folder)))
  }

  @Test func tarball_hasBinaryLicenceAndCompletions() throws {
    let folder = try DistBinary.folder.get()
    let top = try DistBinary.tarball(in: folder).replacing(".tar.gz", with: "")
    #expect(top.hasPrefix("codex-\(CodexVersion.text)-linux-"))
    let lines = try listing(folder).filter { !$0.hasPrefix("d") }
    let files = lines.map { line in String(line.split(separator: " ").last ?? "").replacing(top + "/", with: "") }
    #expect(
      files == [
        "LICENSE", "README.md", "bin/codex", "share/bash-completion/completions/codex",
        "share/fish/vendor_completions.d/codex.fish", "share/zsh/site-functions/_codex",
      ])
    #expect(lines.filter { $0.hasPrefix("-rwxr-xr-x") }.count == 1)
    #expect(lines.allSatisfy { $0.contains(" 0/0 ") && $0.contains("2023-11-14 22:13:20") }, "\(lines)")
  }

  @Test func tarball_unpacksIntoWhatItPromises() throws {
    let folder = try DistBinary.folder.get()
    let script = """
      sha256sum --check --quiet SHA256SUMS
      mkdir "$OUT/all" && tar -xzf codex-*.tar.gz --strip-components=1 -C "$OUT/all"
      cd "$OUT/all" && bin/codex --version
      bash -n share/bash-completion/completions/codex
      grep -q '^#compdef codex' share/zsh/site-functions/_codex
      grep -q '^complete --command codex' share/fish/vendor_completions.d/codex.fish
      cmp LICENSE "$REPOSITORY/LICENSE"
      grep -qE 'glibc 2\\.[0-9]+ or later' README.md
      # The README's own command, into another place than /usr/local.
      command=$(grep -oE 'tar -xzf .*' README.md) && mkdir "$OUT/usr"
      cd "$FOLDER" && ${command/\\/usr\\/local/$OUT/usr} && "$OUT/usr/bin/codex" --version && ls "$OUT/usr"
      """
    let out = try Workspace()
    let result = try ShellScript(
      script, in: folder.url,
      environment: [
        "PATH": "/usr/bin:/bin", "OUT": out.url.path, "FOLDER": folder.url.path,
        "REPOSITORY": DistBinary.repository.path,
      ])
    #expect(result.status == 0, "\(result.output)")
    #expect(result.output == "\(CodexVersion.line)\n\(CodexVersion.line)\nbin\nshare\n")
  }

  @Test func tarball_isTheSameBytesAgain() throws {
    let first = try bytes(DistBinary.folder.get())
    #expect(try bytes(DistBinary.make(umask: "077")) == first)
    // The control: another time is another tarball.
    #expect(try bytes(DistBinary.make(epoch: 1_700_000_001)) != first)
  }

  @Test func tarball_hasTheLicencesOfWhatIsLinkedIn() throws {
    let checkouts = try Workspace()
    for file in ["swift-a/LICENSE.txt", "swift-a/NOTICE.txt", "swift-b/LICENSE", "swift-b/README.md"] {
      try checkouts.write(file, file)
    }
    let licences = try listing(DistBinary.make(checkouts: checkouts.url)).compactMap { line in
      line.split(separator: "/share/doc/codex/licences/").dropFirst().last.map(String.init)
    }
    #expect(licences.filter { !$0.hasSuffix("/") } == ["swift-a/LICENSE.txt", "swift-a/NOTICE.txt", "swift-b/LICENSE"])
  }
}
