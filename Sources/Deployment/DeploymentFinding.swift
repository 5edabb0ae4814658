/// Why a bundle may not become this pod: one reason, located and explained.
public struct DeploymentFinding: Equatable, Sendable {
  /// What was asked.
  public enum Check: String, Sendable, CaseIterable {
    /// The pod may not stand above its run.
    case ring
    /// Run metadata and bundle are one run's, byte for byte.
    case parity
    /// The run is its template's, and the template is what the manifest records.
    case template
    /// The run was made for the evaluation that the pod names.
    case evaluation
    /// The milestones that the pod names hold.
    case gates
    /// The model fits the resources.
    case limits
    /// The 95 % quantile stays within the budget.
    case latency
  }

  public let check: Check
  /// File and key, such as `configs/deploy/reasoning_pod.yaml:12` or `run_metadata.json: rollout_ring`.
  public let place: String
  /// What was expected, what was found, what to do.
  public let message: String

  public init(_ check: Check, at place: String, _ message: String) {
    self.check = check
    self.place = place
    self.message = message
  }
}
