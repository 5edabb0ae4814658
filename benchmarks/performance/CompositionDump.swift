import ArgumentParser
import Storage

/// Answers cases of composition from standard input, for benchmarks/interop/fuzz_composition.py.
struct CompositionDump: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compose",
    abstract: "Compose cases given as JSON lines on standard input; one answer a line.",
    discussion: "Example: codex-bench compose < cases.jsonl")

  func run() throws {
    while let line = readLine() {
      print(String(decoding: try CanonicalJSON.write(CompositionCases.answer(line.utf8)), as: UTF8.self))
    }
  }
}
