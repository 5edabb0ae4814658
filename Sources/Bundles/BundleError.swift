import Schemas

/// Why a run cannot be packed, or a bundle cannot be used.
public enum BundleError: Error, Equatable, Sendable {
  /// There is no directory at `path`.
  case missing(path: String)
  /// The folder at `path` is not what was packed.
  case damaged(path: String, findings: [BundleFinding])
  /// The run is still going, or ended without its last checkpoint.
  case unfinished(run: String, status: String)
}

extension BundleError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .missing(let path):
      "\(path): no such bundle. 'codex registry list' shows those there are."
    case .damaged(let path, let findings):
      "\(path): \(findings.first.map(\.description) ?? "not what was packed")"
        + (findings.count > 1 ? " (and \(findings.count - 1) more)" : "")
        + ". 'codex registry verify' lists every finding; remove the folder and register its run again."
    case .unfinished(let run, let status):
      "\(run): expected a completed run, got one whose status is '\(status)'. "
        + "Finish it with 'codex train --resume \(run)', then register it."
    }
  }
}
