/// A day of the Gregorian calendar, in UTC.
struct CivilDay: Comparable {
  /// Days since 1970-01-01.
  let number: Int

  init(number: Int) { self.number = number }

  /// The day of an instant, in seconds since 1970-01-01 UTC; nil beyond the years 0 to 9999.
  init?(at seconds: Double) {
    guard let number = Int(exactly: (seconds / 86_400).rounded(.down)), abs(number) < 3_000_000 else { return nil }
    self.number = number
  }

  /// Reads `YYYY-MM-DD`; nil for anything else, also for days that do not exist.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month),
      (1...Self.length(of: month, in: year)).contains(day)
    else { return nil }
    // Howard Hinnant, "chrono-compatible low-level date algorithms", days_from_civil: years begin in March, so that the
    // leap day comes last.
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    number = era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func length(of month: Int, in year: Int) -> Int {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
  }

  static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }
}
