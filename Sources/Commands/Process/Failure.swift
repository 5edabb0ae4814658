import Composition
import Storage

/// Why a command ends, in the parts that a script reads: with `--json`, the one line on standard error.
///
/// The parts come from the sentence that a person reads, so that both say the same. Every sentence of codex is built alike:
/// the place and a colon, what is wrong, indented lines to look at, and last what to do.
package struct Failure: Equatable {
  package static let schema = "codex.error/1"

  let reason: ExitReason
  /// The name of the reason, where gates have one.
  let rule: String?
  /// What is wrong, without place and remedy.
  let message: String
  /// The file, option, command or thing that the message is about.
  let place: String
  /// What to do.
  let remedy: String
  /// A command line to go on with, such as `codex evaluate`.
  let next: String?
  /// Lines that the message points at, and further problems.
  let details: [String]

  /// - Parameters:
  ///   - sentence: As a person reads it.
  ///   - command: The command that fails, such as `codex traces show`: the place of what is wrong with the command line, and of
  ///     what names no other.
  ///   - origin: The place, where it is known; else what stands before the sentence's first colon.
  package init(_ sentence: String, reason: ExitReason, command: String, origin: String? = nil) {
    let lines = sentence.split(separator: "\n").map(String.init)
    let sentences = lines.filter { !$0.hasPrefix("  ") }
    let spoken = sentences.joined(separator: " ")
    // A line is a sentence, too.
    let (located, rest) = Self.atEndOfFirstSentence(sentences.first ?? "")
    let remaining = ([rest].compactMap(\.self) + sentences.dropFirst()).joined(separator: " ")
    let isUsage = reason.code == ExitReason.usage.code
    let (rule, unruled) = Self.atRule(located)
    let (place, message) = isUsage ? (nil, unruled) : Self.atColon(unruled, knowing: origin)
    self.reason = reason
    self.rule = rule
    self.message = message
    self.place = place ?? command
    self.remedy = !remaining.isEmpty ? remaining : "See '\(command) --help'."
    next = Self.commandLine(in: spoken) ?? (isUsage ? "\(command) --help" : nil)
    details = lines.filter { $0.hasPrefix("  ") }.map { String($0.drop { $0 == " " }) }
  }

  /// - Parameter sentence: What a person reads of `error`.
  init(_ error: any Error, sentence: String, reason: ExitReason, command: String) {
    guard let first = (error as? ConfigError)?.each.first else {
      self.init(sentence, reason: reason, command: command)
      return
    }
    // Of several problems of a configuration, the first; the others are details.
    self.init(first.description, reason: reason, command: command, origin: first.origin.map { "\($0)" })
    let others = (error as? ConfigError)?.each.dropFirst().map(\.description) ?? []
    self = Failure(self, details: details + others)
  }

  private init(_ failure: Failure, details: [String]) {
    (reason, rule, message, place) = (failure.reason, failure.rule, failure.message, failure.place)
    (remedy, next) = (failure.remedy, failure.next)
    self.details = details
  }

  /// Canonical, on one line; `next`, `rule` and `details` only where there are any.
  package var json: String {
    var members: [JSONObject.Member] = [
      .init("code", .int(Int64(reason.code))), .init("message", .string(message)), .init("place", .string(place)),
      .init("remedy", .string(remedy)), .init("schema", .string(Self.schema)),
    ]
    if let next { members.append(.init("next", .string(next))) }
    if let rule { members.append(.init("rule", .string(rule))) }
    if !details.isEmpty { members.append(.init("details", .array(details.map { .string($0) }))) }
    let bytes = (try? CanonicalJSON.write(.object(JSONObject(members)))) ?? []
    return String(decoding: bytes, as: UTF8.self)
  }

  // MARK: Reading the sentence

  /// What is wrong, and what follows it.
  private static func atEndOfFirstSentence(_ text: String) -> (String, String?) {
    var isQuoted = false
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      if character == "'" {
        // An apostrophe has letters on both sides.
        let before = index > 0 ? characters[index - 1] : " "
        if !(before.isLetter && next.isLetter) { isQuoted.toggle() }
      }
      // Abbreviations and enumerated marks are followed by no capital letter.
      guard !isQuoted, ".?".contains(character), next == " ", index + 2 < characters.count,
        characters[index + 2].isUppercase || characters[index + 2] == "'"
      else { continue }
      return (String(characters[...index]), String(characters[(index + 2)...]))
    }
    return (text, nil)
  }

  /// The name of a gate's reason, if the sentence begins with one.
  private static func atRule(_ text: String) -> (String?, String) {
    guard let colon = text.firstRange(of: ": "), text[..<colon.lowerBound].contains("_"),
      text[..<colon.lowerBound].allSatisfy({ $0 == "_" || $0.isASCII && $0.isLowercase })
    else { return (nil, text) }
    return (String(text[..<colon.lowerBound]), String(text[colon.upperBound...]))
  }

  private static func atColon(_ text: String, knowing known: String?) -> (String?, String) {
    if let known {
      return (known, text.hasPrefix(known + ": ") ? String(text.dropFirst(known.count + 2)) : text)
    }
    guard let colon = text.firstRange(of: ": ") else { return (nil, text) }
    return (String(text[..<colon.lowerBound]), String(text[colon.upperBound...]))
  }

  /// The first quoted command line without a part that the reader has to fill in.
  private static func commandLine(in text: String) -> String? {
    text.split(separator: "'").map(String.init).first { part in
      guard part.hasPrefix("codex "), !part.contains("…"), !part.contains("<") else { return false }
      let words = ShellWords.commands(in: part).first.map { Array($0.dropFirst()) } ?? []
      let isFilledIn = !words.contains { $0.count > 1 && $0.allSatisfy { $0.isUppercase } }
      return isFilledIn && (words.last == "--help" || CommandLineTool.usageError(in: words) == nil)
    }
  }
}
