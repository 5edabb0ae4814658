import Composition

/// The first word of a command line that is no command, or no option of its command.
///
/// Looked for before help is given, and once the argument parser has refused a line: its own words may be about something that
/// only follows from the mistyped word.
struct CommandLineMistake: Error, CustomStringConvertible {
  let description: String

  /// - Parameter arguments: Without the program's name.
  init?(in arguments: [String]) {
    for index in arguments.indices {
      let word = arguments[index]
      guard var place = CompletionPlace(Array(arguments[..<index])) else { return nil }
      guard case .subcommandOrPositional = place.expected, word != "--" else {
        if case .value = place.expected { continue }
        return nil
      }
      guard word.hasPrefix("--") else {
        guard !word.hasPrefix("-"), CompletionPlace(Array(arguments[...index])) == nil else { continue }
        let group = (["codex"] + place.path).joined(separator: " ")
        self.init(
          "'\(word)' is no command of \(group).", word, among: place.subcommands.map(\.text), help: group)
        return
      }
      place.enterDefault()
      let name = String(word.prefix { $0 != "=" })
      let known = Self.everywhere + place.shape.options.flatMap(\.names) + place.shape.flags.flatMap(\.names)
      if !known.contains(name) {
        let command = (["codex"] + place.path).joined(separator: " ")
        self.init("Unknown option '\(name)'.", name, among: known.filter { $0.hasPrefix("--") }, help: command)
        return
      }
    }
    return nil
  }

  private init(_ sentence: String, _ word: String, among candidates: [String], help command: String) {
    let near = Suggestion.nearest(to: word, among: candidates).map { "'\($0)'" }
    let question = near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?"
    description = "\(sentence)\(question) See '\(command) --help'."
  }

  /// What the argument parser knows of itself, and the options of completion.
  private static let everywhere = ["--help", "--help-hidden", "--version", "--experimental-dump-help"]
}
