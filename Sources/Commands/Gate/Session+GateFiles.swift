import Composition
import Evaluation
import Ledger
import Planning
import Runs
import Schemas
import Storage

extension Session {
  /// What gates read of a workspace, with this workspace's templates and the worlds' verifiers.
  func gateFiles(in workspace: StorageRoot) throws -> GateFiles {
    let catalog = try templates()
    return GateFiles(
      in: workspace, template: { try? catalog.compose($0) },
      findings: { trace in TraceAudit.findings(in: trace).map(\.description) })
  }
}

extension RunFacts {
  /// What the files of a run that is evaluated say.
  init(of run: EvaluatedRun, at path: StoragePath, in session: Session) throws {
    let catalog = try session.templates()
    let metadata = run.metadata
    let config = try ResolvedConfig(stored: path, digest: metadata.configDigest, in: session.workspace())
    self.init(
      metadata, config: config.root, template: try? catalog.compose(metadata.template),
      weights: run.subject.weightsDigest, splitRule: run.dataset.splitManifest.rule)
  }
}
