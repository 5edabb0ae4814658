import Bundles
import Composition
import Deployment
import Ledger
import Planning
import Plans
import Registry
import Runs
import Schemas
import Storage

/// Gathers what `codex deploy` judges by, and writes what it decides.
struct DeployTask {
  let pod: PodConfig
  private let options: DeployCommand
  private let session: Session
  private let machine: Machine
  private let workspace: StorageRoot
  private let bundle: Bundle
  private let run: StoredRun
  private let ledger: MetricsLedger
  private let model: PlanningModel
  private let now = WallClock.now()

  init(_ options: DeployCommand, machine: Machine, in session: Session) throws {
    self.options = options
    self.session = session
    self.machine = machine
    workspace = try session.workspace()
    pod = try PodConfig(
      session.resolved(session.request(config: options.config, overrides: options.composition.overrides)))
    run = try StoredRun(at: RunCatalog(in: workspace).path(options.runMetadataDir), in: workspace)
    bundle = try Self.bundle(options.bundle, of: run.metadata.runID, in: workspace)
    ledger = try options.ledgerOptions.metricsLedger(in: session)
    model = try PlanningModel(bundle, kernels: machine.kernels)
  }

  /// The bundle that `reference` names; without one, that which was registered last for the run.
  private static func bundle(_ reference: String?, of run: String, in workspace: StorageRoot) throws -> Bundle {
    let store = BundleStore(in: workspace)
    if let reference { return try store.resolve(BundleReference(parsing: reference)) }
    guard let newest = try TagLog(in: workspace).movements().last(where: { $0.runID == run }) else {
      throw DeploymentError.noBundle(run: run)
    }
    return try store.resolve(.digest(newest.bundleDigest))
  }

  private var planner: Planner { model.planner(model.search.with(mode: pod.mode, budget: pod.budget)) }

  /// Times the pod's planner on the bundle's probe problems.
  func measureLatency() throws -> LatencyReport {
    let probe = try LatencyProbe(bundle.probes())
    let requests = pod.latency.warmupCount + pod.latency.sampleCount
    session.talk.say(
      "measuring latency: \(requests) requests, one every \(Decimal.text(1e3 / pod.latency.requestsPerSecond, places: 0)) ms"
    )
    let identity = "\(bundle.digest) \(pod.digest) \(now)"
    return try probe.run(
      planner, budget: pod.latency, loop: OpenLoop(now: WallClock.monotonic, sleep: WallClock.sleep(until:)),
      pool: machine.pool,
      context: TraceContext(
        runID: run.metadata.runID, phase: "deploy", template: run.metadata.template,
        weightsDigest: bundle.manifest.weightsDigest),
      measurementID: "\(run.metadata.runID)/latency-\(Digest(of: identity).hexadecimal.prefix(12))")
  }

  /// The run as a gate sees it, its weights, configuration and dataset read and hashed.
  func subject() throws -> GateSubject { try session.gateFiles(in: workspace).subject(at: run.path) }

  func review(_ latency: LatencyReport?, of subject: GateSubject) throws -> DeploymentReview {
    let packed = bundle.manifest.files.first { $0.path == BundleFolder.runMetadata.description }
    return DeploymentReview(
      pod: pod, podPath: options.config, metadata: run.metadata, metadataDigest: Digest(of: run.metadataBytes),
      metadataPath: workspace.name(run.path.appending(RunFolder.metadata)), bundle: bundle.manifest,
      packedMetadataDigest: packed?.digest ?? Digest(of: ""),
      servingByteCount: model.servingByteCount(workers: machine.pool.threads),
      template: try TemplateParity(of: run.metadata, config: subject.config, in: session), verdicts: try verdicts(),
      latency: latency)
  }

  /// Appends what was measured: evidence for M2, whatever it says.
  func record(_ report: LatencyReport, of subject: GateSubject) throws {
    let probes = try bundle.probes()
    let identity = report.identity(
      of: subject, pod: pod, podName: ConfigPathText.lastName(options.config), search: planner.config,
      weightsFormat: model.weightsFormat, weights: bundle.manifest.weightsDigest, probes: probes.map(\.problemID))
    let records = report.ledgerRecords(identity, codexVersion: CodexVersion.text, recordedAt: now)
    let head = try ledger.append(records.items.map { .item($0) } + records.metrics.map { .metric($0) })
    session.talk.say("latency is seq \(head.sequence) of \(ledger.name)")
  }

  /// Writes the manifest, then the record that somebody may report on.
  ///
  /// - Returns: Where the manifest is, and its digest.
  func deploy() throws -> (path: StoragePath, digest: Digest) {
    let manifest = KubernetesManifest(pod, bundle: bundle.manifest, bundleDigest: bundle.digest)
    let directory = StoragePath("artifacts/deployments").appending(try StoragePath(parsing: pod.name))
    try workspace.makeDirectory(directory)
    let path = directory.appending(try StoragePath(parsing: "\(bundle.digest.hexadecimal.prefix(12)).yaml"))
    try workspace.atomicReplace(path, Array(manifest.text.utf8))
    _ = try ledger.append([
      .deployment(
        DeploymentRecord(
          pod: pod.name, bundleDigest: bundle.digest, runID: run.metadata.runID, podConfigDigest: pod.digest,
          manifestDigest: Digest(of: manifest.text), ring: pod.ring.rawValue,
          overrides: options.composition.overrides, codexVersion: CodexVersion.text, recordedAt: now))
    ])
    return (path, Digest(of: manifest.text))
  }

  /// The pod's milestones, judged now: a recorded verdict is no evidence.
  private func verdicts() throws -> [VerdictRecord] {
    guard !pod.gates.isEmpty else { return [] }
    let files = try session.gateFiles(in: workspace)
    let all = try GateJudgement(ledger: ledger, files: files, codexVersion: CodexVersion.text).verdicts(
      on: nil, config: { try Composer(session.configSources()).compose(config: GatesConfig.standardName) },
      run: { run.path }, recording: false, now: now)
    return all.filter { pod.gates.contains($0.milestone) }
  }
}
