import Foundation

/// What Package.swift declares, read from its text: tests must not start a second package manager.
struct PackageManifest {
  /// One `Module(…)` or `.executableTarget(…)`.
  struct Declaration: Equatable {
    let name: String
    /// Names in quotes are modules of this package; bare names are the external products bound above the table.
    let imports: Set<String>
    let external: Set<String>
  }

  let declarations: [Declaration]

  init(_ text: String) {
    let products = Self.products(in: text)
    declarations = (Self.calls("Module(", in: text) + Self.calls(".executableTarget(", in: text)).compactMap { call in
      guard let name = Self.quoted(after: "name:", in: call) else { return nil }
      let list = Self.list(after: " imports:", in: call) ?? Self.list(after: "dependencies:", in: call) ?? ""
      let items = list.split { ",\n ".contains($0) }.map(String.init)
      return Declaration(
        name: name,
        imports: Set(items.filter { $0.hasPrefix("\"") }.map { String($0.dropFirst().dropLast()) }),
        external: Set(items.filter { !$0.hasPrefix("\"") }.map { products[$0] ?? $0 }))
    }
  }

  /// `let orderedCollections = Target.Dependency.product(name: "OrderedCollections", …)` binds the one to the other.
  private static func products(in text: String) -> [String: String] {
    var products: [String: String] = [:]
    for line in text.split(separator: "\n") where line.contains("Target.Dependency.product(") {
      let words = line.split(separator: " ")
      if words.count > 1, let product = quoted(after: "name:", in: String(line)) {
        products[String(words[1])] = product
      }
    }
    return products
  }

  /// The argument text of each call of `opening` whose first argument is `name: "…"`.
  private static func calls(_ opening: String, in text: String) -> [String] {
    var calls: [String] = []
    for part in text.components(separatedBy: opening).dropFirst() {
      var depth = 1
      let body = part.prefix { character in
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        return depth > 0
      }
      if body.drop(while: \.isWhitespace).hasPrefix("name: \"") { calls.append(String(body)) }
    }
    return calls
  }

  private static func quoted(after label: String, in text: String) -> String? {
    let parts = text.components(separatedBy: label)
    guard parts.count > 1 else { return nil }
    let quotes = parts[1].split(separator: "\"", maxSplits: 2, omittingEmptySubsequences: false)
    return quotes.count == 3 ? String(quotes[1]) : nil
  }

  private static func list(after label: String, in text: String) -> String? {
    let parts = text.components(separatedBy: label)
    guard parts.count > 1, let open = parts[1].firstIndex(of: "["), let close = parts[1].firstIndex(of: "]") else {
      return nil
    }
    return String(parts[1][parts[1].index(after: open)..<close])
  }
}
