/// What a process of codex tells its caller (sysexits.h, and 128 + signal): docs/reference/commands.md.
public enum ExitReason: Equatable, Sendable {
  case yes
  /// The question was evaluated and the answer is no: a verification or validation failed.
  case no
  case usage
  case badData
  case noInput
  case internalError
  case cannotCreate
  /// Also a full or closed standard output.
  case inputOutput
  /// Somebody else holds the lock: try again.
  case locked
  case configuration
  case interrupted(signal: Int32)

  public var code: Int32 {
    switch self {
    case .yes: 0
    case .no: 1
    case .usage: 64
    case .badData: 65
    case .noInput: 66
    case .internalError: 70
    case .cannotCreate: 73
    case .inputOutput: 74
    case .locked: 75
    case .configuration: 78
    case .interrupted(let signal): 128 + signal
    }
  }
}
