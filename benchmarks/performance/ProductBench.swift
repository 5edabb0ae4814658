import ArgumentParser
import Randomness
import Storage
import Tensors

/// One product in the layout of a layer's forward pass, on one thread.
struct ProductBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gemm", abstract: "Time one product x·Wᵀ on one thread.",
    discussion: "Example: codex-bench gemm --rows 512 --outputs 384 --inputs 128 --json")

  @OptionGroup var machine: MachineOptions
  @Option(help: "Rows of x (tokens).") var rows = 512
  @Option(help: "Rows of W (outputs).") var outputs = 384
  @Option(help: "Columns of both (inputs).") var inputs = 128
  @Option(help: "Seconds to measure.") var seconds = 2.0

  func run() throws {
    let (kernels, library) = machine.kernels()
    var random = RandomStream(seed: 0, "bench/product")
    let x = FloatBuffer(random.normals(rows * inputs))
    let weight = FloatBuffer(random.normals(outputs * inputs))
    let y = FloatBuffer(count: rows * outputs)
    let peak = PeakMeasurement.fusedMultiplyAddRate(threads: 1, seconds: 0.5)
    var times: [Double] = []
    let start = monotonicSeconds()
    while monotonicSeconds() - start < seconds {
      let begin = monotonicSeconds()
      kernels.product(
        MatrixView(x.pointer, stride: inputs), MatrixView(weight.pointer, stride: inputs).transposed, y.pointer,
        m: rows,
        n: outputs, k: inputs, beta: 0, format: .float32)
      times.append(monotonicSeconds() - begin)
    }
    let gflops = 2 * Double(rows * outputs * inputs) / median(times) / 1e9
    try machine.show([
      ("library", .string(library)), ("calls", .int(Int64(times.count))), ("gflops", .double(gflops)),
      ("peak_gflops", .double(peak)), ("share_of_peak", .double(gflops / peak)),
    ])
  }
}
