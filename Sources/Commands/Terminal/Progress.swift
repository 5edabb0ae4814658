/// How far a long task is: a bar with the time left on a terminal, an occasional line elsewhere.
package final class Progress {
  private let talk: Talk
  private let title: String
  private let clock: () -> Double
  private let started: Double
  private var lastShown: Double
  private var firstDone: Int?

  /// Seconds between two updates of the bar, and between two lines.
  static let barInterval = 0.1
  static let lineInterval = 10.0
  private static let barWidth = 24
  private static let shortBarWidth = 8

  /// - Parameter clock: Monotonic seconds.
  package init(_ title: String, talk: Talk, clock: @escaping () -> Double) {
    self.title = title
    self.talk = talk
    self.clock = clock
    started = clock()
    lastShown = started
  }

  /// Says that `done` of `total` units are done; cheap to call often.
  package func update(_ done: Int, of total: Int, _ note: String = "") {
    let now = clock()
    let first = firstDone ?? done
    firstDone = first
    guard total > 0, now - lastShown >= (talk.isTerminal ? Self.barInterval : Self.lineInterval) else { return }
    lastShown = now
    let share = min(1, Double(done) / Double(total))
    let rest = done > first ? (now - started) / Double(done - first) * Double(total - done) : nil
    let timing = rest.map { ", \(DurationText.of(seconds: $0)) left" } ?? ""
    let figures = "\(done)/\(total)\(timing)"
    let details = note.isEmpty ? "" : "  \(note)"
    guard talk.isTerminal else { return talk.say("\(title): \(figures)\(details)") }
    func line(bar width: Int, _ details: String) -> StyledText {
      let filled = Int(share * Double(width))
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      return StyledText("\(title) ") + StyledText(bar, .cyan)
        + StyledText("\(width > 0 ? " " : "")\(figures)\(details)")
    }
    // What a narrow terminal has no room for goes: most of the bar first, then the figures at the end, then the bar.
    let lines = [
      line(bar: Self.barWidth, details), line(bar: Self.shortBarWidth, details), line(bar: Self.barWidth, ""),
      line(bar: Self.shortBarWidth, ""), line(bar: 0, ""),
    ]
    let columns = talk.columns
    talk.transient(lines.first { $0.width <= columns } ?? lines[lines.count - 1])
  }

  /// Removes the bar.
  package func finish() { talk.clearTransient() }
}

/// Durations for people.
package enum DurationText {
  /// `45 s`, `3 min 20 s`, `2 h 5 min`.
  package static func of(seconds: Double) -> String {
    guard seconds.isFinite, seconds < 1e9 else { return "unknown time" }
    let whole = Int(max(0, seconds).rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}
