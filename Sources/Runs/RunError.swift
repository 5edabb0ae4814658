/// Why a run cannot be read.
public enum RunError: Error, Hashable, Sendable {
  /// There is no run at `path`; the remedy names `template`.
  case missing(path: String, template: String)
  /// Several runs have this id, in different directories.
  case ambiguous(id: String, paths: [String])
  /// It has not come to its first checkpoint.
  case noCheckpoint(run: String, status: String)
  /// Its files disagree with each other.
  case mismatch(run: String, what: String, expected: String, got: String)
  /// There are more directories below `path` than a catalog reads.
  case tooMany(path: String, limit: Int)
}

extension RunError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path, let template):
      "\(path): no such run. Train one with 'codex train --template \(template)', or name another run."
    case .ambiguous(let id, let paths):
      "\(id): expected one run of this id, got \(paths.count): \(paths.joined(separator: ", ")). Name one by its path."
    case .noCheckpoint(let run, let status):
      "\(run): the run has no checkpoint (status \(status)); expected one. Train it further with "
        + "'codex train --resume \(run)', or name another run."
    case .mismatch(let run, let what, let expected, let got):
      "\(run): \(what): expected \(expected), got \(got). Restore the file, or train the run again."
    case .tooMany(let path, let limit):
      "\(path): expected at most \(limit) directories below it. Move away what is no run."
    }
  }
}
