import Composition

/// Ways to go on with an override such as `training.max_s`, `+db@spare=` or `~db`.
struct OverrideCandidates {
  private let request: CompositionRequest
  private var sources: ConfigSources { request.sources }
  /// Nil if it does not compose, as while a mandatory choice is still to be made; then groups alone are known.
  private let composed: ComposedConfig?

  init(_ request: CompositionRequest) {
    self.request = request
    composed = try? request.composed()
  }

  /// Everything that begins as `prefix` does, whole words.
  func all(for prefix: String) -> [Candidate] {
    let action = String(prefix.prefix { $0 == "+" || $0 == "~" })
    guard ["", "+", "++", "~"].contains(action) else { return [] }
    let body = String(prefix.dropFirst(action.count))
    let found: [Candidate]
    if let equal = body.firstIndex(of: "=") {
      let key = String(body[..<equal])
      found = values(of: key, typing: String(body[body.index(after: equal)...])).map {
        Candidate("\(key)=\($0.text)", $0.note)
      }
    } else {
      switch action {
      case "": found = choices(suffix: "=") + keys(below: body, suffix: "=")
      case "~": found = choices(suffix: "") + keys(below: body, suffix: "")
      case "+": found = appendableGroups + absentKeys(below: body)
      default:
        let absent = absentKeys(below: body).filter { !$0.text.hasSuffix(".") }
        found = absent + keys(below: body, suffix: "=")
      }
    }
    return found.map { Candidate(action + $0.text, $0.note) }
  }

  /// Dotted paths of settings, level by level: mappings end in a dot.
  func settings(below prefix: String) -> [Candidate] { keys(below: prefix, suffix: "") }

  // MARK: Groups

  /// The groups of the defaults list, as overrides name them, with the choice that stands.
  private func choices(suffix: String) -> [Candidate] {
    guard let composed else { return allGroups }
    return composed.choices.map { Candidate($0.group + suffix, $0.choice ?? "null") }
  }

  /// Every group that has options.
  private var allGroups: [Candidate] {
    sources.groups.filter { !sources.options(in: $0).isEmpty }.map { Candidate($0 + "=", "group") }
  }

  /// What `+group=` can append: like the entries of the primary config's own list, it is read from that config's group.
  private var appendableGroups: [Candidate] {
    let parent = request.config.split(separator: "/").dropLast().joined(separator: "/")
    return allGroups.filter { candidate in
      parent.isEmpty || !sources.options(in: "\(parent)/\(candidate.text.dropLast())").isEmpty
    }
  }

  // MARK: Settings

  private func keys(below text: String, suffix: String) -> [Candidate] {
    guard let composed else { return [] }
    let parent = Self.parent(of: text)
    guard let node = composed.root[path: parent] else { return [] }
    let head = parent.isEmpty ? "" : parent + "."
    return Self.children(of: node).map { key, child in
      child.entries?.isEmpty == false
        ? Candidate(head + key + ".", "section") : Candidate(head + key + suffix, ConfigText.brief(child.value))
    }
  }

  /// Settings that a feature reads and that the configuration does not have, and the sections with such.
  private func absentKeys(below text: String) -> [Candidate] {
    guard let composed, let schema, let section = schema[Self.parent(of: text)] else { return [] }
    let parent = Self.parent(of: text)
    let head = parent.isEmpty ? "" : parent + "."
    let known = composed.root[path: parent]?.entries ?? [:]
    return section.entries.compactMap { key, setting in
      guard let node = known[key] else { return Candidate(head + key + "=", setting.summary ?? "") }
      return Self.lacks(node, setting) ? Candidate(head + key + ".", "section") : nil
    }
  }

  /// Whether a setting that a feature reads is absent somewhere below `node`.
  private static func lacks(_ node: ConfigNode, _ section: SettingSchema) -> Bool {
    guard let entries = node.entries else { return false }
    return section.entries.contains { key, setting in entries[key].map { lacks($0, setting) } ?? true }
  }

  private static func parent(of text: String) -> String {
    text.lastIndex(of: ".").map { String(text[..<$0]) } ?? ""
  }

  private static func children(of node: ConfigNode) -> [(String, ConfigNode)] {
    switch node.value {
    case .mapping(let entries): entries.map { ($0.key, $0.value) }
    case .list(let elements): elements.enumerated().map { ("\($0.offset)", $0.element) }
    default: []
    }
  }

  /// What reads the configuration, if it is of a kind that codex knows.
  private var schema: SettingSchema? { DeclaredSettings.settings(of: request) }

  // MARK: Values

  private func values(of key: String, typing text: String) -> [Candidate] {
    let group = String(key.prefix { $0 != "@" })
    let options = sources.options(in: group)
    guard options.isEmpty else {
      // In a list or a sweep the last name is being typed.
      let head = text.lastIndex { $0 == "," || $0 == "[" }.map { String(text[...$0]) } ?? ""
      return options.map { Candidate(head + $0) }
    }
    let current = composed?.root[path: key]
    var values: [Candidate] = []
    if let setting = schema?[key] {
      values += (setting.allowed ?? []).map { Candidate($0) }
      if setting.kinds.contains(.boolean) { values += ["true", "false"].map { Candidate($0) } }
      if setting.isNullable { values.append(Candidate("null")) }
    }
    if values.isEmpty, case .bool? = current?.value { values = ["true", "false"].map { Candidate($0) } }
    guard let current, let written = Self.written(current.value) else { return values }
    return values.map { $0.text == written ? Candidate(written, "as it is") : $0 }
      + (values.contains { $0.text == written } ? [] : [Candidate(written, "as it is")])
  }

  /// A scalar as an override spells it.
  private static func written(_ value: ConfigValue) -> String? {
    switch value {
    case .null: "null"
    case .bool(let flag): flag ? "true" : "false"
    case .list, .mapping: nil
    default: ConfigText.embedded(value)
    }
  }
}
