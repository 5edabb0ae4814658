import Glibc

/// The memory of this process.
enum PeakMemory {
  /// The most that was resident at once, in bytes; nil where the system does not say.
  static func bytes() -> Int64? {
    var usage = rusage()
    guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return nil }
    return Int64(usage.ru_maxrss) << 10
  }
}
