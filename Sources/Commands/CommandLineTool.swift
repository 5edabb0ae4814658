import ArgumentParser
import Composition
import Glibc

/// The program: arguments in, exit code out.
public enum CommandLineTool {
  /// Runs the command that this process's arguments ask for, on its streams.
  ///
  /// - Returns: The exit code, with everything written and flushed.
  public static func main() -> Int32 {
    StandardStreams.occupyClosed()
    Interruption.install()
    let environment = Environment.ofProcess()
    let session = Session(
      output: Output(descriptor: STDOUT_FILENO, environment), talk: Talk(descriptor: STDERR_FILENO, environment),
      environment: environment)
    var status: ExitReason
    do { status = run(try ProcessArguments.afterName(), in: session) } catch { status = report(error, in: session) }
    do { try session.output.finish() } catch { status = report(error, in: session) }
    // Work that was finished when the signal came is finished: whoever tries again until 0 must come to an end.
    if let signal = Interruption.signal, status != .yes, status != .no { status = .interrupted(signal: signal) }
    return status.code
  }

  static func run(_ arguments: [String], in session: Session) -> ExitReason {
    session.expectsJSON(asksForJSON(arguments))
    do {
      if let text = try completion(arguments) {
        try session.output.text(text)
        return .yes
      }
      let arguments = NegativeNumbers.protected(arguments)
      if asksForHelp(arguments), let mistake = CommandLineMistake(in: arguments) { throw mistake }
      var command: any ParsableCommand
      do { command = try CodexCommand.parseAsRoot(arguments) } catch  where isUsageError(error) {
        throw CommandLineMistake(in: arguments) ?? error
      }
      guard let verb = command as? any Verb else {
        try command.run()  // prints help, by throwing it
        return .yes
      }
      try session.adopt(verb.global, isFoundUpwards: verb.looksUpwards)
      if let table = verb.table { session.adopt(table) } else if session.wantsJSON { throw noJSON(verb, arguments) }
      return try verb.run(in: session)
    } catch {
      return report(error, in: session, of: arguments)
    }
  }

  /// Whether an error is to be one object: before the command line could be read, too.
  private static func asksForJSON(_ arguments: [String]) -> Bool {
    arguments.prefix { $0 != "--" }.contains("--json")
  }

  private static func noJSON(_ verb: any Verb, _ arguments: [String]) -> UsageError {
    let command = name(in: arguments)
    return UsageError("'\(command)' has no '--json'. See '\(command) --help'.")
  }

  /// The command of a command line, as far as its words name one: `codex traces show`.
  private static func name(in arguments: [String]) -> String {
    var command = "codex"
    for count in arguments.indices {
      guard let place = CompletionPlace(Array(arguments[...count])) else { break }
      command = place.name
    }
    return command
  }

  private static func asksForHelp(_ arguments: [String]) -> Bool {
    arguments.first == "help" || arguments.prefix { $0 != "--" }.contains { ["--help", "-h"].contains($0) }
  }

  /// Whether an error of the argument parser is about the command line, and not a wish such as for help.
  private static func isUsageError(_ error: any Error) -> Bool { CodexCommand.exitCode(for: error) != .success }

  /// The answer to what a shell's completion asks, or the script that asks it; nil for every other command line.
  private static func completion(_ arguments: [String]) throws -> String? {
    switch arguments.first {
    case CompletionScript.request: return CompletionAnswer(to: arguments.dropFirst().joined(separator: " ")).text
    case CompletionScript.option:
      guard let shell = arguments.dropFirst().first.flatMap(CompletionScript.init(rawValue:)) else {
        let shells = CompletionScript.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageError("'\(CompletionScript.option)' names a shell; there are scripts for \(shells).")
      }
      return shell.text
    default: return nil
    }
  }

  /// Says what went wrong, once, and gives the exit status for it. With `--json` nothing else is printed: what was not yet
  /// handed to the system is dropped.
  private static func report(
    _ error: any Error, in session: Session, of arguments: [String] = []
  ) -> ExitReason {
    let error = (error as? ConfigError)?.distinct ?? error
    if let status = ExitReason(for: error) {
      let isClosedPipe = (error as? OutputError)?.isClosedPipe == true
      let sentence = ErrorText.sentence(for: error, quoting: session.sources)
      if session.wantsJSON, !isClosedPipe {
        session.fail(Failure(error, sentence: sentence, reason: status, command: name(in: arguments)))
      } else if !isClosedPipe, !(error is CancellationError) {
        session.talk.fail(sentence)
      }
      return status
    }
    // The argument parser's own: a help text to print, or a usage error.
    guard isUsageError(error) else {
      let text = HelpText.fitted(CodexCommand.fullMessage(for: error), columns: session.output.columns)
      do { try session.output.text(text + "\n") } catch { return report(error, in: session) }
      return .yes
    }
    if session.wantsJSON {
      let command = name(in: arguments)
      session.fail(
        Failure(CodexCommand.message(for: error), reason: .usage, command: command))
    } else {
      session.talk.usage(CodexCommand.fullMessage(for: error))
    }
    return .usage
  }

  /// Why `arguments` are no command line of codex, or nil if they are one. Runs nothing.
  public static func usageError(in arguments: [String]) -> String? {
    do {
      _ = try CodexCommand.parseAsRoot(NegativeNumbers.protected(arguments))
      return nil
    } catch {
      return CodexCommand.exitCode(for: error) == .success ? nil : CodexCommand.fullMessage(for: error)
    }
  }

  /// Whether `words` are the name of a command, as `traces show` is.
  public static func namesCommand(_ words: [String]) -> Bool {
    var command: any ParsableCommand.Type = CodexCommand.self
    for word in words {
      guard let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word }) else {
        return false
      }
      command = next
    }
    return true
  }
}

extension Output {
  /// Takes what nobody reads.
  static var discarding: Output { Output(descriptor: -1, isTerminal: false, inColour: false) }

  convenience init(descriptor: Int32, _ environment: Environment) {
    let isTerminal = isatty(descriptor) == 1
    self.init(descriptor: descriptor, isTerminal: isTerminal, inColour: isTerminal && !environment.forbidsColour)
  }
}

extension Talk {
  /// Says what nobody hears.
  static var discarding: Talk { Talk(descriptor: -1, isTerminal: false, inColour: false) }

  convenience init(descriptor: Int32, _ environment: Environment) {
    let isTerminal = isatty(descriptor) == 1
    self.init(descriptor: descriptor, isTerminal: isTerminal, inColour: isTerminal && !environment.forbidsColour)
  }
}
