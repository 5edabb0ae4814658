import Plans
import Schemas
import Search
import Storage

/// A plan that may leave: read back from its canonical text, judged, and found without fault.
///
/// The only exit of a plan. Its one initializer judges, and only this module can call it.
public struct ReleasedPlan: Hashable, Sendable {
  public let tree: PlanTree
  /// Canonical text; `digest` is its SHA-256, the plan's identity.
  public let text: String
  public let digest: Digest
  /// The stream the model emitted, prompt included.
  public let tokens: [PlanToken]
  /// Natural log of the plan's probability under the policy.
  public let logProbability: Double

  /// Judges what a search found; `nil` if the verdict on the text that would leave is not clean.
  init?(_ found: VerifiedPlan, judgedBy verifier: any PlanVerifier) {
    let text = found.tree.canonicalText
    guard let tree = try? PlanParser.parse(text), tree == found.tree, verifier.findings(in: tree).isEmpty else {
      return nil
    }
    self.tree = tree
    self.text = text
    digest = Digest(of: text)
    tokens = found.tokens
    logProbability = found.logProbability
  }
}
