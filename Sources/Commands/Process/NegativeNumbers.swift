/// Words that begin with a minus sign and a digit: values, though they look like options to the argument parser.
enum NegativeNumbers {
  /// The same words, so written that the parser reads each such number as the value that it is.
  static func protected(_ arguments: [String]) -> [String] {
    guard arguments.contains(where: isNumber) else { return arguments }
    var protected: [String] = []
    var moved: [String] = []
    for (index, word) in arguments.enumerated() {
      guard isNumber(word), let place = CompletionPlace(Array(arguments[..<index])) else {
        protected.append(word)
        continue
      }
      switch place.expected {
      case .value: protected[protected.count - 1] += "=" + word
      case .subcommandOrPositional: moved.append(word)
      case .positional: protected.append(word)
      }
    }
    // Behind this word everything is a value.
    return protected + (moved.isEmpty || protected.contains("--") ? [] : ["--"]) + moved
  }

  private static func isNumber(_ word: String) -> Bool {
    word.first == "-" && word.dropFirst().first.map { $0.isASCII && $0.isNumber } == true
  }
}
