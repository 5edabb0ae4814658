import Schemas
import Storage

/// What the pages of a workspace say about milestones.
public struct MilestonePages: Sendable {
  /// A line that keeps something open.
  public struct OpenLine: Sendable, Equatable {
    /// Why it does.
    public enum Cause: Sendable {
      /// It is an unticked item or an override that nobody ticked.
      case open
      /// From it on nobody can tell what the page says; `text` is the problem and the remedy.
      case unreadable
      /// The page's name differs from the expected one, which is `text`, by upper and lower case only.
      case misnamed
    }

    public let page: String
    /// From 1.
    public let line: Int
    public let text: String
    public let cause: Cause

    public init(page: String, line: Int, text: String, cause: Cause = .open) {
      self.page = page
      self.line = line
      self.text = text
      self.cause = cause
    }

    /// The no of a clause that the line keeps open.
    ///
    /// - Parameters:
    ///   - reason: The clause's word for an open line.
    ///   - remedy: What to do about one.
    func refusal(_ reason: GateReason, remedy: String) -> GateRefusal {
      switch cause {
      case .open: GateRefusal(reason, "\(page):\(line): '\(text.prefix(200))' is open. \(remedy)")
      case .unreadable: GateRefusal(.unreadableSection, "\(page):\(line): \(text)")
      case .misnamed: GateRefusal(.misnamedPage, "\(page) is not read: its name differs from \(text). Rename it.")
      }
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

  /// What keeps milestones open on their pages `status_updates/<milestone>.md`, by milestone.
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
}
