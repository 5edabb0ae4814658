/// A plain scalar without a tag, as it stands in a text.
struct YAMLPlainScalar {
  let text: String
  let origin: Origin
  var isKey = false

  /// Every plain scalar of `bytes` in order, those of aliased parts once.
  ///
  /// - Throws: What `YAMLReader.read` throws.
  static func all(in bytes: [UInt8], file: String) throws -> [YAMLPlainScalar] {
    _ = try YAMLReader.read(bytes, file: file)
    return try YAMLParser.plainScalars(in: bytes, file: file)
  }
}

extension YAMLParser {
  /// The plain scalars of a text that `YAMLReader` has read.
  static func plainScalars(in bytes: [UInt8], file: String) throws -> [YAMLPlainScalar] {
    var parser = YAMLParser(cursor: YAMLCursor(bytes, file: file))
    parser.plainScalars = []
    _ = try parser.document()
    return parser.plainScalars ?? []
  }

  /// Adds an entry that was read to its mapping.
  mutating func add(_ key: YAMLNode, _ value: YAMLNode, to entries: inout YAMLEntries) throws {
    if plainScalars != nil, !key.isAlias, case .scalar(_, .plain, tag: nil) = key.content,
      let index = plainScalars?.lastIndex(where: { $0.origin == key.origin })
    {
      plainScalars?[index].isKey = true
    }
    try entries.add(key, value)
  }
}
