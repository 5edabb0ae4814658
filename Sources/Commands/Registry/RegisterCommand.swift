import ArgumentParser
import Bundles
import Registry
import Runs
import Schemas
import Storage

/// `codex register`
struct RegisterCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: "Pack a completed run into a bundle, and point a tag at it.",
    discussion: Example.text(
      "codex register --bundle latest --tag reasoning/M1",
      "codex register --bundle latest --tag reasoning/M1 --notes \"first\"")
        + """
        \n
        A tag that names a milestone, such as reasoning/M0, is given to runs that hold it, judged now; with --unproven to \
        others too, which the tag then says for good. Other tags are free.
        """)

  @Option(
    help: ArgumentHelp("The run to pack: an id, its directory, or 'latest'.", valueName: "run"), completion: .runs)
  var bundle: String

  @Option(help: "The tag to move: up to four names separated by '/'.", completion: .tags)
  var tag: String

  @Option(help: ArgumentHelp("The folder of artifacts/runs. Default: the run's template.", valueName: "name"))
  var experiment: String?

  @Option(help: ArgumentHelp("Why it is moved; kept with the movement.", valueName: "text"))
  var notes: String?

  @Option(help: ArgumentHelp("Refuse with 1 unless the bundle has this root digest.", valueName: "sha256:…"))
  var expect: String?

  @Flag(help: "Give a milestone's tag to a run that does not hold it; recorded and shown with the tag.")
  var unproven = false

  @Option(
    help: ArgumentHelp("Also sign the bundle: a P-256 private key in PEM, mode 600.", valueName: "key"),
    completion: .file())
  var sign: String?

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if let notes, !(1...1000).contains(notes.utf8.count) {
      throw ValidationError("--notes has \(notes.utf8.count) bytes; allowed: 1...1000.")
    }
  }

  func run(in session: Session) throws -> ExitReason {
    let tag = try Tag(parsing: tag)
    let experiment = try experiment.map { try ExperimentName(parsing: $0) }
    let expected = try expect.map { try Digest(parsing: $0) }
    let key = try sign.map { try KeyFile.signing($0, in: session) }
    let workspace = try session.workspace()
    let path = try RunCatalog(in: workspace).path(bundle)
    let registration = try Registration(of: tag, in: workspace)
    _ = try StoredRun(at: path, in: workspace).configuration()  // throws unless it is the one that was trained with
    let draft = try BundleDraft(path, in: workspace, experiment: experiment, packedBy: CodexVersion.text)
    if let expected, draft.digest != expected {
      session.talk.fail(
        "\(workspace.name(path)): expected a bundle \(expected), got \(draft.digest). Nothing was written; "
          + "pack the run that was meant, or leave out --expect.")
      return .no
    }
    let proof = try MilestoneProof(of: path, under: tag, in: session)
    guard proof.holds || unproven else {
      proof.explain(in: session)
      return .no
    }
    let (bundle, movement) = try registration.complete(
      draft, signedBy: key, notes: notes, isUnproven: !proof.holds, codexVersion: CodexVersion.text,
      recordedAt: WallClock.now())
    try RegistrationView(bundle, movement, isNew: movement != registration.previous).render(to: session)
    return .yes
  }
}
