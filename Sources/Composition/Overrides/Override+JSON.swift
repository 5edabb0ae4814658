import Storage

extension Override {
  /// How the override is read, field by field: `input`, `type`, `key`, `package`, `value_type`, `value`, `element`,
  /// `sweep`, named as Hydra names them.
  ///
  /// Quoted texts are `{"$quoted": …}`, numbers that JSON lacks `{"$float": …}`, sweeps `{"$choice": …}` and so on.
  /// `element` is the value as Hydra spells it; null for sweeps, which have no one spelling (globs do).
  public var json: JSONValue {
    let type =
      switch action {
      case .change: "CHANGE"
      case .add: "ADD"
      case .forceAdd: "FORCE_ADD"
      case .delete: "DEL"
      }
    return .object([
      "input": .string(text), "type": .string(type), "key": .string(key),
      "package": package.map { .string($0) } ?? .null,
      "value_type": value.map { .string($0.typeName) } ?? .null, "value": value?.json ?? .null,
      "element": value?.element.map { .string($0) } ?? .null, "sweep": .bool(isSweep),
    ])
  }
}

extension OverrideElement {
  var json: JSONValue {
    switch self {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .int(let integer): .int(Int64(integer))
    case .float(let double): double.isFinite ? .double(double) : .object(["$float": .string(FloatText.python(double))])
    case .string(let text, nil): .string(text)
    case .string(let text, _?): .object(["$quoted": .string(text)])
    case .list(let elements): .array(elements.map(\.json))
    case .mapping(let entries): .object(JSONObject(entries.map { JSONObject.Member($0.key, $0.value.json) }))
    }
  }
}

extension OverrideValue {
  fileprivate var element: String? {
    switch self {
    case .element(let element): element.text
    case .glob(let glob):
      OverrideElement.mapping(["include": Self.list(glob.include), "exclude": Self.list(glob.exclude)]).text
    case .choice, .range, .interval, .edit: nil
    }
  }

  fileprivate var json: JSONValue {
    switch self {
    case .element(let element): element.json
    case .choice(let sweep):
      Self.object(
        "choice", ["list": .array(sweep.elements.map(\.json))], seed: sweep.shuffleSeed, tags: sweep.tags,
        zipGroup: sweep.zipGroup)
    case .range(let sweep):
      Self.object(
        "range",
        ["start": sweep.start.element.json, "stop": sweep.stop.element.json, "step": sweep.step.element.json],
        seed: sweep.shuffleSeed, tags: sweep.tags)
    case .interval(let sweep):
      Self.object(
        "interval", ["start": OverrideElement.float(sweep.start).json, "end": OverrideElement.float(sweep.end).json],
        tags: sweep.tags)
    case .glob(let glob):
      .object(["$glob": .object(["include": Self.texts(glob.include), "exclude": Self.texts(glob.exclude)])])
    case .edit(let edit): .object(["$\(edit.operation.rawValue)": .array(edit.elements.map(\.json))])
    }
  }

  private static func object(
    _ name: String, _ fields: JSONObject, seed: Int? = nil, tags: [String], zipGroup: String? = nil
  ) -> JSONValue {
    var fields = fields
    if let seed { fields.members.append(.init("shuffle", .int(Int64(seed)))) }
    if !tags.isEmpty { fields.members.append(.init("tags", texts(tags))) }
    if let zipGroup { fields.members.append(.init("zip", .string(zipGroup))) }
    return .object(["$\(name)": .object(fields)])
  }

  private static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

  private static func list(_ texts: [String]) -> OverrideElement { .list(texts.map { .string($0, quote: nil) }) }
}
