/// A plain scalar that other readers of YAML take for something else: `no`, `12:30`, `017`, `1_000`.
///
/// Codex reads scalars as OmegaConf does; YAML 1.2's core schema, which editors and most libraries follow, differs.
public struct AmbiguousScalar: Sendable, Equatable {
  /// As written.
  public let text: String
  public let origin: Origin
  /// What it means here, and below in YAML 1.2, each spelled so that everybody agrees.
  public let here: String
  public let elsewhere: String

  /// The ambiguous values and keys of one YAML text, in order.
  ///
  /// - Throws: What `YAMLReader.read` throws.
  public static func all(in bytes: [UInt8], file: String) throws -> [AmbiguousScalar] {
    try YAMLPlainScalar.all(in: bytes, file: file).compactMap {
      AmbiguousScalar($0.text, isKey: $0.isKey, at: $0.origin)
    }
  }

  /// - Parameter isKey: Keys are texts here, and values to Hydra and to others.
  init?(_ text: String, isKey: Bool, at origin: Origin) {
    guard case .value(let value) = YAMLScalar.meaning(ofPlain: text) else { return nil }
    let core = YAMLCoreSchema.value(ofPlain: text)
    if isKey {
      // Numbers and null are seldom meant by a key, and printed alike; a key that is `true` elsewhere is a surprise.
      guard case .bool = value, !value.hasSameContent(as: core) else { return nil }
      (here, elsewhere) = ("'\(text)'", Self.spelled(value))
    } else {
      guard !value.hasSameContent(as: core), !Self.areBothNaN(value, core) else { return nil }
      (here, elsewhere) = (Self.spelled(value), Self.spelled(core))
    }
    self.text = text
    self.origin = origin
  }

  private static func spelled(_ value: ConfigValue) -> String { ConfigText.brief(value) }

  private static func areBothNaN(_ left: ConfigValue, _ right: ConfigValue) -> Bool {
    guard case .float(let left) = left, case .float(let right) = right else { return false }
    return left.isNaN && right.isNaN
  }
}

extension AmbiguousScalar: CustomStringConvertible {
  public var description: String {
    "\(text) is \(here) here, and \(elsewhere) to other readers of YAML. "
      + "Write \(here) or \(elsewhere), whichever is meant."
  }
}
