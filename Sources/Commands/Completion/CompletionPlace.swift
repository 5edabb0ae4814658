import ArgumentParser

/// Where in the command tree a command line has come to, and what it expects next.
struct CompletionPlace {
  /// What the next word is.
  enum Expected: Equatable {
    case value(of: CommandShape.Argument)
    case subcommandOrPositional
    /// After `--`: no option.
    case positional

    static func == (left: Expected, right: Expected) -> Bool {
      switch (left, right) {
      case (.value(let left), .value(let right)): left.names == right.names
      case (.subcommandOrPositional, .subcommandOrPositional), (.positional, .positional): true
      default: false
      }
    }
  }

  /// Names of commands from the root, which has none.
  private(set) var path: [String] = []
  /// The command so far, as it is typed: `codex traces show`.
  var name: String { (["codex"] + path).joined(separator: " ") }
  private(set) var shape: CommandShape
  private(set) var expected = Expected.subcommandOrPositional
  private var command: any ParsableCommand.Type = CodexCommand.self
  private var positionalCount = 0
  private var typedOptions: Set<String> = []

  /// - Parameter words: Those that have ended, the program's name left out.
  /// - Returns: nil if one of them is no command.
  init?(_ words: [String]) {
    // Asked of a command with subcommands, the parser would describe them all.
    shape = CommandShape(RootOptions.self)
    for word in words {
      if expected != .subcommandOrPositional {
        if expected == .positional { positionalCount += 1 } else { expected = .subcommandOrPositional }
      } else if word == "--" {
        expected = .positional
      } else if word.hasPrefix("-"), word.count > 1 {
        enterDefault()
        let name = String(word.prefix { $0 != "=" })
        typedOptions.insert(name)
        if name == word, let option = shape.option(name) { expected = .value(of: option) }
      } else if !descend(to: word) {
        guard isLeaf else { return nil }
        positionalCount += 1
      }
    }
  }

  private var isLeaf: Bool { command.configuration.subcommands.isEmpty }

  /// Enters the subcommand of that name, or the default one with the word as its argument.
  private mutating func descend(to word: String) -> Bool {
    let configuration = command.configuration
    if let next = configuration.subcommands.first(where: { $0.configuration.commandName == word }) {
      enter(next)
      return true
    }
    guard let fallback = configuration.defaultSubcommand else { return false }
    enter(fallback)
    return descend(to: word)
  }

  /// Enters the subcommand that options go to where none is named, if there is one.
  mutating func enterDefault() {
    if let fallback = command.configuration.defaultSubcommand { enter(fallback) }
  }

  private mutating func enter(_ next: any ParsableCommand.Type) {
    command = next
    path.append(next.configuration.commandName ?? "")
    if isLeaf { shape = CommandShape(next) }
  }

  // MARK: What may follow

  var subcommands: [Candidate] {
    command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.map {
      Candidate($0.configuration.commandName ?? "", $0.configuration.abstract)
    }
  }

  /// The argument that the next positional word is, and its index; the last one may repeat.
  var positional: (CommandShape.Argument, index: Int)? {
    let all = shape.positionals
    if positionalCount < all.count { return (all[positionalCount], positionalCount) }
    guard let last = all.last, last.isRepeating else { return nil }
    return (last, all.count - 1)
  }

  /// Options and flags that were not given yet, by their long names.
  var optionNames: [Candidate] {
    (shape.options + shape.flags).filter { argument in
      argument.isRepeating || typedOptions.isDisjoint(with: argument.names)
    }.compactMap { argument in
      argument.names.first { $0.hasPrefix("--") }.map { Candidate($0, argument.summary) }
    }
  }
}
