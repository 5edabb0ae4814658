/// Splits one shell line into the simple commands it runs, quotes resolved.
///
/// Knows single and double quotes, backslashes, comments, `|`, `&`, `;`, redirections, leading assignments and `$( … )`
/// kept as one word. Expands nothing.
package struct ShellWords {
  private var commands: [[String]] = [[]]
  private var word: String?
  private var skipsNextWord = false

  /// The words of each simple command in `line`, assignments and redirections left out.
  package static func commands(in line: String) -> [[String]] {
    var words = ShellWords()
    words.read(Array(line))
    return words.commands.map { Array($0.drop(while: isAssignment)) }.filter { !$0.isEmpty }
  }

  private static func isAssignment(_ word: String) -> Bool {
    guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return false }
    return word[..<equals].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } && word.first?.isNumber == false
  }

  private mutating func read(_ line: [Character]) {
    var index = 0
    while index < line.count {
      let character = line[index]
      index += 1
      switch character {
      case " ", "\t": endWord()
      case "#" where word == nil: index = line.count
      case "'": append(line[index...].prefix { $0 != "'" }, advancing: &index, by: 1)
      case "\"": readDoubleQuoted(line, &index)
      case "\\" where index < line.count: append(line[index...index], advancing: &index, by: 0)
      case "$" where index < line.count && line[index] == "(": readSubstitution(line, &index)
      case "|", ";", "&": endCommand()
      case "<", ">": startRedirection()
      default: word = (word ?? "") + String(character)
      }
    }
    endCommand()
  }

  private mutating func append(_ part: ArraySlice<Character>, advancing index: inout Int, by extra: Int) {
    word = (word ?? "") + String(part)
    index += part.count + extra
  }

  private mutating func readDoubleQuoted(_ line: [Character], _ index: inout Int) {
    word = word ?? ""
    while index < line.count, line[index] != "\"" {
      if line[index] == "\\", index + 1 < line.count, "\"\\$`".contains(line[index + 1]) { index += 1 }
      word?.append(line[index])
      index += 1
    }
    index += 1
  }

  private mutating func readSubstitution(_ line: [Character], _ index: inout Int) {
    word = (word ?? "") + "$"
    var depth = 0
    repeat {
      if line[index] == "(" { depth += 1 }
      if line[index] == ")" { depth -= 1 }
      word?.append(line[index])
      index += 1
    } while index < line.count && depth > 0
  }

  private mutating func endWord() {
    guard let ended = word else { return }
    word = nil
    if skipsNextWord { skipsNextWord = false } else { commands[commands.count - 1].append(ended) }
  }

  private mutating func endCommand() {
    endWord()
    skipsNextWord = false
    if commands.last?.isEmpty == false { commands.append([]) }
  }

  private mutating func startRedirection() {
    // A number directly before it names the descriptor: `2> file`.
    if word?.allSatisfy(\.isNumber) == true { word = nil }
    endWord()
    skipsNextWord = true
  }
}
