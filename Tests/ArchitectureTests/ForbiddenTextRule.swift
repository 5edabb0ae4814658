import Foundation

/// What no tracked text may hold: marks of unfinished work, and paths of one machine.
struct ForbiddenTextRule {
  // Written in halves, so that this file passes its own rule.
  private static let marks = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]
  private static let machineRoots = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/tmp" + "/"]

  static func findings(in file: SourceFile) -> [Finding] {
    file.lines.enumerated().flatMap { number, line -> [Finding] in
      let marks = marks.filter { mark in
        line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.contains { $0 == mark }
      }.map { Finding(file.path, line: number + 1, "'\($0)': finish it or leave it out") }
      let paths = machineRoots.filter { startsPath($0, in: line) }.map {
        Finding(file.path, line: number + 1, "'\($0)…' is a path of one machine")
      }
      return marks + paths
    }
  }

  /// Whether `root` occurs in `line` as the beginning of an absolute path, not in the middle of a longer one.
  private static func startsPath(_ root: String, in line: Substring) -> Bool {
    var rest = line
    while let range = rest.range(of: root) {
      let before = line[..<range.lowerBound].last
      if before.map({ !$0.isLetter && !$0.isNumber && !"._-:/~}".contains($0) }) ?? true { return true }
      rest = rest[range.upperBound...]
    }
    return false
  }
}
