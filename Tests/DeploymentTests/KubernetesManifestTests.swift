import Composition
import Deployment
import Foundation
import Schemas
import Storage
import Testing

@Suite struct KubernetesManifestTests {
  private func manifest(_ overrides: [String] = []) throws -> String {
    let pod = try PodConfig(
      Composer(ConfigSources(builtIn: BuiltInConfigs.files)).compose(
        config: "deploy/reasoning_pod", overrides: overrides))
    return KubernetesManifest(pod, bundle: try Fixture.bundle(), bundleDigest: Digest(of: "bundle")).text
  }

  /// The golden file: overrides of the built-in pod, a line `---`, the whole stream.
  @Test func text_isTheGoldenFile() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/reasoning_pod.txt")
    let golden = try String(contentsOf: file, encoding: .utf8)
    let separator = try #require(golden.range(of: "\n---\n"))
    let overrides = golden[..<separator.lowerBound].split(separator: "\n").map(String.init)
    let text = try manifest(overrides)
    if ProcessInfo.processInfo.environment["CODEX_RECORD_GOLDEN"] != nil {
      try (overrides.joined(separator: "\n") + "\n---\n" + text).write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded; run the tests again without CODEX_RECORD_GOLDEN")
    }
    #expect(text == golden[separator.upperBound...])
    #expect(try manifest() != text, "the overrides show")
  }

  @Test func text_runsWithoutPrivilegesOnTheDigest() throws {
    let text = try manifest()
    for line in [
      "runAsNonRoot: true", "readOnlyRootFilesystem: true", "allowPrivilegeEscalation: false", "memory: 512Mi",
      "path: /readyz", "path: /healthz", "codex/bundle-digest: \(Digest(of: "bundle"))", "- \(Digest(of: "bundle"))",
    ] {
      #expect(text.contains(line), "\(line)")
    }
    #expect(text.components(separatedBy: "---\n").count == 2)
  }
}
