import Composition
import Datasets
import Plans
import Schemas
import Storage
import Tensors

/// Everything that a training run depends on; the module reads no clock, environment or argument by itself.
public struct TrainingRequest: Sendable {
  public let workspace: StorageRoot
  public let template: String
  public let resolved: ResolvedConfig
  public let dataset: Dataset
  /// Directory of the dataset, relative to the workspace.
  public let datasetPath: StoragePath
  public let vocabulary: PlanVocabulary
  public let kernels: any Kernels
  /// Names what the arithmetic depends on (kernels, BLAS, core type): a resume under another one is refused.
  public let numericsFingerprint: String
  public let pool: ThreadPool
  public let codexVersion: String
  /// Goes on with this run, whatever the resume strategy says.
  public let resuming: RunID?
  /// The intention that a new run is begun under; a run that goes on from a checkpoint keeps its own.
  public let intention: String?
  /// Seconds since 1970-01-01 UTC.
  public let now: @Sendable () -> Double
  /// Seconds on a clock that never goes back.
  public let monotonic: @Sendable () -> Double
  /// The most memory that this process held at once, in bytes; `nil` where the system does not say.
  public let peakMemory: @Sendable () -> Int64?

  public init(
    workspace: StorageRoot, template: String, resolved: ResolvedConfig, dataset: Dataset, datasetPath: StoragePath,
    vocabulary: PlanVocabulary, kernels: any Kernels, numericsFingerprint: String, pool: ThreadPool,
    codexVersion: String, resuming: RunID? = nil, intention: String? = nil, now: @escaping @Sendable () -> Double,
    monotonic: @escaping @Sendable () -> Double, peakMemory: @escaping @Sendable () -> Int64? = { nil }
  ) {
    self.workspace = workspace
    self.template = template
    self.resolved = resolved
    self.dataset = dataset
    self.datasetPath = datasetPath
    self.vocabulary = vocabulary
    self.kernels = kernels
    self.numericsFingerprint = numericsFingerprint
    self.pool = pool
    self.codexVersion = codexVersion
    self.resuming = resuming
    self.intention = intention
    self.now = now
    self.monotonic = monotonic
    self.peakMemory = peakMemory
  }

  /// The name that a new run gets: equal configurations name equal runs.
  public var runID: RunID { Self.runID(template: template, resolved) }

  /// The name that a new run of a template with that configuration gets.
  public static func runID(template: String, _ resolved: ResolvedConfig) -> RunID {
    RunID(checked: "\(template)-\(resolved.digest.hexadecimal.prefix(12))")
  }
}
