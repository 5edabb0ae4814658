/// The id of one latent token; `PlanVocabulary` says what it stands for.
public struct PlanToken: RawRepresentable, Hashable, Comparable, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// The token as an index into logits and `PlanVocabulary.pieces`.
  public var index: Int { Int(rawValue) }

  public static func < (left: PlanToken, right: PlanToken) -> Bool { left.rawValue < right.rawValue }
}
