import Composition
import Schemas

/// Which template a run was made from, and where it departs from it: the one computation for run events and identities.
public struct RunOrigin: Sendable, Equatable {
  /// The keys in which a run may depart from its template and be of it all the same: they choose no other training.
  public static let freeKeys = ["training.seed", "training.output_dir"]

  /// The template without overrides, `<name>@<digest>`.
  public let template: String
  /// Keys in which the run's configuration departs from it, sorted, separated by commas; empty for none.
  public let overrides: String

  /// - Parameters:
  ///   - config: The run's resolved configuration.
  ///   - template: The template called `name` without overrides, as this workspace has it.
  public init(of config: ConfigNode, from template: ResolvedConfig, named name: String) {
    self.template = PinnedName(name, template.digest).description
    overrides = ConfigDifference.paths(between: template.root, and: config).sorted().joined(separator: ",")
  }
}
