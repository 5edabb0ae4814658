import Glibc

/// The clocks of this machine.
package enum WallClock {
  /// Seconds since 1970-01-01 UTC; may jump.
  package static func now() -> Double { seconds(CLOCK_REALTIME) }

  /// Seconds since some fixed instant; never jumps. For durations.
  package static func monotonic() -> Double { seconds(CLOCK_MONOTONIC) }

  /// Returns when `monotonic` has reached `time`.
  package static func sleep(until time: Double) {
    while true {
      let rest = time - monotonic()
      guard rest > 0 else { return }
      usleep(useconds_t(min(rest, 1) * 1e6) + 1)
    }
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
