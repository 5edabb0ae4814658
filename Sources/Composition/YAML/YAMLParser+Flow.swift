import OrderedCollections

/// Flow collections: `[a, b]` and `{a: b}`, on one line or several.
extension YAMLParser {
  /// A flow collection in a block collection at the column `parent`, from its opening bracket to its closing one.
  mutating func flowCollection(in parent: Int, _ properties: YAMLProperties) throws -> YAMLNode {
    let before = size, origin = cursor.origin()
    try enterCollection()
    let isMapping = cursor.isAt("{")
    let closing: Unicode.Scalar = isMapping ? "}" : "]"
    var entries = YAMLEntries()
    var elements: [ConfigNode] = []
    cursor.position += 1
    try skipInFlow(parent)
    while !cursor.isAt(closing) {
      let entryOrigin = cursor.origin(), entryBefore = size
      let (first, value, isPair) = try flowEntry(in: parent)
      if isMapping {
        try add(first, value ?? empty(at: entryOrigin), to: &entries)
      } else {
        elements.append(
          isPair
            ? try pair(first, value ?? empty(at: entryOrigin), origin: entryOrigin, since: entryBefore)
            : try first.value())
      }
      try skipInFlow(parent)
      if cursor.isAt(",") {
        cursor.position += 1
        try skipInFlow(parent)
      } else if !cursor.isAt(closing) {
        throw cursor.error("',' or '\(closing)' is missing here; add it, or quote the text")
      }
    }
    cursor.position += 1
    return isMapping
      ? try collection(.mapping(entries.all), tag: "map", properties, origin: origin, since: before)
      : try collection(.list(elements), tag: "seq", properties, origin: origin, since: before)
  }

  /// `a`, `a: b`, `? a` or `? a : b`; the last three are pairs, also in lists.
  private mutating func flowEntry(in parent: Int) throws -> (first: YAMLNode, value: YAMLNode?, isPair: Bool) {
    let line = cursor.line, isExplicit = cursor.isAtIndicator("?")
    if isExplicit {
      cursor.position += 1
      try skipInFlow(parent)
    }
    let first = try flowNode(in: parent, mayBeEmpty: false)
    try skipInFlow(parent)
    guard cursor.isAt(":"), first.isQuoted || isAtFlowColon else { return (first, nil, isExplicit) }
    guard isExplicit || cursor.line == line else {
      throw cursor.error("unsupported: a key of several lines; write it and ':' on one")
    }
    cursor.position += 1
    try skipInFlow(parent)
    return (first, try flowNode(in: parent, mayBeEmpty: true), true)
  }

  /// A mapping without braces: `[a: 1]`.
  private mutating func pair(
    _ key: YAMLNode, _ value: YAMLNode, origin: Origin, since before: Size
  ) throws -> ConfigNode {
    var entries = YAMLEntries()
    try add(key, value, to: &entries)
    try enterCollection()
    return try collection(
      .mapping(entries.all), tag: "map", YAMLProperties(), origin: origin, since: before
    ).value()
  }

  /// A value with its anchor and tag. Punctuation stands for nothing, which is null behind `:` or a tag.
  private mutating func flowNode(in parent: Int, mayBeEmpty: Bool) throws -> YAMLNode {
    var properties = YAMLProperties()
    while isAtProperty {
      try takeProperties(into: &properties, inFlow: true)
      try skipInFlow(parent)
    }
    let origin = cursor.origin()
    switch Unicode.Scalar(cursor.current) {
    case "*": return try alias(properties)
    case "[", "{": return try flowCollection(in: parent, properties)
    case "\"", "'": return try scalar(try quoted(in: parent), .quoted, properties, origin: origin)
    case ",", "]", "}":
      guard mayBeEmpty || !properties.isEmpty else {
        throw cursor.error("a value is missing here; write null or '' for none")
      }
      return try empty(properties, at: origin)
    default: return try scalar(try plain(in: parent, inFlow: true), .plain, properties, origin: origin)
    }
  }

  /// Whether `:` ends an unquoted key here.
  private var isAtFlowColon: Bool {
    let next = cursor.byte(at: cursor.position + 1)
    return next.isYAMLSpace || next.isYAMLFlowMark
  }

  /// Skips to the next token; lines are indented more than what the collection stands in.
  private mutating func skipInFlow(_ parent: Int) throws {
    let startsLine = cursor.skipToContent()
    guard !cursor.isAtEnd else { throw cursor.error("']' or '}' is missing; add it, or quote the text") }
    guard startsLine else { return }
    let isClosing = cursor.isAt("]") || cursor.isAt("}")
    guard !cursor.isAtDocumentMark(), cursor.indent > parent || (isClosing && cursor.indent == parent) else {
      throw cursor.error("this line goes on with a value and is not indented; indent it more than the key")
    }
  }
}
