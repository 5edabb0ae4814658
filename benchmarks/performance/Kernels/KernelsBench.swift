import ArgumentParser
import CKernels
import Storage
import Tensors

/// Every kernel of `CKernels` on one thread, beside what bounds it: the processor's arithmetic or its memory.
struct KernelsBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernels", abstract: "Time every kernel on one thread, as a share of what bounds it.",
    discussion: "Example: codex-bench kernels --layers 6 --width 384 --heads 6 --ff 1024 --vocab 4096 --context 256")

  @OptionGroup var model: ShapeOptions
  @Option(help: "Rows (tokens) of one pass.") var rows = 512
  @Option(help: "Seconds to measure each kernel.") var seconds = 0.1
  @Option(help: "Kernels whose name begins so; all by default.") var only: String?
  @Option(help: "portable, avx2, avx512, avx512BF16 or neonBF16; the processor's best by default.")
  var instructions = InstructionSet.best
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard seconds > 0, rows > 0, model.context > 0 else {
      throw ValidationError("--seconds, --rows and --context are positive.")
    }
  }

  func run() throws {
    guard let table = instructions.table else {
      throw ValidationError("This processor lacks \(instructions.rawValue). Leave --instructions out.")
    }
    let disagreements = KernelEntry.disagreements(with: table.pointee)
    precondition(disagreements.isEmpty, "one entry for each kernel: \(disagreements) in KernelEntry.all")
    let inputs = KernelInputs(shape: try model.shape(), rows: rows, table: table)
    let entries = KernelEntry.all.filter { $0.name.hasPrefix(only ?? "") }
    guard !entries.isEmpty else {
      throw ValidationError("No kernel begins with '\(only ?? "")'. Kernels: \(KernelEntry.names).")
    }
    let results = entries.map { KernelResult($0, inputs, seconds: seconds) }
    if json {
      let object: JSONObject = [
        "instructions": .string(instructions.rawValue), "threads": .int(1), "rows": .int(Int64(rows)),
        "kernels": .array(results.map(\.json)),
      ]
      print(String(decoding: try CanonicalJSON.write(.object(object)), as: UTF8.self))
    } else {
      print("\(instructions.rawValue), one thread")
      for line in KernelResult.table(results) { print(line) }
    }
  }
}

extension InstructionSet: ExpressibleByArgument {}
