import ArgumentParser
import Composition
import Datasets
import Plans
import Schemas
import Storage
import Tensors
import Worlds

extension ExitStatus {
  /// The status for an error of codex; nil for those of the argument parser, which words them itself.
  ///
  /// One switch, so that the exit code of every failure is decided in one place.
  init?(for error: any Error) {
    switch error {
    case is OutputError: self = .inputOutput
    case let error as StorageError: self.init(error.kind)
    case is ConfigError: self = .configuration
    case is NameError, is UsageError: self = .usage
    case is MissingRun: self = .noInput
    case is PlanError, is PlanSyntaxError, is WorldError, is DatasetsError: self = .badData
    case is TensorsError: self = .configuration
    case is CancellationError: self = .interrupted(signal: Interruption.signal ?? 2)
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

/// The command line asks for something that does not exist or does not go together.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// What is said about an error.
enum ErrorText {
  /// Its own description; an error that has none is a fault of codex.
  static func sentence(for error: any Error) -> String {
    if let status = ExitStatus(for: error), status != .internalError { return "\(error)" }
    return "internal error: \(error). Please report it together with the command line."
  }
}
