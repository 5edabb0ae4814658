/// Directives, before the `---` of a document.
extension YAMLParser {
  /// Takes the directives here and returns whether there are any. None of those that are read changes a value.
  mutating func takeDirectives() throws -> Bool {
    var names: Set<String> = []
    while cursor.column == 0, cursor.isAt("%") {
      var start = cursor
      let name = try takeDirective()
      guard names.insert(name).inserted else { throw start.error("'\(name)' comes twice; leave this one out") }
      try requireLineEnd()
      cursor.skipToContent()
    }
    return !names.isEmpty
  }

  /// What a directive is about: `%YAML`, a tag's handle, or all of an unknown one, which YAML has readers pass over.
  private mutating func takeDirective() throws -> String {
    let start = cursor
    let name = takeWord()
    switch name {
    case "%YAML":
      let version = takeWord()
      guard version.hasPrefix("1."), version.count > 2, version.dropFirst(2).allSatisfy({ ("0"..."9").contains($0) })
      else {
        throw cursor.error("'\(version)' is no version of YAML that is read here; write '%YAML 1.2'")
      }
      return name
    case "%TAG":
      let handle = takeWord(), prefix = takeWord()
      guard handle.first == "!", handle.last == "!", !prefix.isEmpty else {
        throw cursor.error("a tag directive has a handle and a prefix; write '%TAG !name! prefix', or leave it out")
      }
      guard handle != "!!" else { throw cursor.error("unsupported: another meaning of '!!'; leave the directive out") }
      return "%TAG \(handle)"
    case "%": throw cursor.error("a directive has a name; leave it out")
    default:
      cursor.skipLine()
      return String(decoding: cursor.bytes[start.position..<cursor.position], as: UTF8.self)
    }
  }

  /// The text up to the next space, and skips the blanks before it.
  private mutating func takeWord() -> String {
    cursor.skipBlanks()
    let start = cursor.position
    while !cursor.current.isYAMLSpace { cursor.position += 1 }
    return String(decoding: cursor.bytes[start..<cursor.position], as: UTF8.self)
  }
}
