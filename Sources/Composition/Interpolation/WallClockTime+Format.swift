extension WallClockTime {
  /// The instant by a pattern of Python's `strftime`, in the C locale.
  ///
  /// - Returns: Nil for a directive that is not known, or a time outside the years 1…9999.
  package func formatted(_ pattern: String) -> String? {
    let shifted = unixSeconds + Double(utcOffsetSeconds)
    guard shifted.isFinite, (-62_135_596_800...253_402_300_799).contains(shifted) else { return nil }
    let date = CalendarDate(shifted)
    var result = "", isDirective = false
    for character in pattern {
      guard isDirective else {
        if character == "%" { isDirective = true } else { result.append(character) }
        continue
      }
      isDirective = false
      guard let text = date.text(character, of: self) else { return nil }
      result += text
    }
    return isDirective ? nil : result
  }
}

/// A civil date and a time of day.
///
/// Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
private struct CalendarDate {
  let year: Int, month: Int, day: Int
  let hour: Int, minute: Int, second: Int, microsecond: Int
  /// 0 is Sunday.
  let weekday: Int
  /// From 1.
  let dayOfYear: Int

  init(_ seconds: Double) {
    let whole = Int(seconds.rounded(.down))
    microsecond = Int((seconds - Double(whole)) * 1_000_000)
    let days = Self.floorDivide(whole, 86_400), rest = whole - days * 86_400
    (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60)
    let shifted = days + 719_468
    let era = Self.floorDivide(shifted, 146_097), dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfMarchYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfMarchYear + 2) / 153
    day = dayOfMarchYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.year = year
    weekday = ((days + 4) % 7 + 7) % 7
    let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
    dayOfYear = before + day + (isLeap && month > 2 ? 1 : 0)
  }

  private static func floorDivide(_ dividend: Int, _ divisor: Int) -> Int {
    dividend >= 0 ? dividend / divisor : -((divisor - 1 - dividend) / divisor)
  }

  private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// What stands for one directive.
  func text(_ directive: Character, of time: WallClockTime) -> String? {
    switch directive {
    case "Y": "\(year)"
    case "y": Self.padded(year % 100)
    case "m": Self.padded(month)
    case "d": Self.padded(day)
    case "j": Self.padded(dayOfYear, 3)
    case "H": Self.padded(hour)
    case "I": Self.padded((hour + 11) % 12 + 1)
    case "M": Self.padded(minute)
    case "S": Self.padded(second)
    case "f": Self.padded(microsecond, 6)
    case "p": hour < 12 ? "AM" : "PM"
    case "A": Self.weekdays[weekday]
    case "a": String(Self.weekdays[weekday].prefix(3))
    case "B": Self.months[month - 1]
    case "b", "h": String(Self.months[month - 1].prefix(3))
    case "w": "\(weekday)"
    case "u": "\(weekday == 0 ? 7 : weekday)"
    case "F": "\(year)-\(Self.padded(month))-\(Self.padded(day))"
    case "T": "\(Self.padded(hour)):\(Self.padded(minute)):\(Self.padded(second))"
    case "D": "\(Self.padded(month))/\(Self.padded(day))/\(Self.padded(year % 100))"
    case "R": "\(Self.padded(hour)):\(Self.padded(minute))"
    case "s": "\(Int(time.unixSeconds.rounded(.down)))"
    case "%": "%"
    default: nil
    }
  }

  private static func padded(_ number: Int, _ width: Int = 2) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
