import Schemas
import Storage

/// What the pages of a workspace say about milestones.
public struct MilestonePages: Sendable {
  /// A line that keeps something open.
  public struct OpenLine: Sendable, Equatable {
    public let page: String
    /// From 1.
    public let line: Int
    public let text: String

    public init(page: String, line: Int, text: String) {
      self.page = page
      self.line = line
      self.text = text
    }
  }

  /// What stands where a waiver is named.
  public enum WaiverPage: Sendable, Equatable {
    case found(Waiver, page: String)
    case missing(page: String)
    case unreadable(page: String, problem: String)
  }

  /// Where status pages are.
  public static let directory: StoragePath = "status_updates"

  /// Unticked items of `status_updates/<milestone>.md`, by milestone.
  public let actionItems: [String: [OpenLine]]
  /// By milestone, where its configuration names one.
  public let waivers: [String: WaiverPage]
  /// Open lines under *Overrides*, by page; none for a page that is not there or has no such section.
  public let overrides: [StoragePath: [OpenLine]]
  /// When a tag first named a bundle, in seconds since 1970-01-01 UTC.
  public let registered: [Digest: Double]

  public init(
    actionItems: [String: [OpenLine]] = [:], waivers: [String: WaiverPage] = [:],
    overrides: [StoragePath: [OpenLine]] = [:], registered: [Digest: Double] = [:]
  ) {
    self.actionItems = actionItems
    self.waivers = waivers
    self.overrides = overrides
    self.registered = registered
  }

  /// The lines of a page that are unticked items of a task list, `- [ ]`, at any depth and with any bullet.
  static func openItems(in text: String, page: String) -> [OpenLine] {
    lines(of: text).compactMap { number, line in
      let content = line.drop { $0 == " " || $0 == "\t" || $0 == ">" }
      guard let bullet = content.first, "-*+".contains(bullet) else { return nil }
      let box = content.dropFirst().drop { $0 == " " || $0 == "\t" }
      guard box.hasPrefix("[ ]") || box.hasPrefix("[]") else { return nil }
      return OpenLine(page: page, line: number, text: String(content))
    }
  }

  /// The lines of the section *Overrides* that note one: whatever is not empty, `None.`, or a ticked item with its
  /// indented lines.
  ///
  /// - Returns: Nil for a page without that section, which says nothing about overrides.
  static func openOverrides(in text: String, page: String) -> [OpenLine]? {
    var section: [OpenLine]?
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
      let isContinuation = content.count < line.count
      if !isContinuation { isTicked = content.hasPrefix("- [x] ") }
      if !isTicked { section?.append(OpenLine(page: page, line: number, text: String(content))) }
    }
    return section
  }

  private static func lines(of text: String) -> [(Int, Substring)] {
    text.split(omittingEmptySubsequences: false) { $0.isNewline }.enumerated().map { ($0.offset + 1, $0.element) }
  }
}
