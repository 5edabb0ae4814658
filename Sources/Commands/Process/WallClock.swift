import Glibc

/// The clocks of this machine.
package enum WallClock {
  /// Seconds since 1970-01-01 UTC; may jump.
  package static func now() -> Double { seconds(CLOCK_REALTIME) }

  /// Seconds since some fixed instant; never jumps. For durations.
  package static func monotonic() -> Double { seconds(CLOCK_MONOTONIC) }

  /// Sleeps; a signal ends it early.
  package static func pause(seconds: Double) { usleep(UInt32(seconds * 1e6)) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
