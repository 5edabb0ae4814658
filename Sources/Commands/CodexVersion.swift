import Tensors

/// The version that `codex --version` prints and that runs record.
public enum CodexVersion {
  public static let text = "0.1.0"

  /// What `codex --version` prints: the version, the commit it was built from, and what it computes with here.
  public static var line: String {
    "codex \(text) (commit \(BuildStamp.commit), date \(BuildStamp.date), instruction set \(InstructionSet.best))"
  }
}

/// What a build knows of its sources.
///
/// The compiler is told nothing of it: another commit would compile everything again. `make build` writes the commit over the
/// bytes below in the finished binary (scripts/stamp_build.sh).
enum BuildStamp {
  /// Mark, commit and date, in as many bytes as the script writes.
  private static let bytes: StaticString = "CODEX-BUILD-STAMP unknown unknown                               "

  /// The first digits of the commit, `-modified` if the sources were; `unknown` for other builds and without git.
  static var commit: String { word(1) }
  /// Of the commit, as `2026-05-01`, or `unknown`.
  static var date: String { word(2) }

  private static func word(_ index: Int) -> String {
    let words = bytes.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }.split(separator: " ")
    return words.indices.contains(index) ? String(words[index]) : "unknown"
  }
}
