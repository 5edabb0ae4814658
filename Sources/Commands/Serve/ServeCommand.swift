import ArgumentParser
import Planning
import Serving
import Storage

/// `codex serve`
struct ServeCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer over HTTP with verified plans from a bundle (docs/reference/serving.md).",
    discussion: Example.text(
      "codex serve --bundle reasoning/M1",
      "codex serve --bundle reasoning/M1 --host 0.0.0.0 --api-key-file key.txt --allow-host plans.example"))

  @Option(help: "The bundle: a tag, a digest 'sha256:…', or a folder './…'.", completion: .bundles)
  var bundle: String

  @OptionGroup var listen: ListenOptions

  @Option(help: "How to search where a request does not say. Default: as the run's template says.")
  var mode: AskedMode?

  @Option(help: "Model evaluations at most where a request does not say, the repair included.")
  var budget: Int?

  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if let budget, !(1...1_000_000).contains(budget) {
      throw ValidationError("--budget is \(budget); allowed: 1...1000000.")
    }
  }

  func run(in session: Session) throws -> ExitReason {
    let machine = try Machine(session.environment)  // first: a BLAS library must be loaded before any thread starts
    let access = try listen.access(in: session)
    let served = try ServedBundle.open(bundle, in: session.workspace(), kernels: machine.kernels)
    let search = SearchChoice(mode: mode?.mode, budget: budget).config(served.model.search)
    let limits = listen.limits
    let service = PlanService(served, access: access, limits: limits, search: search, now: WallClock.now)
    Interruption.extendGrace(to: UInt32(limits.drainSeconds) + 2)
    let server = try PlanServer.start(service, host: listen.host, port: listen.port)
    defer { server.stop() }
    if let portFile = listen.portFile {
      let file = try UserFile(portFile, from: session.filesPath, makingDirectory: true)
      try file.root.atomicReplace(file.path, Array("\(server.port)\n".utf8))
    }
    session.talk.say("serving \(served.names[0]) on http://\(listen.hostInAddress):\(server.port)")
    while !session.isCancelled {
      ServerLog.write(server.events, to: session.talk)
      WallClock.pause(seconds: 0.05)
    }
    session.talk.say("finishing what was asked, for \(Int(limits.drainSeconds)) s at most")
    server.stop()
    ServerLog.write(server.events, to: session.talk)
    return Interruption.signal.map { .interrupted(signal: $0) } ?? .yes
  }
}

/// What a server noted, on standard error: everything with `--verbose`, failures always.
enum ServerLog {
  static func write(_ events: ServerEvents, to talk: Talk) {
    for event in events.take() {
      if event.isFailure { talk.warn(event.text) } else { talk.detail(StyledText(event.text)) }
    }
  }
}
