import ArgumentParser

/// What may follow a command line that is being typed.
struct CompletionAnswer: Equatable {
  /// What the shell is to do with the word being typed.
  enum Mode: String { case words, files, directories }

  let mode: Mode
  let candidates: [Candidate]

  /// The mode on the first line, then a candidate a line.
  var text: String { ([mode.rawValue] + candidates.map(\.line)).joined(separator: "\n") + "\n" }

  private static let nothing = CompletionAnswer(mode: .words, candidates: [])

  /// - Parameter line: Up to the cursor, as typed, the program's name included; only its last command counts.
  init(to line: String) {
    // A mark at the cursor tells the word being typed from words that have ended.
    let mark: Character = "\u{1}"
    guard let words = ShellWords.commands(in: line + String(mark)).last, words.count > 1,
      let last = words.last, last.last == mark
    else {
      self = Self.nothing
      return
    }
    self = Self.answer(to: Array(words.dropFirst().dropLast()), typing: String(last.dropLast()))
  }

  private init(mode: Mode, candidates: [Candidate]) {
    self.mode = mode
    self.candidates = candidates
  }

  private static func answer(to words: [String], typing prefix: String) -> CompletionAnswer {
    guard var place = CompletionPlace(words) else { return nothing }
    if prefix.hasPrefix("-") { place.enterDefault() }
    let all: CompletionAnswer
    switch place.expected {
    case .value(let option): all = values(of: option, place, words, prefix)
    case .subcommandOrPositional where prefix.hasPrefix("-") && prefix.contains("="):
      all = attachedValue(place, words, prefix)
    case .subcommandOrPositional where prefix.hasPrefix("-"):
      all = CompletionAnswer(mode: .words, candidates: place.optionNames)
    case .subcommandOrPositional, .positional: all = firstWords(place, words, prefix)
    }
    return CompletionAnswer(
      mode: all.mode, candidates: all.candidates.filter { $0.isPlain && $0.text.hasPrefix(prefix) })
  }

  private static func firstWords(_ place: CompletionPlace, _ words: [String], _ prefix: String) -> CompletionAnswer {
    if !place.subcommands.isEmpty { return CompletionAnswer(mode: .words, candidates: place.subcommands) }
    guard let (argument, index) = place.positional else {
      return CompletionAnswer(mode: .words, candidates: place.optionNames)
    }
    let answer = values(of: argument, named: "positional@\(index)", place, words, prefix)
    // An argument that can be anything says nothing; the options at least are known.
    let isSilent = answer == nothing && prefix.isEmpty && place.expected == .subcommandOrPositional
    return isSilent ? CompletionAnswer(mode: .words, candidates: place.optionNames) : answer
  }

  /// `--option=value` in one word.
  private static func attachedValue(_ place: CompletionPlace, _ words: [String], _ prefix: String) -> CompletionAnswer {
    let head = prefix.prefix { $0 != "=" } + "="
    guard let option = place.shape.option(String(head.dropLast())) else { return nothing }
    let answer = values(of: option, place, words, String(prefix.dropFirst(head.count)))
    return CompletionAnswer(mode: answer.mode, candidates: answer.candidates.map { Candidate(head + $0.text, $0.note) })
  }

  /// The values of an argument: those it lists, or those that its closure finds.
  private static func values(
    of argument: CommandShape.Argument, named name: String? = nil, _ place: CompletionPlace, _ words: [String],
    _ prefix: String
  ) -> CompletionAnswer {
    switch argument.completion {
    case .none: return nothing
    case .files: return CompletionAnswer(mode: .files, candidates: [])
    case .directories: return CompletionAnswer(mode: .directories, candidates: [])
    case .list(let values): return CompletionAnswer(mode: .words, candidates: values.map { Candidate($0) })
    case .custom:
      // The argument parser's own way to run the closure of an argument; it answers with a message.
      let request =
        ["---completion"] + place.path + ["--", name ?? argument.names[0], "\(words.count)", "\(prefix.count)"]
        + words + [prefix]
      do {
        _ = try CodexCommand.parseAsRoot(request)
        return nothing
      } catch {
        guard CodexCommand.exitCode(for: error) == .success else { return nothing }
        let lines = CodexCommand.fullMessage(for: error).split(separator: "\n")
        return CompletionAnswer(mode: .words, candidates: lines.map(Candidate.init(line:)))
      }
    }
  }
}
