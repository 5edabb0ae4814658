import Composition
import Ledger
import Schemas
import Storage
import Testing

/// Whether gates are those compiled into the binary, and those that somebody agreed to.
@Suite struct StandardGatesTests {
  private func composed(_ text: String) throws -> ResolvedConfig {
    try Composer(ConfigSources(builtIn: ["gates/milestones.yaml": text])).compose(config: GatesConfig.standardName)
  }

  private var shipped: String { BuiltInConfigs.files["gates/milestones.yaml"] ?? "" }

  /// A milestone's threshold changed: other gates.
  private var lax: String { shipped.replacing("threshold: 0.95", with: "threshold: 0") }

  private func verdict(in scene: Scene) throws -> VerdictRecord? {
    guard case .verdict(let verdict) = try scene.judge("M0") else { return nil }
    return verdict
  }

  @Test func builtInGates_areStandardHoweverTheyAreSpelt() throws {
    #expect(try GatesConfig(composed(shipped)).isStandard)
    #expect(try GatesConfig(composed(shipped + "# A comment.\n")).isStandard)
    #expect(try GatesConfig(composed(shipped.replacing("threshold: 0.95", with: "threshold: 95.0e-2"))).isStandard)
  }

  @Test func control_anotherThresholdIsNotStandard() throws {
    #expect(lax != shipped)
    #expect(try !GatesConfig(composed(lax)).isStandard)
  }

  @Test func verdict_saysByWhichGatesItWasGiven() throws {
    var scene = try Scene()
    // The scene's gates ask for fewer items than the built-in ones.
    let other = try #require(try verdict(in: scene))
    #expect(other.passed && other.standardGates == false)
    scene.milestones = shipped
    let standard = try #require(try verdict(in: scene))
    #expect(!standard.passed && standard.standardGates == true)
  }

  @Test func unexpectedConfig_isNoVerdict() throws {
    let expected = try composed(shipped).digest
    try UnexpectedGatesConfig.check(composed(shipped), called: "g", is: expected)
    let error = #expect(throws: UnexpectedGatesConfig.self) {
      try UnexpectedGatesConfig.check(composed(lax), called: "g", is: expected)
    }
    let failure = GateFailure(readingConfig: try #require(error))
    #expect(failure.reason == .unexpectedConfig)
    #expect(failure.message.contains("g: expected a configuration with the digest \(expected), got sha256:"))
  }

  /// Ledgers keep lines of builds that did not know the field.
  @Test func verdict_ofAnOlderBuild_isReadable() throws {
    let old = VerdictRecord(
      milestone: "M0", passed: true, runID: "r", weightsDigest: nil, clauses: [], gatesConfigDigest: Digest(of: "g"),
      ledgerHead: nil, codexVersion: "0", recordedAt: 1)
    let bytes = try RecordEncoder().bytes(of: old)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("standard_gates"))
    #expect(try RecordDecoder().record(VerdictRecord.self, from: bytes, path: "l") == old)
  }
}
