import Composition
import Plans
import Reasoner
import Runs
import Schemas
import Storage
import Tensors
import Worlds

/// A trained model with the settings it was trained for, ready to plan for any number of callers at once.
///
/// ```swift
/// let model = try PlanningModel(
///   weights: "artifacts/…/model", configuration: "artifacts/…", digest: manifest.configDigest, in: root, kernels: kernels)
/// let result = try model.planner().plan(PlanRequest(problem, seed: 0))
/// ```
public struct PlanningModel: Sendable {
  /// The model's own.
  public let vocabulary: PlanVocabulary
  /// How the solutions were written that it learned from.
  public let style: SolutionStyle
  /// How its own configuration searches.
  public let search: SearchConfig
  private let weights: InferenceWeights

  /// Loads a model folder and the configuration that belongs to it.
  ///
  /// - Parameters:
  ///   - folder: Holds weights, shape and tokenizer (`ModelFolder`).
  ///   - directory: Holds `config.yaml`.
  ///   - digest: Of the configuration, from a record that names it.
  ///   - kernels: Used by every caller's policy.
  /// - Throws: `StorageError.altered` if the configuration is another one; `ConfigError`, `ReasonerError`, `StorageError`.
  public init(
    weights folder: StoragePath, configuration directory: StoragePath, digest: Digest, in root: StorageRoot,
    kernels: any Kernels
  ) throws {
    let configuration = try ResolvedConfig(stored: directory, digest: digest, in: root)
    var read = ConfigReader(configuration, sections: [])
    let style: SolutionStyle = read.enumeration("dataset.style")
    try read.finish()
    let model = try ModelFolder.load(folder, in: root, vocabulary: .ofThisBuild())
    self.init(
      model.weights, vocabulary: model.vocabulary, style: style, search: try SearchConfig(configuration),
      kernels: kernels)
  }

  /// Weights with settings from elsewhere.
  package init(
    _ weights: Weights, vocabulary: PlanVocabulary = .ofThisBuild(), style: SolutionStyle, search: SearchConfig,
    kernels: any Kernels
  ) {
    self.weights = InferenceWeights(weights, kernels: kernels, pool: ThreadPool(threads: 1))
    self.style = style
    self.search = search
    self.vocabulary = vocabulary
  }

  /// Arithmetic of the weights, for identities.
  public var weightsFormat: String { "\(weights.format)" }

  /// Bytes that planning for `workers` callers at once takes at most beside the program: the weights, and for each caller a
  /// key-value cache with every page that a search can fill.
  public func servingByteCount(workers: Int) -> Int {
    let shape = weights.shape
    let tokens = ReasonerPolicy.pages(shape) * KeyValueCache.tokensPerPage
    let cache = 2 * shape.layers * tokens * shape.kvHeads * shape.headWidth
    return weights.byteCount + workers * MemoryLayout<Float>.size * cache
  }

  /// A planner for one caller after the other; its results depend on nothing but their requests.
  ///
  /// - Parameter config: How to search; as the model's own configuration says, if nil.
  public func planner(_ config: SearchConfig? = nil) -> Planner {
    Planner(config ?? search, style: style, vocabulary: vocabulary) { [weights] in
      ReasonerPolicy(weights)
    }
  }
}

extension PlanVocabulary {
  /// The tokens that this build knows, those of every world: what a new model is made with.
  public static func ofThisBuild() -> PlanVocabulary {
    PlanVocabulary(signatures: WorldKind.allCases.map { $0.world.signature })
  }
}
