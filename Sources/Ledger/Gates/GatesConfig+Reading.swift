import Composition
import Schemas
import Storage

extension GatesConfig {
  /// Reads the section `gates`. Every key must be there, `null` where nothing is meant, and no other.
  ///
  /// - Throws: `ConfigError`, all problems together; `IncompleteGatesFile` for one of an earlier version.
  public init(_ resolved: ResolvedConfig) throws {
    try resolved.requireSections(["gates"])
    if resolved.subtree("gates.milestones") != nil, resolved.subtree("gates.identity") == nil {
      throw IncompleteGatesFile(origin: resolved.origin(of: "gates.milestones"))
    }
    var read = ConfigReader(resolved, at: "gates")
    let defaults = read.nested("identity") { IdentityDemands.stated(in: &$0, Set($0.keys())) }
    milestones = read.each("milestones") { Self.milestone(&$0, defaults) }
    if milestones.isEmpty { read.refuse("milestones", allowed: "at least one milestone") }
    for (index, milestone) in milestones.enumerated() where milestone.id != "M\(index)" {
      read.refuse("milestones.\(index).id", allowed: "M\(index): milestones are numbered in order")
    }
    digest = resolved.digest
    try read.finish()
  }

  private static func milestone(
    _ read: inout ConfigReader, _ defaults: [IdentityField: IdentityDemand]
  ) -> Milestone {
    let keys = Set(read.keys())
    let milestone = Milestone(
      id: read.string("id"), title: read.string("title"), clauses: read.each("clauses") { clause(&$0, defaults) },
      cadence: read.each("cadence") { cadence(&$0) }, waiver: read.statusPage("waiver", keys))
    let ids = milestone.clauses.map(\.id) + milestone.cadence.map(\.id)
    if ids.isEmpty {
      read.refuse("clauses", allowed: "at least one clause: a milestone that demands nothing is no gate")
    }
    if Set(ids).count != ids.count { read.refuse("clauses", allowed: "clauses with different ids") }
    return milestone
  }

  private static func clause(
    _ read: inout ConfigReader, _ defaults: [IdentityField: IdentityDemand]
  ) -> MetricClause {
    let keys = Set(read.keys())
    let metric: MetricName = read.enumeration("metric")
    let clause = MetricClause(
      id: read.string("id"), metric: metric,
      identity: IdentityDemands(IdentityDemands.stated(in: &read, keys), defaults: defaults, &read),
      group: read.string("group"), comparator: read.enumeration("comparator"),
      threshold: read.float("threshold", in: metric.range), side: read.enumeration("side"),
      minimumCount: read.int("min_n", in: 1...1_000_000), maximumAgeDays: read.int("max_age_days", in: 1...3650),
      counts: read.enumeration("counts"), declared: read.enumeration("declared"),
      reference: read.requireOrNull("reference", keys) { read in
        MetricClause.ReferenceRule(
          differsOnlyIn: read.strings("differs_only_in"), seeds: read.ints("seeds", in: 0...Int.max).map(UInt64.init))
      })
    check(clause, &read)
    return clause
  }

  /// Reports what does not go together.
  private static func check(_ clause: MetricClause, _ read: inout ConfigReader) {
    let metric = clause.metric
    let honestSides: [MetricClause.Side] = clause.comparator == .atLeast ? [.value, .lower] : [.value, .upper]
    if !honestSides.contains(clause.side) {
      let sides = honestSides.map(\.rawValue).joined(separator: " or ")
      read.refuse("side", allowed: "\(sides): the other end of the interval would flatter the run")
    }
    if clause.side != .value, !metric.hasInterval {
      read.refuse("side", allowed: "value: \(metric.rawValue) has no interval")
    }
    if metric.isPaired != (clause.reference != nil) {
      read.refuse(
        "reference",
        allowed: metric.isPaired ? "{differs_only_in: […], seeds: […]}" : "null: this metric is not paired")
    }
    guard let reference = clause.reference else { return }
    if reference.differsOnlyIn.isEmpty { read.refuse("reference.differs_only_in", allowed: "at least one key") }
    if reference.seeds.isEmpty || Set(reference.seeds).count != reference.seeds.count {
      read.refuse("reference.seeds", allowed: "one seed or more, none twice")
    }
  }

  private static func cadence(_ read: inout ConfigReader) -> CadenceClause {
    let config = read.string("pod_config")
    if PinnedName(config) == nil, config != IdentityDemand.anyWord {
      read.refuse("pod_config", allowed: "<config>@sha256:…; or any")
    }
    return CadenceClause(
      id: read.string("id"), pod: read.string("pod"), podConfig: PinnedName(config),
      weeks: read.int("weeks", in: 1...52),
      notes: read.path("notes", below: "docs/deployment"))
  }
}

extension ConfigReader {
  /// The value of a key that must be there but may be `null`.
  ///
  /// - Parameter keys: Those of the mapping being read.
  fileprivate mutating func requireOrNull<Element>(
    _ path: String, _ keys: Set<String>, _ body: (inout ConfigReader) -> Element
  ) -> Element? {
    if has(path) || !keys.contains(path) { return nested(path, body) }
    leave(path)
    return nil
  }

  /// The path of a page directly in `directory`.
  fileprivate mutating func path(_ path: String, below directory: StoragePath) -> StoragePath {
    let text = string(path)
    if let page = try? StoragePath(parsing: text), page.parent == directory, text.hasSuffix(".md") { return page }
    refuse(path, allowed: "\(directory)/<page>.md")
    return directory
  }

  fileprivate mutating func statusPage(_ path: String, _ keys: Set<String>) -> StoragePath? {
    guard has(path) || !keys.contains(path) else {
      leave(path)
      return nil
    }
    return self.path(path, below: MilestonePages.directory)
  }
}
