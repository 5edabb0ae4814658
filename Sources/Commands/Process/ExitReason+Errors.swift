import ArgumentParser
import Bundles
import Composition
import Datasets
import Deployment
import Evaluation
import Glibc
import Ledger
import Plans
import Reasoner
import Registry
import Runs
import Schemas
import Search
import Serving
import Storage
import Tensors
import Training
import Worlds

extension ExitReason {
  /// The status for an error of codex; nil for those of the argument parser, which words them itself.
  ///
  /// One switch, so that the exit code of every failure is decided in one place.
  package init?(for error: any Error) {
    switch error {
    case is OutputError: self = .inputOutput
    case let error as StorageError: self.init(error.kind)
    case let error as SigningError: self.init(error)
    case is ConfigError, is NothingReads: self = .configuration
    case is NameError, is UsageError, is CommandLineMistake: self = .usage
    case let error as RunError: self.init(error)
    case DatasetsError.missing: self = .noInput
    case is PlanError, is PlanSyntaxError, is WorldError, is DatasetsError, is SearchError: self = .badData
    case is TensorsError: self = .configuration
    case let error as TrainingError: self.init(error)
    case let error as EvaluationError: self.init(error)
    case let error as ReasonerError: self.init(error)
    case let error as LedgerError: self.init(error)
    case let error as GateFailure: self.init(for: error.cause)
    case is UnknownMilestone: self = .usage
    case is UnexpectedGatesConfig, is IncompleteGatesFile: self = .configuration
    case let error as DeclarationError: self.init(error)
    case let error as UnrecordedFinish: self.init(for: error.cause)
    case let error as BundleError: self.init(error)
    case let error as RegistryError: self.init(error)
    case is DeploymentError, is MissingLedger: self = .noInput
    case let error as RolloutError: self.init(error)
    case let error as ServingError: self.init(error)
    case is CancellationError: self = .interrupted(signal: Interruption.signal ?? SIGINT)
    case is ExitCode, is CleanExit, is ValidationError: return nil
    default:
      // Parsing failures are of types that the argument parser keeps to itself.
      if CodexCommand.exitCode(for: error) != .failure { return nil }
      self = .internalError
    }
  }

  private init(_ kind: StorageError.Kind) {
    self =
      switch kind {
      case .badData: .badData
      case .noInput: .noInput
      case .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      case .locked: .locked
      }
  }
}

extension ExitReason {
  private init(_ error: SigningError) {
    self =
      switch error {
      case .badKey: .badData
      case .exposedKey: .configuration
      }
  }

  private init(_ error: RunError) {
    self =
      switch error {
      case .missing, .noCheckpoint: .noInput
      case .ambiguous: .usage
      case .mismatch, .tooMany: .badData
      }
  }

  private init(_ error: TrainingError) {
    self =
      switch error {
      case .notFinite: .internalError
      case .emptyPhase, .resumeMismatch, .scheduleTooLong, .planTooLong, .datasetMismatch: .configuration
      case .runExists: .cannotCreate
      case .noSuchRun: .noInput
      case .badCheckpoint, .badOrigin: .badData
      case .cancelled: .interrupted(signal: Interruption.signal ?? SIGINT)
      }
  }

  private init(_ error: EvaluationError) {
    self =
      switch error {
      case .noProblems, .noDataset, .nothingToCompare: .noInput
      case .interrupted: .interrupted(signal: Interruption.signal ?? SIGINT)
      case .otherDataset, .differentProblems: .badData
      }
  }

  private init(_ error: BundleError) {
    self =
      switch error {
      case .missing, .unfinished: .noInput
      case .damaged: .badData
      }
  }

  private init(_ error: RegistryError) {
    self =
      switch error {
      case .unknownTag, .unknownBundle, .unknownShortDigest: .noInput
      case .ambiguousDigest: .usage
      case .tagMoved: .locked
      }
  }

  private init(_ error: RolloutError) {
    self =
      switch error {
      case .notRendered: .noInput
      case .notReportedInTime, .beforeItsRendering: .usage
      }
  }

  private init(_ error: ServingError) {
    self =
      switch error {
      case .keyRequired: .usage
      case .badKey: .badData
      case .cannotListen: .inputOutput
      }
  }

  private init(_ error: LedgerError) {
    self =
      switch error {
      case .notMeasured: .noInput
      case .notPaired, .headLost, .nothingInCommon: .badData
      case .contradictory: .no
      case .unsuitable: .usage
      }
  }

  private init(_ error: DeclarationError) {
    self =
      switch error {
      case .noFigures, .templateNotNamed, .templateNotAsked, .seedNotAsked: .usage
      case .otherTemplate: .configuration
      }
  }

  private init(_ error: ReasonerError) {
    self =
      switch error {
      case .invalidShape, .sequenceTooLong, .cacheExhausted, .tooManySequences: .configuration
      case .badModelFile, .unsupportedModel, .badTensor, .unknownToken, .noDistribution: .badData
      case .unsuitableType: .usage
      }
  }
}

/// The command line asks for something that does not exist or does not go together.
package struct UsageError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
