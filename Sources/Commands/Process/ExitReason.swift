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

  /// Every code and what it means, as pages tell it (docs/reference/commands.md).
  public static let meanings: [(codes: String, meaning: String)] = [
    ("0", "yes: it was done, or the answer is yes"),
    ("1", "the answer is no: a verification or validation failed, or a planner abstained"),
    ("64", "the command line is not one, or names something that does not go together"),
    (
      "65",
      "data that exist are not what they should be: a corrupted dataset, checkpoint or ledger, an ill-formed plan or problem"
    ),
    ("66", "what was to be read is not there"),
    ("70", "an error inside codex, or a training run that is no longer finite"),
    ("73", "what was to be written cannot be created, or exists and is not replaced"),
    ("74", "input or output failed, also a full or closed standard output"),
    ("75", "somebody else holds the lock; try again"),
    ("78", "a configuration that cannot be believed"),
    ("129, 130, 143", "ended by SIGHUP, SIGINT, SIGTERM"),
  ]
}
