/// The header lines `# @key value` that may open a config; only `@package` is known.
enum PackageHeader {
  /// The package that a config's header names. Blank lines may precede it; any other line ends the header.
  static func read(_ bytes: [UInt8], file: String) throws -> String? {
    var package: String?
    var number = 0
    var rest = bytes[...]
    while !rest.isEmpty {
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest.dropFirst(line.count + 1)
      number += 1
      let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      guard let first = words.first else { continue }
      guard first.hasPrefix("#") else { break }
      // `# @package x` and `#@package x`.
      let body = words.joined(separator: " ").drop { $0 == "#" || $0 == " " }.split(separator: " ")
      guard let key = body.first, key.hasPrefix("@") else { break }
      guard key == "@package", body.count == 2 else {
        throw ConfigError.unreadableYAML(
          origin: .file(path: file, line: number, column: 1), problem: "a header line must read '# @package NAME'")
      }
      guard !body[1].contains("_group_"), !body[1].contains("_name_") else {
        throw ConfigError.unreadableYAML(
          origin: .file(path: file, line: number, column: 1),
          problem:
            "'\(body[1])': '_group_' and '_name_' mean nothing in a header; without it, a config's package is its group"
        )
      }
      package = String(body[1])
    }
    return package
  }
}
