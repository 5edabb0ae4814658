import Storage

extension SettingSchema {
  /// A JSON Schema (draft 2020-12) of a config file whose package is what this describes.
  ///
  /// For editors: a file may hold a part of the settings, so none is required; any may be an interpolation or `???`, and
  /// one that nothing reads is refused. A defaults list, a sweep and a search path may stand beside them.
  public func fileSchema(title: String) -> JSONValue {
    var file = self
    // What composition itself reads.
    let reserved: [JSONObject.Member] = [
      .init(
        "defaults",
        .object([
          "description": .string("What this config includes (docs/reference/composition.md)."),
          "type": .string("array"), "items": .object(["type": .array([.string("string"), .string("object")])]),
        ])),
      .init("codex", .object(["description": .string("A sweep for --multirun."), "type": .string("object")])),
      .init("hydra", .object(["description": .string("The search path."), "type": .string("object")])),
    ]
    file.summary = nil
    guard case .object(var schema) = file.json else { return .null }
    schema.members = schema.members.map { member in
      guard member.key == "properties", case .object(var properties) = member.value else {
        return member.key == "type" ? .init("type", .string("object")) : member
      }
      properties.members += reserved
      return .init("properties", .object(properties))
    }.filter { $0.key != "pattern" }
    schema.members += [
      .init("$schema", .string("https://json-schema.org/draft/2020-12/schema")), .init("title", .string(title)),
    ]
    return .object(schema)
  }

  private var json: JSONValue {
    var members: [JSONObject.Member] = []
    func add(_ key: String, _ value: JSONValue?) { if let value { members.append(.init(key, value)) } }
    add("description", summary.map { .string($0) })
    add("default", defaultValue)
    guard !kinds.isEmpty else { return .object(JSONObject(members)) }
    // Keywords bind values of their own type only: `minimum` numbers, `pattern` strings, `properties` objects.
    let types = kinds.union([.string]).map(\.rawValue).sorted() + (isNullable ? ["null"] : [])
    add("type", types.count == 1 ? .string(types[0]) : .array(types.map { .string($0) }))
    add("minimum", minimum)
    add("maximum", maximum)
    if kinds.contains(.string) {
      add(
        "anyOf",
        allowed.map { .array([Self.notAString, .object(["enum": .array($0.map { .string($0) })]), Self.reference]) })
    } else {
      add("pattern", .string(Self.referencePattern))
    }
    if kinds.contains(.list) { add("items", elements.first?.json) }
    if kinds.contains(.mapping) {
      add("properties", .object(JSONObject(entries.map { .init($0.key, $0.value.json) })))
      add("additionalProperties", .bool(false))
    }
    return .object(JSONObject(members))
  }

  /// What stands for a value elsewhere, or for one that is still to be given.
  private static let referencePattern = #"\$\{|^\?\?\?$"#
  private static let reference = JSONValue.object(["pattern": .string(referencePattern), "type": .string("string")])
  private static let notAString = JSONValue.object(["not": .object(["type": .string("string")])])
}
