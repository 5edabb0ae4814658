import Glibc
import Synchronization

/// The wish of the outside world that this process stop: the first SIGINT, SIGTERM or SIGHUP that arrived.
///
/// Work that takes long polls `isRequested` and stops by itself. What does not stop within `graceSeconds`, or gets a
/// second signal, is ended where it stands: every file that codex writes survives that (docs/reference/commands.md).
enum Interruption {
  /// Seconds between the first signal and the end of the process; a command that finishes its work first asks for more.
  static let graceSeconds: UInt32 = 1
  private static let grace = Atomic<UInt32>(graceSeconds)

  /// From now on the process is ended `seconds` after the first signal, not after `graceSeconds`.
  static func extendGrace(to seconds: UInt32) { grace.store(seconds, ordering: .relaxed) }

  /// 0 until a signal arrives.
  private static let received = Atomic<Int32>(0)

  /// The signal that asked to stop, if one has arrived.
  static var signal: Int32? {
    let number = received.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  static var isRequested: Bool { signal != nil }

  /// Installs the handlers, and has writes to closed pipes and full quotas report errors instead of killing the
  /// process.
  static func install() {
    _ = (signal, grace.load(ordering: .relaxed))  // initialised here rather than inside a handler
    for number in [SIGINT, SIGTERM, SIGHUP] { Glibc.signal(number, note) }
    Glibc.signal(SIGALRM, endNow)
    unblock([SIGINT, SIGTERM, SIGHUP, SIGALRM])
    Glibc.signal(SIGPIPE, SIG_IGN)
    Glibc.signal(SIGXFSZ, SIG_IGN)
  }

  /// A parent may have started this process from a thread that blocks signals, and the mask is inherited.
  private static func unblock(_ numbers: [Int32]) {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    sigprocmask(SIG_UNBLOCK, &set, nil)
  }

  /// Calls only functions that are safe in a handler.
  private static let note: @convention(c) (Int32) -> Void = { number in
    if received.compareExchange(expected: 0, desired: number, ordering: .relaxed).exchanged {
      alarm(grace.load(ordering: .relaxed))
    } else {
      _exit(128 + number)
    }
  }

  private static let endNow: @convention(c) (Int32) -> Void = { _ in
    _exit(128 + received.load(ordering: .relaxed))
  }
}
