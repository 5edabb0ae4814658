import Composition
import Glibc
import Runs
import Storage

/// Nothing could be judged: neither a yes nor a no. The exit code is that of `cause`.
public struct GateFailure: Error {
  public let reason: GateReason
  public let cause: any Error

  public init(_ reason: GateReason, _ cause: any Error) {
    self.reason = reason
    self.cause = cause
  }

  /// What reading the ledger threw.
  public init(readingLedger error: any Error) {
    self.init((error as? StorageError).map(Self.reason(ofLedger:)) ?? .unreadableLedger, error)
  }

  /// What reading the run threw.
  public init(readingRun error: any Error) {
    switch error {
    case RunError.noCheckpoint: self.init(.noWeights, error)
    case StorageError.system(_, _, ENOENT): self.init(.noRun, error)
    case StorageError.altered: self.init(.alteredRun, error)
    default: self.init(.unreadableRun, error)
    }
  }

  /// What composing or reading the gates' configuration threw.
  public init(readingConfig error: any Error) {
    let reason: GateReason? =
      switch error {
      case is UnexpectedGatesConfig: .unexpectedConfig
      case is IncompleteGatesFile: .configMissingValue
      case let error as ConfigError: Self.reason(ofConfig: error)
      default: nil
      }
    self.init(reason ?? .unreadableConfig, error)
  }

  private static func reason(ofLedger error: StorageError) -> GateReason {
    switch error {
    case .system(_, _, ENOENT): .noLedger
    case .wrongKind: .ledgerIsNoFile
    case .malformed(_, _, _, _, _, let fault): reason(ofLine: fault)
    case .mismatch(_, _, _, _, _, let fault): reason(ofField: fault)
    default: .unreadableLedger
    }
  }

  private static func reason(ofLine fault: StorageFault.Form) -> GateReason {
    switch fault {
    case .syntax: .malformedLine
    case .tornTail: .tornTail
    case .oversizedLine: .oversizedLine
    case .duplicateKey: .duplicateKey
    case .numberRange: .unacceptableNumber
    case .notCanonical: .otherSpelling
    case .envelope: .wrongEnvelope
    case .alteredLine: .alteredLine
    case .brokenChain: .brokenChain
    }
  }

  private static func reason(ofField fault: StorageFault.Field) -> GateReason {
    switch fault {
    case .value: .wrongType
    case .missing: .missingField
    case .unknown: .unknownField
    case .schema: .unknownSchema
    }
  }

  private static func reason(ofConfig error: ConfigError) -> GateReason {
    switch error {
    case .problems(let problems):
      // A misspelt key is also a missing one: the spelling is the cause.
      problems.map(reason(ofConfig:)).first { $0 == .configUnknownKey } ?? problems.first.map(reason(ofConfig:))
        ?? .unreadableConfig
    case .absentValue, .mandatoryValue: .configMissingValue
    case .unreadKey, .unknownKey: .configUnknownKey
    case .outOfRange: .configOutOfRange
    case .wrongKind: .configWrongKind
    case .duplicateKey: .configDuplicateKey
    case .primaryConfigNotFound: .noConfig
    default: .unreadableConfig
    }
  }
}

extension GateFailure: CustomStringConvertible {
  public var description: String { "\(reason.rawValue): \(message)" }

  /// What went wrong and what to do.
  public var message: String {
    reason == .noLedger ? "\(cause) Measure first, with 'codex evaluate'." : "\(cause)"
  }
}
