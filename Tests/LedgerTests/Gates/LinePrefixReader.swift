/// The reader that one writes first, which asks how lines begin: a control that pages must fool.
enum LinePrefixReader {
  static func openItems(in text: String) -> [Int] {
    lines(of: text).compactMap { number, line in
      let content = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
      guard let bullet = content.first, "-*+".contains(bullet) else { return nil }
      let box = content.dropFirst().drop { $0 == " " || $0 == "\t" }
      return box.hasPrefix("[ ]") || box.hasPrefix("[]") ? number : nil
    }
  }

  static func openOverrides(in text: String) -> [Int]? {
    var section: [Int]?
    var isInside = false
    var isTicked = false
    for (number, line) in lines(of: text) {
      if line.hasPrefix("#") {
        isInside = line.drop { $0 == "#" }.drop { $0 == " " } == "Overrides"
        if isInside { section = section ?? [] }
        continue
      }
      let content = line.drop { $0 == " " || $0 == "\t" }
      guard isInside, !content.isEmpty, content != "None." else { continue }
      if content.count == line.count { isTicked = content.hasPrefix("- [x] ") }
      if !isTicked { section?.append(number) }
    }
    return section
  }

  private static func lines(of text: String) -> [(Int, Substring)] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated().map { ($0.offset + 1, $0.element) }
  }
}
