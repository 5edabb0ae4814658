/// The tables of a reference page: which keys each section documents.
public struct ReferencePage: Sendable {
  /// Keys by section, in order: the first cell of each row that is a name in backticks.
  public private(set) var keys: [String: [String]] = [:]

  /// - Parameter markdown: Sections begin with `## `.
  public init(markdown: String) {
    var section = ""
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("## ") {
        section = String(line.dropFirst(3))
      } else if line.hasPrefix("| `") {
        keys[section, default: []].append(String(line.dropFirst(3).prefix { $0 != "`" }))
      }
    }
  }

  /// What disagrees between a section and the keys of a record; empty where they are the same, once each.
  public func disagreements(in section: String, with recordKeys: some Sequence<String>) -> [String] {
    let documented = keys[section] ?? []
    let known = Set(recordKeys)
    return known.subtracting(documented).sorted().map { "'\($0)' is not documented" }
      + documented.filter { !known.contains($0) }.map { "'\($0)' is no key" }
      + Set(documented).filter { key in documented.count { $0 == key } > 1 }.sorted().map { "'\($0)' stands twice" }
  }
}
