import Glibc

/// The three descriptors that a process inherits.
enum StandardStreams {
  /// Occupies those that the caller closed, so that no file which is opened later receives the output.
  ///
  /// The read end of a pipe stands in: reading it gives end of file, and writing to it fails with `EBADF`, as on a
  /// closed descriptor.
  static func occupyClosed() {
    for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) == -1 {
      var ends: [Int32] = [-1, -1]
      // The lowest free descriptor is `number`: all below are open.
      if pipe(&ends) == 0 { close(ends[1]) }
    }
  }
}
