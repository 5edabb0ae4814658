import Composition
import Schemas
import Storage

/// The milestones and what each demands: `configs/gates/milestones.yaml`. A value of this type is valid.
public struct GatesConfig: Sendable {
  /// One milestone. It has a clause.
  public struct Milestone: Sendable, Equatable {
    /// `M0`, `M1`, … in order.
    public let id: String
    public let title: String
    public let clauses: [MetricClause]
    public let cadence: [CadenceClause]
    /// A page of `status_updates/` that lets later milestones pass while this one is open.
    public let waiver: StoragePath?
  }

  /// In order: each requires those before it.
  public let milestones: [Milestone]
  /// Digest of the configuration it was read from.
  public let digest: Digest

  /// The name of the standard configuration.
  public static let standardName = "gates/milestones"

  /// The milestone called `id`, or nil.
  public func milestone(_ id: String) -> Milestone? { milestones.first { $0.id == id } }

  /// The milestone called `id`.
  ///
  /// - Throws: `UnknownMilestone`, which names those that there are.
  public func knownMilestone(_ id: String) throws(UnknownMilestone) -> Milestone {
    guard let found = milestone(id) else { throw UnknownMilestone(id: id, known: milestones.map(\.id)) }
    return found
  }
}

/// A gates file that says nothing of what evidence must state about itself, as those of version 0.1.0.
public struct IncompleteGatesFile: Error, Sendable, CustomStringConvertible {
  let origin: Origin?

  public var description: String {
    "\(origin.map { "\($0): " } ?? "")a gates file of an earlier version: expected 'gates.identity' beside 'gates.milestones'. "
      + "Complete it with 'codex gate migrate'."
  }
}
