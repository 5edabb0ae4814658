import Glibc
import Ledger
import Schemas
import Storage

/// Appends numbered items to a ledger and says which are on disk: the process that tests start, kill and starve.
///
/// `ledger-writer chained|naive DIR WRITER FIRST COUNT BATCH`; one line `ack FIRST..<END` follows each batch. Exit codes as
/// those of codex.
@main struct LedgerWriterMain {
  static func main() {
    signal(SIGXFSZ, SIG_IGN)
    let words = CommandLine.arguments
    let numbers = words.dropFirst(3).compactMap { Int($0) }
    guard words.count == 7, numbers.count == 4 else { exit(64) }
    say("begin", to: STDOUT_FILENO)  // what follows is the append: faults are counted from here
    do {
      for first in stride(from: numbers[1], to: numbers[1] + numbers[2], by: numbers[3]) {
        let batch = first..<min(first + numbers[3], numbers[1] + numbers[2])
        let records = batch.map { item(writer: numbers[0], number: $0) }
        if words[1] == "naive" {
          try NaiveLedger(directory: words[2]).append(records)
        } else {
          let patience = getenv("LEDGER_PATIENCE").flatMap { Double(String(cString: $0)) } ?? 30
          let ledger = MetricsLedger(in: try StorageRoot(opening: words[2]), patience: patience)
          _ = try ledger.append(records.map { .item($0) })
        }
        say("ack \(batch.lowerBound)..<\(batch.upperBound)", to: STDOUT_FILENO)
      }
    } catch let error as StorageError {
      say("\(error)", to: STDERR_FILENO)
      exit(error.kind.rawValue)
    } catch { exit(70) }
  }

  private static func say(_ text: String, to descriptor: Int32) {
    let line = Array((text + "\n").utf8)
    _ = write(descriptor, line, line.count)
  }

  private static func item(writer: Int, number: Int) -> ItemRecord {
    ItemRecord(
      measurementID: "writer-\(writer)", runID: "run",
      sample: SampleRecord(
        problemID: Digest(of: "\(number)"), world: "arithmetic", level: 1, category: "mixed", mode: "greedy",
        traceID: nil, verdict: .verified, correct: true, covered: true, abstention: nil, planDigest: nil,
        repaired: false, modelEvaluations: number, latencyMilliseconds: 1, failure: nil))
  }
}
