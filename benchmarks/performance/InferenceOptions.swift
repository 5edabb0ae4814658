import ArgumentParser
import Randomness
import Reasoner
import Storage
import Tensors

/// What inference benches share: a model with random weights, packed, and how often to repeat.
struct InferenceOptions: ParsableArguments {
  @Option(help: "What products multiply: float32, bfloat16 or int8.") var dtype = ProductFormat.float32
  @Option(help: "Seconds to measure.") var seconds = 10.0
  @Option(help: "Fewest runs.") var runs = 3
  @Option(help: "A Hugging Face checkpoint's directory, instead of random weights of the given shape.")
  var model: String?

  func weights(
    _ shape: @autoclosure () throws -> ModelShape, _ machine: MachineOptions
  ) throws -> (weights: InferenceWeights, pool: ThreadPool) {
    let master =
      if let model { try LlamaCheckpoint.load(in: StorageRoot(opening: model)) } else {
        Weights.initial(try shape(), seed: 0)
      }
    let pool = ThreadPool(threads: machine.threads)
    let kernels = FastKernels(backend: .builtIn)
    return (InferenceWeights(master, format: dtype, kernels: kernels, pool: pool), pool)
  }

  /// Seconds of each run of `body`, after one that is not counted.
  func measure(_ body: () throws -> Double) throws -> [Double] {
    _ = try body()
    var times: [Double] = []
    let start = monotonicSeconds()
    while monotonicSeconds() - start < seconds || times.count < runs { times.append(try body()) }
    return times
  }
}

/// What one inference bench found, as rows to show.
struct InferenceFindings {
  /// Tokens that one run counts.
  let tokens: Int
  /// Seconds of each run.
  let times: [Double]
  /// Operations of the products of one token, attention included.
  let flopsOfToken: Double
  /// Bytes of weights, keys and values that one run reads.
  let bytesOfRun: Double
  /// Passes of one run.
  let steps: Int

  /// The highest share of a limit of this machine, measured in the same run: arithmetic or memory.
  func rows(_ options: InferenceOptions, _ machine: MachineOptions, _ weights: InferenceWeights) -> [(
    String, JSONValue
  )] {
    let middle = median(times)
    let rate = Double(tokens) / middle
    let gflops = rate * flopsOfToken / 1e9
    let bandwidth = bytesOfRun / middle / 1e9
    let peak = PeakMeasurement.fusedMultiplyAddRate(threads: machine.threads, seconds: 0.3, format: options.dtype)
    // Of as much memory as one pass reads: from a cache, if one holds it.
    let reading = PeakMeasurement.readRate(
      threads: machine.threads, bytes: Int(min(max(bytesOfRun / Double(steps), 1e6), 512e6)), seconds: 0.3)
    return [
      ("dtype", .string(options.dtype.rawValue)), ("threads", .int(Int64(machine.threads))),
      ("parameters", .int(Int64(weights.shape.parameterCount))), ("runs", .int(Int64(times.count))),
      ("tokens_per_second", .double(rate)),
      ("tokens_per_second_min", .double(Double(tokens) / (times.max() ?? 1))),
      ("tokens_per_second_max", .double(Double(tokens) / (times.min() ?? 1))),
      ("gflops", .double(gflops)), ("peak_gflops", .double(peak)),
      ("bandwidth_gb_s", .double(bandwidth)), ("peak_bandwidth_gb_s", .double(reading)),
      ("share_of_bound", .double(max(gflops / peak, bandwidth / reading))),
      ("weights_mb", .double(Double(weights.byteCount) / 1e6)), ("peak_memory_mb", .double(peakMemoryMegabytes())),
    ]
  }
}

extension ModelShape {
  /// Parameters of the matrices that every token passes, the output projection only with `head`.
  func matrixParameters(head: Bool) -> Int {
    layers * (fusedWidth * width + width * width + 3 * feedForward * width) + (head ? vocabulary * width : 0)
  }

  /// Bytes of one token's keys and values.
  func cacheBytes(_ format: ProductFormat) -> Int {
    2 * layers * kvHeads * headWidth * (format == .float32 ? 4 : 2)
  }
}

/// `count` random token ids.
func randomTokens(_ count: Int, _ shape: ModelShape, _ random: inout RandomStream) -> [Int32] {
  (0..<count).map { _ in Int32(random.index(below: shape.vocabulary)) }
}
