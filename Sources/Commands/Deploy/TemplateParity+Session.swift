import Composition
import Deployment
import Ledger
import Schemas

extension TemplateParity {
  /// Compares a run's configuration with its template and the manifest of templates, as this workspace has them.
  init(of metadata: RunMetadata, config: ConfigNode, in session: Session) throws {
    let catalog = try session.templates()
    do {
      let template = try catalog.template(metadata.template)
      self.init(
        name: metadata.template, isRecorded: template.isAtParity,
        overrides: ConfigDifference.paths(between: template.resolved.root, and: config))
    } catch {
      self.init(name: metadata.template, problem: ErrorText.sentence(for: error), isRecorded: false, overrides: [])
    }
  }
}
