import Composition
import Schemas
import Storage

/// What `codex train` was asked to do: a new run of a template, or an earlier run to go on with.
struct TrainingPlan {
  let template: String
  let resolved: ResolvedConfig
  let resuming: RunID?

  /// - Throws: `ConfigError` for what composing reports; `MissingRun` for a run that is not there.
  init(template: String?, resume: String?, overrides: [String], in session: Session) throws {
    guard let resume else {
      self.template = template ?? ""
      resolved = try session.templates().compose(self.template, overrides: overrides)
      resuming = nil
      return
    }
    let workspace = try session.workspace()
    let run = try StoredRun(at: RunDirectory.path(resume == "latest" ? nil : resume, in: workspace), in: workspace)
    self.template = template ?? run.metadata.template
    resolved =
      try template.map { try session.templates().compose($0, overrides: overrides) } ?? run.configuration()
    resuming = try RunID(parsing: run.metadata.runID)
  }
}
