import Glibc

/// What codex takes from the environment; read once, here.
package struct Environment: Sendable {
  /// `CODEX_BLAS`: the BLAS library to load, or `none` for the built-in kernels.
  package var blas: String?
  /// `CODEX_THREADS`: how many threads compute; nil means one per processor that this process may use.
  package var threads: String?
  /// `NO_COLOR` is set and not empty, or `TERM` is `dumb`.
  package var forbidsColour: Bool
  /// `GITHUB_STEP_SUMMARY`: the file that `codex gate --github` appends its summary to.
  package var githubStepSummary: String?

  package init(
    blas: String? = nil, threads: String? = nil, forbidsColour: Bool = false, githubStepSummary: String? = nil
  ) {
    self.blas = blas
    self.threads = threads
    self.forbidsColour = forbidsColour
    self.githubStepSummary = githubStepSummary
  }

  /// Variables that the user names on the command line, for a configuration that asks for them.
  static func values(of names: [String]) -> [String: String] {
    Dictionary(
      names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }, uniquingKeysWith: { $1 })
  }

  static func ofProcess() -> Environment {
    func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }
    return Environment(
      blas: value("CODEX_BLAS"), threads: value("CODEX_THREADS"),
      forbidsColour: value("NO_COLOR") != nil || value("TERM") == "dumb",
      githubStepSummary: value("GITHUB_STEP_SUMMARY"))
  }
}
