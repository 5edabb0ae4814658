import Schemas
import Storage

/// A run's metadata for people, and as the record itself.
struct RunView {
  let metadata: RunMetadata

  init(_ metadata: RunMetadata) { self.metadata = metadata }

  func render(to session: Session) throws {
    if session.wantsJSON {
      try session.output.text(String(decoding: RecordEncoder().bytes(of: metadata), as: UTF8.self) + "\n")
    } else {
      try table.write(to: session.output)
    }
  }

  private var table: Table {
    var table = Table([.init("run"), .init(metadata.runID)])
    func row(_ name: String, _ value: String) { table.add([StyledText(name, .dim), StyledText(value)]) }
    row("status", metadata.status.rawValue)
    row("steps", "\(metadata.step) of \(metadata.totalSteps)")
    row("parameters", String(metadata.parameterCount))
    if let loss = metadata.stages.last?.loss { row("loss", Decimal.text(loss, places: 4)) }
    if let checkpoint = metadata.checkpoint { row("checkpoint", checkpoint) }
    if let digest = metadata.weightsDigest { row("weights", digest.description) }
    if let performance = metadata.performance {
      row("trained in", DurationText.of(seconds: performance.wallSeconds))
      row(
        "speed", "\(Decimal.text(performance.gigaflopsPerSecond, places: 0)) GFLOP/s on \(performance.threads) threads")
      if let bytes = performance.peakMemoryBytes { row("memory", "\(bytes >> 20) MiB at most") }
    }
    return table
  }
}
