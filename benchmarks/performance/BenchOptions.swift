import ArgumentParser
import Glibc
import Reasoner
import Storage
import Tensors

/// The model's dimensions, under the names of `GOALS`' table.
struct ShapeOptions: ParsableArguments {
  @Option(help: "Decoder layers.") var layers = 4
  @Option(help: "Width of the residual stream.") var width = 128
  @Option(help: "Query heads.") var heads = 4
  @Option(help: "Key and value heads; as many as heads by default.") var kvHeads: Int?
  @Option(help: "Width of the gated layer.") var ff = 384
  @Option(help: "Tokens of the vocabulary.") var vocab = 64
  @Option(help: "Tokens of one sequence.") var context = 50
  @Flag(help: "Give the output projection a table of its own instead of the embedding's.") var untied = false

  /// - Parameter positions: As many as the context has, if nil.
  func shape(positions: Int? = nil) throws -> ModelShape {
    try ModelShape(
      layers: layers, width: width, heads: heads, kvHeads: kvHeads ?? heads, feedForward: ff, vocabulary: vocab,
      positions: positions ?? context, tiesEmbeddings: !untied)
  }
}

/// What runs the arithmetic.
struct MachineOptions: ParsableArguments {
  @Option(help: "Threads.") var threads = 2
  @Option(help: "A BLAS library for single-precision products, instead of the built-in ones.") var blas: String?
  @Flag(help: "Print one JSON object.") var json = false

  /// Loads BLAS before any thread exists.
  func kernels() throws -> (kernels: FastKernels, library: String) {
    if let blas {
      let library = try BLASLibrary(path: blas)
      return (FastKernels(backend: .blas(library)), "\(library.coreName) \(library.configuration)")
    }
    return (FastKernels(backend: .builtIn), "built in")
  }

  /// Prints rows as a table or as one JSON object.
  func show(_ rows: [(String, JSONValue)]) throws {
    if json {
      let object = JSONObject(rows.map { JSONObject.Member($0.0, $0.1) })
      print(String(decoding: try CanonicalJSON.write(.object(object)), as: UTF8.self))
      return
    }
    for (key, value) in rows {
      let text = String(decoding: try CanonicalJSON.write(value), as: UTF8.self)
      print(key + String(repeating: " ", count: max(1, 28 - key.count)) + text)
    }
  }
}

/// Seconds on a clock that never goes back.
func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Processor time of this process in seconds: what other processes take does not count.
func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The middle of an odd number of values, else the mean of the two.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let half = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/// The most memory that this process held at once, in MB (10⁶ bytes).
func peakMemoryMegabytes() -> Double {
  var usage = rusage()
  guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
  return Double(usage.ru_maxrss) * 1024 / 1e6
}

extension ProductFormat: ExpressibleByArgument {}
