import Composition
import Schemas

extension Waiver {
  /// One failing clause that a waiver excuses, with the reason and the figure that its owner has seen.
  public struct Excuse: Sendable, Equatable {
    /// The clause's id.
    public let clause: String
    public let reason: GateReason
    /// The worst figure excused, in the metric's unit; nil where the clause has no figure.
    public let value: Double?

    init(reading read: inout ConfigReader) {
      let keys = read.keys()
      clause = read.string("clause")
      let word = GateReason(rawValue: read.string("reason"))
      if word?.isPassing ?? true {
        read.refuse("reason", allowed: "a word of docs/reference/gates.md with which a clause does not hold")
      }
      reason = word ?? .milestoneOpen
      // Null is an answer, no key is none.
      value = keys.contains("value") ? read.optionalFloat("value", in: -1e300...1e300) : read.float("value")
    }
  }

  static let example = "excuses: [{clause: trace_coverage, reason: below_threshold, value: 0.93}]"
  static let fewestWords = 5
  /// In characters.
  static let longestReason = 1000

  /// Throws unless every one of `failing` is excused, by clause and reason, and none is worse than excused.
  ///
  /// Figures are compared as verdicts print them, with a relative tolerance of 1e-6.
  ///
  /// - Returns: What was excused, for the verdict's message.
  func excusing(_ failing: [ClauseVerdict], page: String) throws(GateRefusal) -> String {
    var excused: [String] = []
    for verdict in failing { excused.append(try excusing(verdict, page: page)) }
    return excused.joined(separator: ", ")
  }

  private func excusing(_ verdict: ClauseVerdict, page: String) throws(GateRefusal) -> String {
    let needed = "{clause: \(verdict.clause), reason: \(verdict.reason), value: \(Self.text(verdict.value))}"
    let remedy = "Close it, or have \(owner) add \(needed)."
    guard let excuse = excuses.first(where: { $0.clause == verdict.clause }),
      excuse.reason.rawValue == verdict.reason
    else {
      let others = excuses.map { "\($0.clause) (\($0.reason.rawValue))" }.joined(separator: ", ")
      throw GateRefusal(
        .waiverExcusesOtherClause,
        "\(page) excuses \(others), not \(verdict.clause) (\(verdict.reason)), which fails too: \(verdict.message) "
          + remedy)
    }
    let clause = "\(excuse.clause) (\(excuse.reason.rawValue))"
    guard verdict.value != nil || excuse.value != nil else { return clause }
    guard let limit = excuse.value else {
      throw GateRefusal(
        .waiverWithoutFigure,
        "\(page) excuses \(clause) without the figure, which is \(GateText.number(verdict.value)). \(remedy)")
    }
    guard let value = verdict.value,
      let comparator = verdict.comparator.flatMap(MetricClause.Comparator.init(rawValue:)),
      Self.isNoWorse(value, than: limit, comparator)
    else {
      throw GateRefusal(
        .waiverFigureWorse,
        "\(page) excuses \(clause) at \(GateText.number(limit)), expected no worse, got "
          + "\(GateText.number(verdict.value)). \(remedy)")
    }
    return "\(clause) at \(GateText.number(value)) (as far as \(GateText.number(limit)))"
  }

  private static func isNoWorse(_ value: Double, than limit: Double, _ comparator: MetricClause.Comparator) -> Bool {
    let printed = (value * 1e6).rounded() / 1e6
    let slack = abs(limit) * 1e-6
    return switch comparator {
    case .atLeast: printed >= limit - slack
    case .atMost: printed <= limit + slack
    }
  }

  private static func text(_ value: Double?) -> String { value.map { GateText.number($0) } ?? "null" }

  // MARK: Answers

  private static let placeholders: Set<String> = [
    "owner", "team", "name", "yourname", "yourteam", "person", "someone", "somebody", "anyone", "anybody", "nobody",
    "noone", "none", "null", "unknown", "todo", "tbd", "tba", "tbc", "fixme", "na", "nn", "xx", "xxx", "me", "us", "we",
    "everyone", "everybody", "placeholder", "example", "test", "foo", "bar",
  ]

  /// Whether an owner's name is none: no letters, a word that stands for one, or a name in brackets.
  static func isPlaceholder(_ owner: String) -> Bool {
    let letters = owner.lowercased().filter(\.isLetter)
    return letters.count < 2 || placeholders.contains(letters) || owner.contains { "<>{}[]".contains($0) }
  }

  static func isSentence(_ reason: String) -> Bool {
    let text = reason.drop(while: \.isWhitespace)
    let words = text.split(whereSeparator: \.isWhitespace).count { $0.contains { $0.isLetter || $0.isNumber } }
    let last = text.last { !$0.isWhitespace }
    return words >= fewestWords && reason.count <= longestReason && last.map { ".!?".contains($0) } ?? false
  }
}
