import Composition

/// An owned, expiring decision to go on although a milestone is open, and what exactly it excuses: the front matter of a
/// page in `status_updates/`.
public struct Waiver: Sendable, Equatable {
  /// Days that a waiver may still run: what takes longer is no exception but a change of the gate.
  public static let longestDays = 90

  public let milestone: String
  /// Who answers for the risk.
  public let owner: String
  /// The last day on which it holds, `YYYY-MM-DD` in UTC.
  public let expires: String
  public let reason: String
  /// Of different clauses; at least one.
  public let excuses: [Excuse]

  /// Reads the front matter of a page: YAML between two lines `---`, the first of which begins the page.
  ///
  /// - Throws: `ConfigError` unless it holds exactly the five keys, each with an answer rather than a placeholder.
  public init(markdown bytes: [UInt8], file: String) throws {
    var read = ConfigReader(try YAMLReader.read(try Self.frontMatter(of: bytes, file: file), file: file))
    milestone = read.string("milestone")
    owner = read.string("owner")
    expires = read.string("expires")
    reason = read.string("reason")
    excuses = read.each("excuses") { Excuse(reading: &$0) }
    if Self.isPlaceholder(owner) {
      read.refuse("owner", allowed: "the name of a person or team who answers for the risk")
    }
    if !Self.isSentence(reason) {
      read.refuse(
        "reason",
        allowed: "a sentence of at least \(Self.fewestWords) words that ends with '.', '!' or '?', at most "
          + "\(Self.longestReason) characters")
    }
    if excuses.isEmpty { read.refuse("excuses", allowed: "at least one of \(Self.example)") }
    if Set(excuses.map(\.clause)).count != excuses.count {
      read.refuse("excuses", allowed: "different clauses, each once")
    }
    if CivilDay(expires) == nil { read.refuse("expires", allowed: "a day as YYYY-MM-DD") }
    try read.finish()
  }

  private static func frontMatter(of bytes: [UInt8], file: String) throws -> [UInt8] {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    func isFence(_ line: ArraySlice<UInt8>) -> Bool { ["---", "---\r"].contains { line.elementsEqual($0.utf8) } }
    guard let first = lines.first, isFence(first), let end = lines.dropFirst().firstIndex(where: isFence)
    else {
      throw ConfigError.unreadableYAML(
        origin: .file(path: file, line: 1, column: 1),
        problem: "a waiver begins with front matter between two lines '---'")
    }
    // The fence's line stays, as the start of the document, so that errors show the page's own line numbers.
    return Array(lines[..<end].joined(separator: [UInt8(ascii: "\n")]))
  }

  /// Throws unless it waives `id` on the day of `now`.
  func check(waiving id: String, now: Double, page: String) throws(GateRefusal) {
    guard milestone == id else {
      throw GateRefusal(
        .waiverOfOtherMilestone,
        "\(page) waives \(milestone), expected \(id). Name the right page as its waiver in the gates' configuration.")
    }
    guard let last = CivilDay(expires), let today = CivilDay(at: now), today <= last else {
      throw GateRefusal(
        .waiverExpired, "\(page) expired after \(expires). Close \(id), or have \(owner) renew the waiver.")
    }
    guard last.number - today.number <= Self.longestDays else {
      throw GateRefusal(
        .waiverTooLong,
        "\(page) expires on \(expires), in \(last.number - today.number) days; allowed: \(Self.longestDays). "
          + "Set an earlier day and renew it when it comes.")
    }
  }
}
