import Storage
import Tensors

/// What `codex doctor` found, and what would make codex faster or safer here.
struct Diagnosis {
  let machine: Machine
  let speed: SpeedMeasurement
  let fileSystem: FileSystem?
  let version = CodexVersion.text

  /// Share of the peak below which a product backend deserves a remark.
  static let poorShare = 0.5

  var shareOfPeak: Double { speed.peak > 0 ? speed.product / speed.peak : 0 }

  var warnings: [String] {
    fileSystem?.warnings ?? ["the workspace's file system cannot be inspected"]
  }

  /// What would make it faster, most effective first.
  var advice: [String] {
    var advice: [String] = []
    if InstructionSet.best == .portable, machine.isLibraryForbidden {
      advice.append("unset CODEX_BLAS, which is 'none', to use a BLAS library")
    } else if InstructionSet.best == .portable, machine.library == nil {
      advice.append("install a BLAS library: apt-get install libopenblas0-pthread (or set CODEX_BLAS to one)")
    } else if shareOfPeak < Self.poorShare {
      advice.append(
        machine.library == nil
          ? "products reach less than half of the peak: stop other work on this machine"
          : "the library reaches less than half of the peak: stop other work, or unset CODEX_BLAS")
    }
    if machine.pool.threads < Machine.processors {
      advice.append("CODEX_THREADS is \(machine.pool.threads); \(Machine.processors) processors are available")
    }
    if InstructionSet.best == .portable {
      advice.append("this processor has no AVX2: the portable kernels are several times slower")
    }
    return advice
  }

  var json: JSONValue {
    .object([
      "version": .string(version),
      "blas": .object([
        "library": machine.library.map { .string($0.path) } ?? .null,
        "configuration": machine.library.map { .string($0.configuration) } ?? .null,
        "core_type": machine.library.map { .string($0.coreName) } ?? .null,
        "reason": machine.reason.map { .string($0) } ?? .null,
      ]),
      "instruction_set": .string(machine.kernels.instructionSet.rawValue),
      "threads": .int(Int64(machine.pool.threads)),
      "processors": .int(Int64(Machine.processors)),
      "product_gigaflops_per_second": .double(speed.product),
      "peak_gigaflops_per_second": .double(speed.peak),
      "share_of_peak": .double(shareOfPeak),
      "file_system": fileSystem.map {
        .object(["type": .string($0.type), "free_byte_count": .int($0.freeByteCount)])
      } ?? .null,
      "warnings": .array(warnings.map(JSONValue.string)),
      "advice": .array(advice.map(JSONValue.string)),
    ])
  }

  var table: Table {
    var table = Table([.init("what"), .init("found")])
    func row(_ what: String, _ found: String, _ style: StyledText.Style? = nil) {
      table.add([StyledText(what), StyledText(found, style)])
    }
    row("codex", version)
    row("BLAS library", machine.library?.path ?? "none: built-in kernels", machine.library == nil ? .yellow : nil)
    if let library = machine.library, !library.coreName.isEmpty { row("BLAS core type", library.coreName) }
    row("instruction set", machine.kernels.instructionSet.rawValue)
    row("threads", "\(machine.pool.threads) of \(Machine.processors) processors")
    row("products", "\(Decimal.text(speed.product, places: 0)) GFLOP/s (\(SpeedMeasurement.size)³)")
    row("peak", "\(Decimal.text(speed.peak, places: 0)) GFLOP/s (fp32 multiply-add, measured)")
    row("share of peak", Decimal.percent(shareOfPeak))
    if let fileSystem { row("workspace", "\(fileSystem.type), \(fileSystem.freeByteCount >> 30) GiB free") }
    for warning in warnings { row("warning", warning, .yellow) }
    for line in advice { row("to be faster", line, .cyan) }
    return table
  }
}
