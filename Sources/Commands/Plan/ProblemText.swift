import Plans
import Worlds

/// A problem as given on the command line: as a person writes it, or as the goal of a plan.
package enum ProblemText {
  /// Reads `text` in `world`, or in whichever world understands it.
  ///
  /// - Throws: `WorldError` of the world that read furthest, or `PlanError` for an ill-formed goal.
  package static func problem(_ text: String, world: WorldKind?) throws -> Problem {
    let worlds = world.map { [$0] } ?? WorldKind.allCases
    if looksLikeGoal(text) {
      let goal = try PlanParser.parse("goal \(text){terminal return();}").goal
      let named = worlds.filter { $0.world.signature.entry(.goal, goal.name) != nil }
      return try first(named.isEmpty ? worlds : named) { try $0.world.problem(stating: goal) }
    }
    return try first(worlds) { try $0.world.problem(parsing: text) }
  }

  /// `name(`: no problem of a world starts like a call.
  private static func looksLikeGoal(_ text: String) -> Bool {
    let name = text.prefix { $0.isASCII && ($0.isLetter || $0 == "_") }
    return !name.isEmpty && text.dropFirst(name.count).first == "("
  }

  private static func first(_ worlds: [WorldKind], _ read: (WorldKind) throws -> Problem) throws -> Problem {
    var furthest: WorldError?
    for world in worlds {
      do { return try read(world) } catch let error as WorldError {
        if furthest.map({ progress(error) > progress($0) }) ?? true { furthest = error }
      }
    }
    throw furthest ?? UsageError("there is no world to read the problem in")
  }

  /// How far a world got: an error about values means that the text was understood.
  private static func progress(_ error: WorldError) -> Int {
    switch error {
    case .unreadable(_, _, let column, _, _), .notAChain(_, let column): column
    case .tooLong, .wrongGoal: 0
    case .outOfLimits, .targetIsGiven: Int.max
    }
  }
}
