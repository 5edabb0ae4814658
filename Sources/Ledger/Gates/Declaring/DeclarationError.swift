/// Why nothing can be declared of a milestone.
public enum DeclarationError: Error, Equatable, Sendable {
  /// It asks for no figure.
  case noFigures(milestone: String)
  /// A clause names no template, or several.
  case templateNotNamed(milestone: String, clause: String, asked: [String])
  /// No clause asks for runs of that template.
  case templateNotAsked(milestone: String, template: String, asked: [String])
  /// The template that the clause names is another one in this workspace.
  case otherTemplate(clause: String, asked: String, here: String)
  /// The clause pairs runs of other seeds.
  case seedNotAsked(clause: String, seed: UInt64, asked: [UInt64])
}

extension DeclarationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noFigures(let milestone):
      "\(milestone) asks for no figure, so there is nothing to declare. Name a milestone with clauses."
    case .templateNotNamed(let milestone, let clause, let asked):
      "\(milestone) \(clause) asks for runs of \(Self.oneOf(asked)); expected one. Name it with '--template'."
    case .templateNotAsked(let milestone, let template, let asked):
      "\(milestone) asks for no run of '\(Self.shown(template))', but of \(Self.oneOf(asked)). Name one of those."
    case .otherTemplate(let clause, let asked, let here):
      "\(clause) asks for runs of \(asked), this workspace's template is \(here): no run of it would be evidence. "
        + "Restore the template, or pin it with 'codex gate pin'."
    case .seedNotAsked(let clause, let seed, let asked):
      "\(clause) asks for no run with seed \(seed), but with \(MetricClause.list(asked)). Name some of those."
    }
  }

  private static func oneOf(_ names: [String]) -> String {
    names.isEmpty ? "any template" : names.joined(separator: " or ")
  }

  private static func shown(_ text: String) -> String {
    text.unicodeScalars.prefix(40).map { $0.escaped(asASCII: true) }.joined()
  }
}
