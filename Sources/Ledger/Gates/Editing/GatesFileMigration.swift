import Composition
import Schemas
import Storage

extension GatesFileEdit {
  /// A gates file with everything that this version asks for: one of version 0.1.0, or one that lacks single keys. A file
  /// that has it all stays as it is.
  ///
  /// What the old file said of a clause stays. What it left open becomes what the built-in milestones ask. Comments of the
  /// old file are not kept.
  ///
  /// - Parameter standard: The built-in gates file.
  /// - Throws: `ConfigError` for what is no YAML.
  public static func migrating(
    _ bytes: [UInt8], file: String, standard: [UInt8], present: PresentDigests
  ) throws -> GatesFileEdit {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let old = try YAMLReader.read(bytes, file: file)[path: "gates"],
      let standard = try YAMLReader.read(standard, file: "built-in")[path: "gates.identity"]
    else { return GatesFileEdit(before: text, after: text, notes: []) }
    let isOld = old[path: "identity"] == nil
    let gates = Migration(isOld: isOld).gates(old, standard: standard)
    guard YAMLPrinter.print(gates) != YAMLPrinter.print(old) else {
      return GatesFileEdit(before: text, after: text, notes: [])
    }
    let written =
      "# @package _global_\n# Completed by 'codex gate migrate' (docs/reference/gates.md).\n"
      + YAMLPrinter.print(mapping([("gates", gates)]))
    // What somebody pinned stays as it is; an old file pinned nothing.
    let pinned = try pinning(Array(written.utf8), file: file, to: present, only: isOld ? nil : unknown)
    return GatesFileEdit(before: text, after: pinned.after, notes: pinned.notes)
  }

  /// Of a key that comes twice, what the old file says.
  private static func mapping(_ entries: [(String, ConfigNode)]) -> ConfigNode {
    var keys: Set<String> = []
    return ConfigNode(.mapping(inOrder: entries.filter { keys.insert($0.0).inserted }), origin: .implied)
  }

  private static func list(_ elements: [ConfigNode]) -> ConfigNode { ConfigNode(.list(elements), origin: .implied) }

  private static func text(_ text: String) -> ConfigNode { ConfigNode(.string(text), origin: .implied) }

  /// Stands for a digest that is pinned afterwards.
  private static let unknown = Digest(of: "")

  private struct Migration {
    /// True for a file of version 0.1.0, whose clauses have other keys.
    let isOld: Bool

    func gates(_ node: ConfigNode, standard: ConfigNode) -> ConfigNode {
      let clauses = elements(node[path: "milestones"]).flatMap { elements($0[path: "clauses"]) }
      let stated = node[path: "identity"]?.entries ?? [:]
      // A default that every clause states itself need not be there.
      let missing = (standard.entries ?? [:]).filter { field, _ in
        stated[field] == nil && clauses.contains { isOld || $0.entries?[field] == nil }
      }
      var identity = mapping(stated.map { ($0.key, $0.value) } + missing.map { ($0.key, $0.value) })
      // Other templates train on other data.
      if missing["trained_on"] != nil, let own = stated["template"].map(elements),
        own.compactMap(Self.string) != elements(standard[path: "template"]).compactMap(Self.string)
      {
        identity = mapping([("trained_on", Self.data(of: own))] + (identity.entries ?? [:]).map { ($0, $1) })
      }
      let others = (node.entries ?? [:]).map { key, value in
        switch key {
        case "identity": (key, identity)
        case "milestones": (key, list(elements(value).map(milestone)))
        default: (key, value)
        }
      }
      return mapping((isOld ? [("identity", identity)] : []) + others)
    }

    private func milestone(_ node: ConfigNode) -> ConfigNode {
      mapping(
        (node.entries ?? [:]).map { key, value in
          switch key {
          case "clauses": (key, list(elements(value).map { completed(isOld ? Self.clause($0) : $0) }))
          case "cadence": (key, list(elements(value).map(Self.cadence)))
          default: (key, value)
          }
        })
    }

    /// A clause that says which measurement counts, whether it was declared, and what a paired one is compared with.
    private func completed(_ node: ConfigNode) -> ConfigNode {
      let entries = node.entries ?? [:]
      let metric = MetricName(rawValue: Self.string(entries["metric"]) ?? "")
      return mapping(
        entries.map { key, value in (key, key == "reference" ? Self.reference(value) : value) } + [
          ("counts", text(metric?.isShadow == true ? "newest" : "first")),
          ("declared", text(metric?.isPaired == true ? "required" : "optional")),
          ("reference", Self.reference(nil)),
        ])
    }

    /// A pod whose configuration is pinned.
    private static func cadence(_ node: ConfigNode) -> ConfigNode {
      mapping((node.entries ?? [:]).map { ($0.key, $0.value) } + [("pod_config", text("reasoning_pod@\(unknown)"))])
    }

    private static func clause(_ node: ConfigNode) -> ConfigNode {
      let old = node.entries ?? [:]
      let metric = MetricName(rawValue: string(old["metric"]) ?? "")
      var entries: [(String, ConfigNode)] = []
      for (key, value) in old {
        switch key {
        case "templates":
          entries.append(("template", list(elements(value).compactMap(string).map { text("\($0)@\(unknown)") })))
          entries.append(("trained_on", data(of: elements(value))))
        case "dataset": entries += dataset(value)
        case "mode":
          entries.append((key, value))
          // Greedy is one pass and one repair, bounded by tokens.
          if string(value) == "greedy" { entries.append(("budget", ConfigNode(.int(320), origin: .implied))) }
        default: entries.append((key, value))
        }
      }
      if metric?.isShadow == true {
        entries += [("evaluation", text("reasoning_pod@\(unknown)")), ("split", text("validation"))]
      }
      return mapping(entries)
    }

    /// A dataset for each template, to be pinned.
    private static func data(of templates: [ConfigNode]) -> ConfigNode {
      list(templates.compactMap(string).map { text("\(PinnedName.name(in: $0))@\(unknown)") })
    }

    private static func dataset(_ node: ConfigNode) -> [(String, ConfigNode)] {
      guard let preset = string(node[path: "preset"]), let digest = string(node[path: "digest"]) else { return [] }
      let name = preset.split(separator: "/").last.map(String.init) ?? preset
      return [
        ("evaluation", text("\(name)@\(unknown)")), ("dataset", text("\(preset)@\(digest)")),
        ("problems", text("\(unknown)")),
      ]
    }

    private static func reference(_ node: ConfigNode?) -> ConfigNode {
      guard let entries = node?.entries else { return ConfigNode(.null, origin: .implied) }
      let seeds = (0..<5).map { ConfigNode(.int($0), origin: .implied) }
      return mapping(entries.map { ($0.key, $0.value) } + [("seeds", list(seeds))])
    }

    private static func string(_ node: ConfigNode?) -> String? {
      if case .string(let text)? = node?.value { text } else { nil }
    }
  }
}
