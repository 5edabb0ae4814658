import Glibc

/// The window of a terminal.
enum TerminalSize {
  /// How many columns the terminal behind a descriptor has now; nil where it is none or does not say.
  static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
