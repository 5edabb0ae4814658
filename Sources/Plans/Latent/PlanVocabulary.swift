/// The latent tokens of plans and their ids: what a model sees and emits.
///
/// Ids depend on the signatures and their order alone:
/// `<pad>`, `<bos>`, the structural tokens `{ } else -> ,`, the digits `0`…`9`, `-`,
/// the heads (`goal:reach`) by node type and then first appearance, the symbols by first appearance.
public struct PlanVocabulary: Hashable, Sendable {
  /// The text of each token, by id.
  public let pieces: [String]
  private let ids: [String: PlanToken]
  private let meanings: [Meaning]

  /// What a token stands for.
  package enum Meaning: Hashable, Sendable {
    case padding, start, open, close, otherwise, arrow, comma
    case digit(Int)
    case minus
    case head(PlanHead)
    case symbol(String)
  }

  /// Fills rows of a batch; never part of a plan.
  public static let padding = PlanToken(rawValue: 0)
  /// Begins every stream.
  public static let start = PlanToken(rawValue: 1)
  package static let open = PlanToken(rawValue: 2)
  package static let close = PlanToken(rawValue: 3)
  package static let otherwise = PlanToken(rawValue: 4)
  package static let arrow = PlanToken(rawValue: 5)
  package static let comma = PlanToken(rawValue: 6)
  package static let minus = PlanToken(rawValue: 17)

  /// The token of a decimal digit. Traps unless `value` is 0…9.
  package static func digit(_ value: Int) -> PlanToken {
    precondition((0...9).contains(value))
    return PlanToken(rawValue: UInt16(7 + value))
  }

  /// The vocabulary of all `signatures` together; names they share are one token.
  ///
  /// Traps if a name breaks the grammar of names, a symbol is called `else`, or there are more than
  /// `TokenSet.capacity` tokens: signatures are the product's own, not outside data.
  public init(signatures: [PlanSignature]) {
    var meanings: [Meaning] = [.padding, .start, .open, .close, .otherwise, .arrow, .comma]
    meanings += (0...9).map(Meaning.digit) + [.minus]
    var seen = Set(meanings)
    for kind in PlanNodeKind.allCases {
      for entry in signatures.flatMap(\.entries) where entry.kind == kind {
        precondition(PlanLexer.isName(entry.name), "'\(entry.name)' is no name")
        let meaning = Meaning.head(PlanHead(kind, entry.name))
        if seen.insert(meaning).inserted { meanings.append(meaning) }
      }
    }
    for symbol in signatures.flatMap(\.symbols) {
      precondition(PlanLexer.isName(symbol) && symbol != "else", "'\(symbol)' cannot be a symbol")
      if seen.insert(.symbol(symbol)).inserted { meanings.append(.symbol(symbol)) }
    }
    precondition(meanings.count <= TokenSet.capacity, "\(meanings.count) tokens exceed \(TokenSet.capacity)")
    self.init(meanings)
  }

  /// The vocabulary that a model was stored with: its tokens by id, each of which is one of `known`.
  ///
  /// A model keeps its ids for ever; a build that knows more tokens speaks each model's own vocabulary.
  ///
  /// - Returns: Nil if a piece is unknown or comes twice, or unless the first ones are those that every vocabulary has.
  public init?(pieces: [String], among known: PlanVocabulary) {
    let meanings = pieces.compactMap { known.token(for: $0).flatMap(known.meaning(of:)) }
    guard meanings.count == pieces.count, Set(pieces).count == pieces.count, pieces.count <= TokenSet.capacity,
      pieces.starts(with: known.pieces.prefix(Self.fixedCount))
    else { return nil }
    self.init(meanings)
  }

  /// Tokens that every vocabulary has, under the same ids: padding, start, structure, digits and the minus sign.
  package static let fixedCount = 18

  private init(_ meanings: [Meaning]) {
    self.meanings = meanings
    pieces = meanings.map(\.piece)
    ids = Dictionary(
      uniqueKeysWithValues: pieces.enumerated().map { ($1, PlanToken(rawValue: UInt16($0))) })
  }

  /// The number of tokens: the height of an embedding table.
  public var count: Int { pieces.count }

  /// The token whose piece is `text`, or `nil`.
  public func token(for text: String) -> PlanToken? { ids[text] }

  /// The token of a node head, or `nil`.
  public func token(for head: PlanHead) -> PlanToken? { ids[head.description] }

  /// The piece of `token`, `<unknown>` for an id out of range.
  public func text(of token: PlanToken) -> String { token.index < count ? pieces[token.index] : "<unknown>" }

  /// The pieces of a stream separated by spaces: for logs and tests.
  public func text(of tokens: some Sequence<PlanToken>) -> String {
    tokens.map { text(of: $0) }.joined(separator: " ")
  }

  /// What `token` stands for, or `nil` for an id out of range.
  package func meaning(of token: PlanToken) -> Meaning? { token.index < count ? meanings[token.index] : nil }

  /// Whether `token` stands between steps, so that a number before it has ended: a head, `}` or `else`.
  package func isBoundary(_ token: PlanToken) -> Bool {
    switch meaning(of: token) {
    case .head, .close, .otherwise: true
    default: false
    }
  }
}

extension PlanVocabulary.Meaning {
  fileprivate var piece: String {
    switch self {
    case .padding: "<pad>"
    case .start: "<bos>"
    case .open: "{"
    case .close: "}"
    case .otherwise: "else"
    case .arrow: "->"
    case .comma: ","
    case .digit(let value): String(value)
    case .minus: "-"
    case .head(let head): head.description
    case .symbol(let name): name
    }
  }
}
