import Composition
import Schemas

extension GatesConfig {
  /// Whether this is the configuration of the standard milestones that is compiled into the binary, whatever file it was
  /// read from: values decide, not comments or spelling.
  public var isStandard: Bool { digest == Self.standardDigest }

  /// What the templates of the standard milestones train on: place below `datasets/` and content.
  public static let standardTrainingData: [String: Digest] = {
    let standard = try? standardConfig.map { try GatesConfig($0) }
    let texts = (standard?.milestones ?? []).flatMap(\.clauses).flatMap { clause -> [String] in
      if case .values(let texts) = clause.identity[.trainedOn] { texts } else { [] }
    }
    return Dictionary(texts.compactMap { PinnedName($0) }.map { ($0.name, $0.digest) }) { first, _ in first }
  }()

  /// Digest of the standard milestones compiled into the binary; nil if they cannot be composed, and then nothing equals
  /// them.
  private static let standardDigest = standardConfig?.digest

  private static let standardConfig = try? Composer(ConfigSources(builtIn: BuiltInConfigs.files))
    .compose(config: standardName)
}

/// The gates' configuration is another one than whoever asked has agreed to.
public struct UnexpectedGatesConfig: Error, Equatable, Sendable, CustomStringConvertible {
  let config: String
  let expected: Digest
  let got: Digest

  /// Checks a resolved configuration.
  ///
  /// - Parameter config: Its name, for the message.
  /// - Throws: `UnexpectedGatesConfig` unless its digest is `expected`.
  public static func check(_ resolved: ResolvedConfig, called config: String, is expected: Digest) throws {
    guard resolved.digest == expected else {
      throw UnexpectedGatesConfig(config: config, expected: expected, got: resolved.digest)
    }
  }

  public var description: String {
    "\(config): expected a configuration with the digest \(expected), got \(got). Judge by the gates that were agreed to "
      + "(--config, or --built-in-gates), or agree to these and expect their digest."
  }
}
