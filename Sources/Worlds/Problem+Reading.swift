import Plans

extension Problem {
  /// Reads a problem as it comes from outside: as a person writes it, or as the goal of a plan.
  ///
  /// ```swift
  /// try Problem(reading: "(37 + 45) * 6 - 12")
  /// try Problem(reading: "evaluate(37,add,45,mul,6,sub,12)")
  /// ```
  ///
  /// - Parameter world: The world to read it in; whichever understands it, if nil.
  /// - Throws: `WorldError` of the world that read furthest, or `PlanError` for an ill-formed goal.
  public init(reading text: String, in world: WorldKind? = nil) throws {
    let worlds = world.map { [$0] } ?? WorldKind.allCases
    guard Self.looksLikeGoal(text) else {
      self = try Self.first(of: worlds) { try $0.world.problem(parsing: text) }
      return
    }
    let goal = try PlanParser.parse("goal \(text){terminal return();}").goal
    let named = worlds.filter { $0.world.signature.entry(.goal, goal.name) != nil }
    self = try Self.first(of: named.isEmpty ? worlds : named) { try $0.world.problem(stating: goal) }
  }

  /// `name(`: no problem of a world starts like a call.
  private static func looksLikeGoal(_ text: String) -> Bool {
    let name = text.prefix { $0.isASCII && ($0.isLetter || $0 == "_") }
    return !name.isEmpty && text.dropFirst(name.count).first == "("
  }

  /// The first problem that `read` makes of one of `worlds`, of which there is at least one.
  private static func first(of worlds: [WorldKind], _ read: (WorldKind) throws -> Problem) throws -> Problem {
    var refusals: [WorldError] = []
    for world in worlds {
      do { return try read(world) } catch let error as WorldError { refusals.append(error) }
    }
    throw refusals.dropFirst().reduce(refusals[0]) { $1.progress > $0.progress ? $1 : $0 }
  }
}

extension WorldError {
  /// How far a world got: an error about values means that the text was understood.
  fileprivate var progress: Int {
    switch self {
    case .unreadable(_, _, let column, _, _), .notAChain(_, let column): column
    case .tooLong, .wrongGoal: 0
    case .outOfLimits, .targetIsGiven: Int.max
    }
  }
}
