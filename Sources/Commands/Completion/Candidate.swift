/// One way to go on with a command line.
struct Candidate: Equatable {
  /// The whole word, not only what is missing.
  let text: String
  /// What it is, for shells that show it; one line.
  let note: String

  init(_ text: String, _ note: String = "") {
    self.text = text
    // The answer is cut at tabs and line ends.
    self.note = String(note.map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }

  /// As the argument parser's closures and the shells' scripts pass it on.
  var line: String { note.isEmpty ? text : "\(text)\t\(note)" }

  init(line: Substring) {
    let parts = line.split(separator: "\t", maxSplits: 1)
    self.init(parts.first.map(String.init) ?? "", parts.count > 1 ? String(parts[1]) : "")
  }

  /// Whether a shell can take it as it is. Others are not offered: quoting differs between shells.
  var isPlain: Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: Self.plainMarks.contains(byte)
        }
      }
  }

  private static let plainMarks = Set("_-./:@=,+~%[".utf8)
}
