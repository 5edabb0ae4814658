import Composition

/// The words that the process was started with.
enum ProcessArguments {
  /// Those after the program's name.
  ///
  /// - Throws: `UsageError` for a word that is not UTF-8; Swift would replace the bytes that are not and go on.
  static func afterName() throws -> [String] {
    try (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      // SAFETY: the first `argc` elements are strings that live as long as the process.
      guard let word = CommandLine.unsafeArgv[index] else { return nil }
      guard let text = String(validatingCString: word) else {
        throw UsageError(
          "argument \(index) is not UTF-8: '\(CaretExcerpt.line(String(cString: word)))'. Write it in UTF-8.")
      }
      return text
    }
  }
}
