import Commands

/// A page cites only files that exist.
///
/// Judged are link targets, and inline code that reads like a path of the repository: it begins with one of its top-level
/// folders, or is the name of a source or page. Names of what codex writes (`metrics.ndjson`, `runs/…`) are none.
struct CitedPathsRule {
  /// Whether the repository has a file or folder of that path.
  let exists: (String) -> Bool
  /// Whether it has a file of that name in any folder.
  let existsSomewhere: (String) -> Bool

  static let folders: Set<String> = [
    "Sources", "Tests", "configs", "docs", "scripts", "templates", "status_updates", "benchmarks", "experiments", ".ci",
  ]
  static let sourceSuffixes = [".swift", ".c", ".h", ".md", ".sh", ".svg"]

  func findings(in file: SourceFile) -> [Finding] {
    if file.isMarkdown { return findings(inPage: file) }
    return file.lines.enumerated().flatMap { number, line in
      Self.documentPaths(in: line).filter { !exists($0) }.map { missing($0, in: file, line: number + 1) }
    }
  }

  private func findings(inPage file: SourceFile) -> [Finding] {
    let page = MarkdownPage(file.lines)
    let folder = file.path.split(separator: "/").dropLast().joined(separator: "/")
    let links = page.links.filter { link in
      let target = link.text.split(separator: "#", omittingEmptySubsequences: false)[0]
      return !target.isEmpty && !target.contains(":") && !exists(Self.normal(folder + "/" + target))
    }
    let spans = page.inlineCode.filter { span in
      guard Self.isPath(span.text) else { return false }
      let path = Self.normal(span.text)
      if !path.contains("/") && Self.hasSourceSuffix(path) { return !existsSomewhere(path) }
      let isOurs = Self.folders.contains(String(path.prefix { $0 != "/" })) || Self.hasSourceSuffix(path)
      return isOurs && !exists(path) && !exists(Self.normal(folder + "/" + path))
    }
    return (links + spans).map { missing($0.text, in: file, line: $0.line) }
  }

  private func missing(_ path: String, in file: SourceFile, line: Int) -> Finding {
    Finding(file.path, line: line, "cites '\(path)', which does not exist")
  }

  /// `docs/…` paths in a comment or message of a source.
  private static func documentPaths(in line: Substring) -> [String] {
    line.split { !isPathCharacter($0) }.map { $0.drop { $0 == "." } }.filter {
      $0.hasPrefix("docs/") && $0.contains(".")
    }
    .map { String($0.reversed().drop { $0 == "." }.reversed()) }
  }

  private static func isPath(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy(isPathCharacter) && text.first != "/" && text.first != "-"
      && (text.contains("/") || hasSourceSuffix(text))
  }

  private static func isPathCharacter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber || "_-./+".contains(character)
  }

  private static func hasSourceSuffix(_ path: String) -> Bool {
    sourceSuffixes.contains { path.hasSuffix($0) && path.count > $0.count }
  }

  /// `a/./b/../c/` becomes `a/c`.
  private static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == ".." && !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}
