import OrderedCollections

/// Block collections: one entry a line, nested by indentation.
extension YAMLParser {
  /// The node behind `place`, of a collection at the column `parent` (-1 for the document).
  mutating func blockNode(in parent: Int, at place: Place) throws -> YAMLNode {
    let origin = cursor.origin()
    var properties = YAMLProperties()
    var startsLine = cursor.skipToContent() || place == .start
    while true {
      if cursor.isAtEnd || cursor.isAtDocumentMark() || (startsLine && !isInside(parent, at: place)) {
        return try empty(properties, at: origin)
      }
      // `- - a` and `- a: 1` open a collection behind an indicator; an anchor or a tag before them would be the key's.
      let mayOpen = startsLine || (properties.isEmpty && (place == .item || place == .explicit))
      let isItem = cursor.isAtIndicator("-")
      if isItem || cursor.isAtIndicator("?") || isAtImplicitKey {
        guard mayOpen else {
          throw cursor.error(
            isItem
              ? "a list starts on a line of its own; move it there, or quote the text"
              : "a mapping starts on a line of its own; move it there, or quote the text that has ': '")
        }
        return try isItem ? blockSequence(properties) : blockMapping(properties)
      }
      if isAtProperty {
        try takeProperties(into: &properties, inFlow: false)
        if cursor.isAtLineEnd {
          startsLine = cursor.skipToContent()
          continue
        }
        guard !cursor.isAtIndicator("-"), !cursor.isAtIndicator("?") else {
          throw cursor.error("an anchor or a tag of a collection stands on the line before it; move it there")
        }
      }
      let node = try inlineNode(in: parent, properties)
      if node.endsLine { try requireLineEnd() }
      return node.node
    }
  }

  /// Whether this line is indented as what belongs to `parent` must be. Lists may stand at the column of their key.
  private func isInside(_ parent: Int, at place: Place) -> Bool {
    let indent = cursor.indent
    if indent == parent, place == .value || place == .explicit {
      return cursor.column == indent && cursor.isAtIndicator("-")
    }
    return indent > parent
  }

  /// A scalar, an alias or a flow collection; block scalars end their lines themselves.
  private mutating func inlineNode(
    in parent: Int, _ properties: YAMLProperties
  ) throws -> (node: YAMLNode, endsLine: Bool) {
    let origin = cursor.origin()
    switch Unicode.Scalar(cursor.current) {
    case "*": return (try alias(properties), true)
    case "[", "{": return (try flowCollection(in: parent, properties), true)
    case "|", ">":
      return (try scalar(try blockScalar(in: parent), .block, properties, origin: origin), false)
    case "\"", "'": return (try scalar(try quoted(in: parent), .quoted, properties, origin: origin), true)
    default: return (try scalar(try plain(in: parent, inFlow: false), .plain, properties, origin: origin), true)
    }
  }

  // MARK: Collections

  private mutating func blockSequence(_ properties: YAMLProperties) throws -> YAMLNode {
    let before = size, origin = cursor.origin(), column = try openBlock()
    var elements: [ConfigNode] = []
    repeat {
      cursor.position += 1
      elements.append(try blockNode(in: column, at: .item).value())
    } while try goesOn(at: column) && cursor.isAtIndicator("-")
    return try collection(.list(elements), tag: "seq", properties, origin: origin, since: before)
  }

  private mutating func blockMapping(_ properties: YAMLProperties) throws -> YAMLNode {
    let before = size, origin = cursor.origin(), column = try openBlock()
    var entries = YAMLEntries()
    repeat {
      let key: YAMLNode, value: YAMLNode
      let keyOrigin = cursor.origin()
      if cursor.isAtIndicator("?") {
        cursor.position += 1
        key = try blockNode(in: column, at: .explicit)
        if try goesOn(at: column), cursor.isAtIndicator(":") {
          cursor.position += 1
          value = try blockNode(in: column, at: .explicit)
        } else {
          value = try empty(at: keyOrigin)
        }
      } else {
        key = try implicitKey()
        value = try blockNode(in: column, at: .value)
      }
      try add(key, value, to: &entries)
    } while try goesOn(at: column)
    return try collection(.mapping(entries.all), tag: "map", properties, origin: origin, since: before)
  }

  /// Enters a block collection and returns its column.
  private mutating func openBlock() throws -> Int {
    guard !cursor.bytes[cursor.lineStart..<cursor.position].contains(UInt8(ascii: "\t")) else {
      throw cursor.error("a tab before an entry; indent with spaces")
    }
    try enterCollection()
    return cursor.column
  }

  /// Whether the collection at `column` has another entry, and the cursor stands at it.
  private mutating func goesOn(at column: Int) throws -> Bool {
    cursor.skipToContent()
    guard !cursor.isAtEnd, !cursor.isAtDocumentMark() else { return false }
    guard cursor.indent == cursor.column else { throw cursor.error("a tab before an entry; indent with spaces") }
    guard cursor.column <= column else {
      throw cursor.error("this line is indented more than the entries above; align it with one of them")
    }
    return cursor.column == column
  }
}
