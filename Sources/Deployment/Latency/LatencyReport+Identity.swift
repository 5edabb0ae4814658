import Ledger
import Planning
import Schemas
import Storage

extension LatencyReport {
  /// What the report is evidence of.
  ///
  /// - Parameters:
  ///   - run: The bundle's run.
  ///   - podName: Name of the pod's configuration.
  ///   - search: How the pod plans.
  ///   - weights: Digest of the bundle's weights.
  ///   - probes: Ids of the bundle's probe problems, in order.
  public func identity(
    of run: GateSubject, pod: PodConfig, podName: String, search: SearchConfig, weightsFormat: String, weights: Digest,
    probes: [Digest]
  ) -> MetricIdentity {
    let problems = Digest(ofLines: probes)
    var fields = run.facts.fields
    fields[.weights] = weights.description
    fields[.evaluation] = PinnedName(podName, pod.digest).description
    fields[.split] = run.heldOut.split(beginningWith: problems)
    fields[.problems] = problems.description
    fields[.mode] = search.mode.rawValue
    fields[.search] = search.settingsText
    fields[.budget] = String(search.budget)
    fields[.weightsFormat] = weightsFormat
    // Request k is planned with seed k.
    fields[.seed] = "0"
    fields[.rules] = String(MetricIdentity.rulesVersion)
    return MetricIdentity(fields)
  }
}
