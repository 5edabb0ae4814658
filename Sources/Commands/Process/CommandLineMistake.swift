import Composition

/// The first word of a command line that is no command, no option of its command, or one word too many.
///
/// Looked for before help is given, and once the argument parser has refused a line: its own words may be about something that
/// only follows from the mistyped word.
struct CommandLineMistake: Error, CustomStringConvertible {
  let description: String

  /// - Parameter arguments: Without the program's name.
  init?(in arguments: [String]) {
    // `codex help trian` asks for the help of a command.
    let arguments = arguments.first == "help" ? Array(arguments.dropFirst()) : arguments
    for index in arguments.indices {
      let word = arguments[index]
      guard var place = CompletionPlace(Array(arguments[..<index])) else { return nil }
      guard case .subcommandOrPositional = place.expected, word != "--" else {
        if case .value = place.expected { continue }
        return nil
      }
      guard word.hasPrefix("--") || word.hasPrefix("-") && Self.otherWords[word] != nil else {
        if word.hasPrefix("-") || place.subcommands.contains(where: { $0.text == word }) { continue }
        let names = place.subcommands.map(\.text)
        let hasNoPlace = CompletionPlace(Array(arguments[...index])) == nil
        // Where there is a default subcommand the rest belongs to it, unless another was meant.
        let near = hasNoPlace ? Self.names(like: word, among: names) : Suggestion.nearest(to: word, among: names)
        if hasNoPlace || word.count > 3 && !near.isEmpty {
          self.init("'\(word)' is no command of \(place.name).", near, help: place.name)
          return
        }
        place.enterDefault()
        if let mistake = Self.excess(word, place, arguments, index) {
          self = mistake
          return
        }
        continue
      }
      place.enterDefault()
      let name = String(word.prefix { $0 != "=" })
      let known = Self.everywhere + place.shape.options.flatMap(\.names) + place.shape.flags.flatMap(\.names)
      if !known.contains(name) {
        let near = Self.names(like: name, among: known.filter { $0.hasPrefix("--") })
        self.init("Unknown option '\(name)'.", near, help: place.name)
        return
      }
    }
    return nil
  }

  private init(_ sentence: String, _ near: [String], help command: String) {
    let near = near.map { "'\($0)'" }
    let question = near.isEmpty ? "" : " Did you mean \(near.joined(separator: " or "))?"
    description = "\(sentence)\(question) See '\(command) --help'."
  }

  /// A word for which the command has no place: a value whose option is missing, or the rest of what was not quoted.
  private static func excess(_ word: String, _ place: CompletionPlace, _ arguments: [String], _ index: Int)
    -> CommandLineMistake?
  {
    let command = place.name
    guard let (argument, _) = place.positional else {
      let count = place.shape.positionals.count
      guard count == 0, let option = place.optionTaking(word) else {
        let words = arguments[max(0, index - 1)...].prefix { !$0.hasPrefix("--") }.joined(separator: " ")
        let quoting = count == 1 ? " If it belongs to the word before it, write \"\(words)\"." : ""
        return CommandLineMistake(sentence: "Unexpected '\(word)'.\(quoting) See '\(command) --help'.")
      }
      return CommandLineMistake("Unexpected '\(word)'.", ["\(option) \(word)"], help: command)
    }
    // Overrides have a '=', unless they delete.
    guard argument.isOverrides, !word.contains("="), !word.hasPrefix("~"), let option = place.optionTaking(word) else {
      return nil
    }
    return CommandLineMistake("'\(word)' is no override.", ["\(option) \(word)"], help: command)
  }

  private init(sentence: String) { description = sentence }

  /// Names that a mistyped word may stand for: near ones, those of which it is a part, and what other programs call so.
  private static func names(like word: String, among candidates: [String]) -> [String] {
    if let other = otherWords[word] { return [other] }
    let near = Suggestion.nearest(to: word, among: candidates)
    guard near.isEmpty, word.count > 3 else { return near }
    return candidates.filter { $0.split(separator: "-").contains(Substring(word)) }
  }

  private static let otherWords = [
    "version": "--version", "-V": "--version", "-version": "--version", "completion": "--generate-completion-script",
    "completions": "--generate-completion-script", "run": "train", "fit": "train", "score": "evaluate",
    "test": "evaluate",
    "eval": "evaluate", "solve": "plan", "generate": "plan", "push": "register", "new": "init", "create": "init",
    "--csv": "--json", "--format=json": "--json",
  ]

  /// What the argument parser knows of itself, and the options of completion.
  private static let everywhere = [
    "--help", "--help-hidden", "--version", "--experimental-dump-help", CompletionScript.option,
  ]
}

extension CompletionPlace {
  /// The option whose values include `word`, such as `--template` for `baseline`.
  fileprivate func optionTaking(_ word: String) -> String? {
    shape.options.first { option in
      let line = "\(name) \(option.names.last ?? "") \(word)"
      guard option.completion != .none, option.completion != .files, option.completion != .directories else {
        return false
      }
      return CompletionAnswer(to: line).candidates.contains { $0.text == word }
    }?.names.last { $0.hasPrefix("--") }
  }
}

extension CommandShape.Argument {
  /// Whether it is the trailing argument of settings.
  fileprivate var isOverrides: Bool { names.isEmpty && isRepeating && completion == .custom && summary.contains("=") }
}
