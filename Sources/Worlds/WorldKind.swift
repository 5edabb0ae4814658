/// The worlds there are. A closed list: each has a folder of the same shape.
public enum WorldKind: String, CaseIterable, Codable, Hashable, Sendable {
  case arithmetic, countdown

  /// The world as inference may use it.
  public var world: any World {
    switch self {
    case .arithmetic: ArithmeticWorld()
    case .countdown: CountdownWorld()
    }
  }

  /// Generator and exact solver: for data, labels and baselines, never for inference.
  public var teacher: any Teacher {
    switch self {
    case .arithmetic: ArithmeticTeacher()
    case .countdown: CountdownTeacher()
    }
  }
}
