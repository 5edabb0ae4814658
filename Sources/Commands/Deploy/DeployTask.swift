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
  private let metadataPath: StoragePath
  private let metadataBytes: [UInt8]
  private let metadata: RunMetadata
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
    let run = try RunCatalog(in: workspace).path(options.runMetadataDir)
    metadataPath = run.appending(RunFolder.metadata)
    metadataBytes = try workspace.read(metadataPath, limit: Limits.jsonByteCount)
    metadata = try RecordDecoder().record(
      RunMetadata.self, from: metadataBytes, path: workspace.name(metadataPath))
    bundle = try Self.bundle(options.bundle, of: metadata.runID, in: workspace)
    ledger = try options.ledgerOptions.metricsLedger(in: workspace)
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
        runID: metadata.runID, phase: "deploy", template: metadata.template,
        weightsDigest: bundle.manifest.weightsDigest),
      measurementID: "\(metadata.runID)/latency-\(Digest(of: identity).hexadecimal.prefix(12))")
  }

  /// The run as a gate sees it, its weights, configuration and dataset read and hashed.
  func subject() throws -> GateSubject { try session.gateFiles(in: workspace).subject(at: metadataPath.parent) }

  func review(_ latency: LatencyReport?, of run: GateSubject) throws -> DeploymentReview {
    let packed = bundle.manifest.files.first { $0.path == BundleFolder.runMetadata.description }
    return DeploymentReview(
      pod: pod, podPath: options.config, metadata: metadata, metadataDigest: Digest(of: metadataBytes),
      metadataPath: workspace.name(metadataPath), bundle: bundle.manifest,
      packedMetadataDigest: packed?.digest ?? Digest(of: ""),
      servingByteCount: model.servingByteCount(workers: machine.pool.threads),
      template: try TemplateParity(of: metadata, config: run.config, in: session), verdicts: try verdicts(),
      latency: latency)
  }

  /// Appends what was measured: evidence for M2, whatever it says.
  func record(_ report: LatencyReport, of run: GateSubject) throws {
    let probes = try bundle.probes()
    let identity = report.identity(
      of: run, pod: pod, podName: ConfigPathText.lastName(options.config), search: planner.config,
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
          pod: pod.name, bundleDigest: bundle.digest, runID: metadata.runID, podConfigDigest: pod.digest,
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
      run: { metadataPath.parent }, recording: false, now: now)
    return all.filter { pod.gates.contains($0.milestone) }
  }
}
