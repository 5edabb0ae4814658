import Plans
import Schemas
import Search
import Worlds

/// The model that is asked, and where it came from.
public struct EvaluationSubject: Sendable {
  public let runID: String
  public let template: String
  public let runConfigDigest: Digest
  public let weightsDigest: Digest
  /// Arithmetic of the weights, e.g. `float32`.
  public let weightsFormat: String
  /// How its plans are written.
  public let style: SolutionStyle
  public let vocabulary: PlanVocabulary
  /// Called once per problem and mode, on any thread.
  public let makePolicy: @Sendable () -> any PlanPolicy

  public init(
    runID: String, template: String, runConfigDigest: Digest, weightsDigest: Digest,
    weightsFormat: String = "float32", style: SolutionStyle, vocabulary: PlanVocabulary,
    makePolicy: @escaping @Sendable () -> any PlanPolicy
  ) {
    self.runID = runID
    self.template = template
    self.runConfigDigest = runConfigDigest
    self.weightsDigest = weightsDigest
    self.weightsFormat = weightsFormat
    self.style = style
    self.vocabulary = vocabulary
    self.makePolicy = makePolicy
  }
}
