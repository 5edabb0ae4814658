import Composition
import Evaluation
import Ledger
import Planning
import Plans
import Runs
import Schemas
import Storage
import Worlds

extension Session {
  /// What gates read of a workspace, with this workspace's templates and the worlds' verifiers.
  func gateFiles(in workspace: StorageRoot) throws -> GateFiles {
    let catalog = try templates()
    return GateFiles(
      in: workspace, template: { try? catalog.compose($0) },
      judge: TraceJudge(
        findings: { TraceAudit.findings(in: $0).map(\.description) },
        isUnsolvable: { TraceAudit.problem(of: $0).map(Self.isUnsolvable) ?? false }))
  }

  /// Asks the teacher: a gate may know the solution, what answered may not.
  private static func isUnsolvable(_ problem: Problem) -> Bool {
    let claim = PlanTree(goal: problem.goal, steps: [.terminal(PlanCall("unsolvable"))])
    return problem.world.teacher.judge(of: problem).findings(in: claim).isEmpty
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
