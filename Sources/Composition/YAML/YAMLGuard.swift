/// Refuses, before the parser sees them, files that would exhaust its stack or its time.
///
/// The parser recurses per nested collection and hashes whole keys, aliases expanded; so depth and aliases are bounded
/// on the text. The count errs upward: brackets inside quoted text or comments count as well.
enum YAMLGuard {
  /// - Throws: `ConfigError.limitExceeded` with the line that passes a limit.
  /// - Complexity: O(bytes).
  static func check(_ bytes: [UInt8], file: String) throws {
    guard bytes.count <= CompositionLimits.yamlByteCount else {
      throw ConfigError.limitExceeded(
        what: "bytes", limit: CompositionLimits.yamlByteCount, origin: .file(path: file, line: 1, column: 1))
    }
    var flowDepth = 0, aliases = 0, indents: [Int] = [], lineNumber = 0
    var rest = bytes[...]
    while !rest.isEmpty {
      let line = rest[..<(rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex)]
      rest = rest[min(line.endIndex + 1, rest.endIndex)...]
      lineNumber += 1
      let origin = Origin.file(path: file, line: lineNumber, column: 1)
      updateIndents(&indents, with: line)
      var previous = UInt8(ascii: " ")
      for byte in line {
        switch byte {
        case UInt8(ascii: "["), UInt8(ascii: "{"): flowDepth += 1
        case UInt8(ascii: "]"), UInt8(ascii: "}"): flowDepth = max(0, flowDepth - 1)
        case UInt8(ascii: "*") where beforeAlias.contains(previous): aliases += 1
        default: break
        }
        previous = byte
        guard flowDepth + indents.count <= CompositionLimits.yamlDepth else {
          throw ConfigError.limitExceeded(
            what: "nested collections", limit: CompositionLimits.yamlDepth, origin: origin)
        }
      }
      guard aliases <= CompositionLimits.aliasCount else {
        throw ConfigError.limitExceeded(what: "aliases", limit: CompositionLimits.aliasCount, origin: origin)
      }
    }
  }

  private static let beforeAlias = Set(" \t[{,:-?!".utf8)

  /// Keeps the stack of block collections: one level per deeper first character, and one per `- `, `? ` or `: ` there.
  private static func updateIndents(_ indents: inout [Int], with line: ArraySlice<UInt8>) {
    guard var position = line.firstIndex(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }) else { return }
    func open(at column: Int) {
      while let last = indents.last, last >= column { indents.removeLast() }
      indents.append(column)
    }
    open(at: position - line.startIndex)
    while position + 1 < line.endIndex,
      [UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":")].contains(line[position]),
      let next = line[(position + 1)...].firstIndex(where: { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }),
      next > position + 1
    {
      position = next
      open(at: position - line.startIndex)
    }
  }
}
