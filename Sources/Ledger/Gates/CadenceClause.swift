import Schemas
import Storage

/// A demand on how often a pod was deployed. A value of this type is valid.
public struct CadenceClause: Sendable, Equatable {
  public let id: String
  /// The pod whose deployments count, by its name in their records.
  public let pod: String
  /// The pod's configuration, which every deployment must have had; nil for any.
  public let podConfig: PinnedName?
  /// Windows of seven days that end now; each needs a deployment.
  public let weeks: Int
  /// The page whose section *Overrides* lists what was overridden by hand; an open line there is a no.
  public let notes: StoragePath
}
