import ArgumentParser
import Composition
import Ledger
import Schemas

/// By which gates is judged: whoever brings the workspace need not bring the ruler.
struct GateConfigChoice: ParsableArguments {
  @Option(
    help: ArgumentHelp("The milestones: a config below configs/.", valueName: "file"), completion: .configs(in: "gates")
  )
  var config = "configs/gates/milestones.yaml"

  @Flag(help: "Take that config as compiled into the binary, whatever the workspace says.")
  var builtInGates = false

  @Option(
    help: ArgumentHelp(
      "Refuse (78, unexpected_config) unless the config has this digest, as verdicts name it.", valueName: "digest"))
  var expectConfig: String?

  private var expected: Digest? {
    get throws { try expectConfig.map { try Digest(parsing: $0) } }
  }

  func validate() throws {
    do { _ = try expected } catch { throw ValidationError("--expect-config: \(error)") }
  }

  /// - Throws: `ConfigError`, or `UnexpectedGatesConfig` for another one than was expected.
  func resolved(in session: Session) throws -> ResolvedConfig {
    let name = ConfigPathText.name(config)
    let sources = try builtInGates ? ConfigSources(builtIn: BuiltInConfigs.files) : session.configSources()
    let resolved = try Composer(sources).compose(config: name)
    if let expected = try expected { try UnexpectedGatesConfig.check(resolved, called: config, is: expected) }
    return resolved
  }

  /// Says on standard error when the gates are not the built-in ones and nobody has pinned them.
  func warn(of report: GateReport, in session: Session) {
    guard expectConfig == nil, let verdict = report.verdicts.first, verdict.standardGates == false else { return }
    session.talk.warn(
      "\(config) is not the built-in one. Judge by that with --built-in-gates, or pin this one with "
        + "--expect-config \(verdict.gatesConfigDigest).")
  }
}

extension VerdictRecord {
  /// By which gates was judged, in words; nil in verdicts of builds that did not ask.
  var gatesStanding: String? {
    standardGates.map { ($0 ? "built-in, " : "not the built-in ones, ") + gatesConfigDigest.description }
  }
}
