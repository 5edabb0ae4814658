import Composition
import Deployment
import Foundation
import Schemas
import Storage
import Testing

@Suite struct KubernetesManifestTests {
  private func manifest(_ overrides: String...) throws -> String {
    let pod = overrides.isEmpty ? try Fixture.pod() : try Fixture.pod(overrides[0])
    return KubernetesManifest(pod, bundle: try Fixture.bundle(), bundleDigest: Digest(of: "bundle")).text
  }

  /// The golden file holds the whole stream for the built-in pod.
  @Test func text_isTheGoldenFile() throws {
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Golden/reasoning_pod.yaml")
    #expect(try manifest() == String(contentsOf: golden, encoding: .utf8))
    #expect(try manifest("pod.replicas=2") != String(contentsOf: golden, encoding: .utf8))
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
