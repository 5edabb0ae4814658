import Composition
import Glibc

/// The clocks of this machine.
package enum WallClock {
  /// Seconds since 1970-01-01 UTC; may jump.
  package static func now() -> Double { seconds(CLOCK_REALTIME) }

  /// Seconds since some fixed instant; never jumps. For durations.
  package static func monotonic() -> Double { seconds(CLOCK_MONOTONIC) }

  /// Now, as the clock on this machine's wall shows it.
  static func local() -> WallClockTime {
    let seconds = now()
    var time = time_t(seconds), parts = tm()
    localtime_r(&time, &parts)
    return WallClockTime(unixSeconds: seconds, utcOffsetSeconds: parts.tm_gmtoff)
  }

  /// Returns when `monotonic` has reached `time`.
  package static func sleep(until time: Double) {
    while true {
      let rest = time - monotonic()
      guard rest > 0 else { return }
      usleep(useconds_t(min(rest, 1) * 1e6) + 1)
    }
  }

  /// `seconds` since 1970-01-01 UTC as `2026-05-01 12:30:00Z`; for people.
  package static func text(_ seconds: Double) -> String {
    var time = time_t(exactly: seconds.rounded(.down)) ?? 0
    var parts = tm()
    gmtime_r(&time, &parts)
    var buffer = [CChar](repeating: 0, count: 64)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%d %H:%M:%SZ", &parts)
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The instant that `text` names, as `2026-05-01T12:30:00Z` (RFC 3339 in UTC) or seconds since 1970-01-01 UTC; nil for
  /// anything else.
  package static func instant(_ text: String) -> Double? {
    if let seconds = Double(text) { return seconds.isFinite && seconds >= 0 ? seconds : nil }
    let numbers = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int32($0) }
    guard numbers.count == 6, text.utf8.count == 20 else { return nil }
    var parts = tm()
    parts.tm_year = numbers[0] - 1900
    parts.tm_mon = numbers[1] - 1
    (parts.tm_mday, parts.tm_hour) = (numbers[2], numbers[3])
    (parts.tm_min, parts.tm_sec) = (numbers[4], numbers[5])
    let seconds = timegm(&parts)
    // Other separators, and days that do not exist, do not read back.
    return Self.text(Double(seconds)).replacing(" ", with: "T") == text ? Double(seconds) : nil
  }

  /// Sleeps; a signal ends it early.
  package static func pause(seconds: Double) { usleep(UInt32(seconds * 1e6)) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
