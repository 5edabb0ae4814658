import Composition
import Schemas
import Storage

extension MetricClause {
  /// The clause in full, defaults included, as its configuration would state it.
  public var node: ConfigNode {
    func text(_ text: String) -> ConfigNode {
      ConfigNode(UInt64(text).flatMap { Int(exactly: $0) }.map { .int($0) } ?? .string(text), origin: .implied)
    }
    func list(_ texts: [String]) -> ConfigNode { ConfigNode(.list(texts.map(text)), origin: .implied) }
    func demand(_ demand: IdentityDemand) -> ConfigNode {
      switch demand {
      case .values(let texts): texts.count == 1 ? text(texts[0]) : list(texts)
      case .within(let keys): list(keys)
      case .ofRun, .any: text(demand.text)
      }
    }
    var entries: [(String, ConfigNode)] = [("id", text(id)), ("metric", text(metric.rawValue))]
    entries += IdentityField.allCases.map { ($0.rawValue, demand(identity[$0])) }
    entries += [
      ("group", text(group)), ("comparator", text(comparator.rawValue)),
      ("threshold", ConfigNode(.float(threshold), origin: .implied)), ("side", text(side.rawValue)),
      ("min_n", text(String(minimumCount))), ("max_age_days", text(String(maximumAgeDays))),
      ("counts", text(counts.rawValue)), ("declared", text(declared.rawValue)),
      ("reference", reference.map(Self.node(of:)) ?? ConfigNode(.null, origin: .implied)),
    ]
    return ConfigNode(.mapping(inOrder: entries), origin: .implied)
  }

  private static func node(of rule: ReferenceRule) -> ConfigNode {
    let keys = rule.differsOnlyIn.map { ConfigNode(.string($0), origin: .implied) }
    let seeds = rule.seeds.map { ConfigNode(.int(Int($0)), origin: .implied) }
    return ConfigNode(
      .mapping(inOrder: [
        ("differs_only_in", ConfigNode(.list(keys), origin: .implied)),
        ("seeds", ConfigNode(.list(seeds), origin: .implied)),
      ]), origin: .implied)
  }

  /// Digest of the clause in full: what an intention names, wherever its settings stand.
  public var digest: Digest {
    // Every value of a clause is a text, an integer or a finite number: canonical JSON can say it.
    guard let bytes = try? CanonicalJSON.write(node.json) else { preconditionFailure("a clause has a canonical form") }
    return Digest(of: bytes)
  }
}
