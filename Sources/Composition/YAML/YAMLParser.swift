import OrderedCollections

/// Parses one YAML 1.2 document; what scalars mean is `YAMLScalar`'s decision.
///
/// Recursive descent over the bytes, one function a production, one file a style: block and flow collections, plain,
/// quoted and block scalars. It accepts what it knows, so that no text is read as something else than it is; the parts
/// of YAML that it leaves out are refused as "unsupported" (docs/reference/composition.md). Aliases are copies, counted
/// before they are made.
///
/// Source: YAML 1.2.2, chapters 6 to 9. A closing bracket may stand at the column of its key, which the standard
/// forbids and everybody writes.
struct YAMLParser {
  /// What a node stands behind: nothing, `---`, `- `, `? ` and the `: ` of its value, or `key:`.
  enum Place { case start, marker, item, explicit, value }

  var cursor: YAMLCursor
  /// Values by the names of their anchors, the last of each name, once they have ended.
  var anchors: [String: (node: YAMLNode, size: Size)] = [:]
  /// What has been read, aliases as what they stand for.
  var size = Size()
  /// Plain scalars so far; nil unless somebody wants to know.
  var plainScalars: [YAMLPlainScalar]?
  var depth = 0

  struct Size {
    var nodes = 0
    /// Bytes of scalars.
    var bytes = 0
  }

  /// - Throws: `ConfigError`.
  /// - Complexity: O(bytes + what aliases stand for); recursion goes as deep as collections do, which is bounded.
  static func parse(_ bytes: [UInt8], file: String) throws -> ConfigNode {
    var parser = YAMLParser(cursor: YAMLCursor(bytes, file: file))
    return try parser.document()
  }

  mutating func document() throws -> ConfigNode {
    cursor.skipToContent()
    let hasDirective = try takeDirectives()
    var place = Place.start
    if cursor.isAtDocumentMark("---") {
      place = .marker
      cursor.position += 3
    } else if hasDirective {
      throw cursor.error("'---' must follow a directive; write it on the next line")
    }
    let root = try blockNode(in: -1, at: place).value()
    cursor.skipToContent()
    while cursor.isAtDocumentMark("...") {
      cursor.position += 3
      try requireLineEnd()
      cursor.skipToContent()
    }
    guard cursor.isAtEnd else { throw cursor.error("unsupported: several documents; keep one of them in this file") }
    return root
  }

  /// Nothing but a comment may stand behind a value.
  mutating func requireLineEnd() throws {
    cursor.skipBlanks()
    if cursor.isAtLineEnd { return }
    switch Unicode.Scalar(cursor.current) {
    case "#": throw cursor.error("a comment needs a space before '#'; add it, or quote the value")
    case ":": throw cursor.error("unsupported: a key that is no scalar on one line; quote the text if it is no key")
    default: throw cursor.error("there is more text behind a value; quote all of it, or start a new line")
    }
  }

  // MARK: Nodes

  /// Enters a collection; `depth` is to be taken back when it ends.
  mutating func enterCollection() throws {
    depth += 1
    guard depth <= CompositionLimits.yamlDepth else {
      throw ConfigError.limitExceeded(
        what: "nested collections", limit: CompositionLimits.yamlDepth, origin: cursor.origin())
    }
  }

  mutating func count(bytes: Int, origin: Origin) throws {
    size.nodes += 1
    size.bytes += bytes
    guard size.nodes <= CompositionLimits.nodeCount else {
      throw ConfigError.limitExceeded(what: "values", limit: CompositionLimits.nodeCount, origin: origin)
    }
  }

  mutating func scalar(
    _ text: String, _ style: YAMLNode.Style, _ properties: YAMLProperties, origin: Origin
  ) throws -> YAMLNode {
    let before = size
    let node = YAMLNode(
      content: .scalar(text, style, tag: properties.tag), origin: properties.origin ?? origin)
    try count(bytes: text.utf8.count, origin: node.origin)
    if style == .plain, properties.tag == nil, !text.isEmpty {
      plainScalars?.append(YAMLPlainScalar(text: text, origin: node.origin))
    }
    keep(node, as: properties.anchor, since: before)
    return node
  }

  /// Where a value is left out: null, or what its tag makes of nothing.
  mutating func empty(_ properties: YAMLProperties = YAMLProperties(), at origin: Origin) throws -> YAMLNode {
    try scalar("", .plain, properties, origin: origin)
  }

  /// A list or a mapping, whose children were counted since `before`.
  mutating func collection(
    _ value: ConfigValue, tag name: String, _ properties: YAMLProperties, origin: Origin, since before: Size
  ) throws -> YAMLNode {
    let origin = properties.origin ?? origin
    if let tag = properties.tag, tag != YAMLScalar.core + name {
      throw ConfigError.unreadableYAML(
        origin: origin, problem: "unsupported: the tag '\(tag)' on \(value.kindName); leave it out")
    }
    depth -= 1
    try count(bytes: 0, origin: origin)
    let node = YAMLNode(content: .collection(value), origin: origin)
    keep(node, as: properties.anchor, since: before)
    return node
  }

  private mutating func keep(_ node: YAMLNode, as anchor: String?, since before: Size) {
    guard let anchor else { return }
    anchors[anchor] = (node, Size(nodes: size.nodes - before.nodes, bytes: size.bytes - before.bytes))
  }

  /// `*name`: the value once more.
  mutating func alias(_ properties: YAMLProperties) throws -> YAMLNode {
    let origin = cursor.origin()
    guard properties.isEmpty else { throw cursor.error("an alias has no anchor and no tag; leave them out") }
    let name = try takeName()
    guard let (anchored, added) = anchors[name] else {
      throw ConfigError.unreadableYAML(
        origin: origin, problem: "'*\(name)' names no anchor before it; write '&\(name)' at the value it stands for")
    }
    size.nodes += added.nodes - 1
    try count(bytes: added.bytes, origin: origin)
    guard size.bytes <= CompositionLimits.expandedByteCount else {
      throw ConfigError.limitExceeded(
        what: "bytes with aliases expanded", limit: CompositionLimits.expandedByteCount, origin: origin)
    }
    return YAMLNode(content: anchored.content, origin: anchored.origin, isAlias: true)
  }
}
