import Composition
import Runs
import Schemas
import Storage
import Training

/// What `codex train` was asked to do: a new run of a template, or an earlier run to go on with.
struct TrainingPlan {
  let template: String
  let resolved: ResolvedConfig
  let resuming: RunID?

  /// The run that is made or goes on.
  var runID: RunID { resuming ?? TrainingRequest.runID(template: template, resolved) }

  /// A new run of a configuration that was composed.
  init(template: String, resolved: ResolvedConfig) {
    (self.template, self.resolved, resuming) = (template, resolved, nil)
  }

  /// - Throws: `ConfigError` for what composing reports; `RunError.missing` for a run that is not there;
  ///   `TrainingError.resumeMismatch` for a run of another configuration.
  init(template: String?, resume: String?, overrides: [String], in session: Session) throws {
    guard let resume else {
      self.template = template ?? ""
      resolved = try session.resolved(session.request(template: self.template, overrides: overrides))
      resuming = nil
      return
    }
    let workspace = try session.workspace()
    let run = try StoredRun(at: RunCatalog(in: workspace).path(resume), in: workspace)
    self.template = template ?? run.metadata.template
    resolved =
      try template.map { try session.resolved(session.request(template: $0, overrides: overrides)) }
      ?? run.configuration()
    // Before a dataset is made for a run that cannot go on.
    guard resolved.digest == run.metadata.configDigest else {
      throw TrainingError.resumeMismatch(
        path: workspace.name(run.path), what: "the configuration", expected: run.metadata.configDigest.description,
        got: resolved.digest.description)
    }
    resuming = try RunID(parsing: run.metadata.runID)
  }
}
