import ArgumentParser
import Randomness
import Reasoner
import Storage
import Tensors
import Training

/// Optimizer steps on random tokens: forward, backward, norm, optimizer.
struct TrainBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Time optimizer steps on random tokens.",
    discussion: "Example: codex-bench train --layers 4 --width 128 --heads 4 --ff 384 --batch 64 --context 50")

  @OptionGroup var model: ShapeOptions
  @OptionGroup var machine: MachineOptions
  @Option(help: "Sequences in one step.") var batch = 64
  @Option(help: "Seconds to measure.") var seconds = 10.0
  @Option(help: "What products multiply: float32 or bfloat16.") var dtype = ProductFormat.float32
  @Option(help: "The optimizer: adamw, adafactor or muon.") var optim = OptimizerChoice.adamw
  @Flag(help: "Run layers forward again instead of keeping their activations.") var gradientCheckpointing = false
  @Option(help: "Rows of one pass.") var chunkRows = 1024

  func validate() throws {
    guard ProductFormat.floatingPoint.contains(dtype) else {
      throw ValidationError("--dtype is \(dtype.rawValue); training multiplies float32 or bfloat16.")
    }
  }

  func run() throws {
    let (kernels, library) = try machine.kernels()
    let team = KernelTeam(kernels: kernels, pool: ThreadPool(threads: machine.threads))
    let shape = try model.shape()
    let weights = Weights.initial(shape, seed: 0)
    let optimizer = optim.settings.optimizer(for: weights.layout, format: dtype)
    let gradients = GradientAccumulator(
      weights, team: team, format: dtype, recomputes: gradientCheckpointing, chunkRows: chunkRows)
    var random = RandomStream(seed: 0, "bench/tokens")
    let sequences = (0..<batch).map { _ in
      TrainingSequence(randomTokens: model.context, in: 0...model.vocab - 1, random: &random)
    }
    func step(_ number: Int) throws {
      _ = try gradients.compute(SupervisedBatch(sequences, valueLossWeight: 0))
      let norm = gradients.gradientNorm()
      optimizer.update(
        weights, gradients: gradients.gradients, rate: 1e-3, gradientScale: norm > 1 ? 1 / norm : 1, step: number,
        team: team)
    }
    // The peak is measured before and after, in the same run: the machine drifts.
    let peakBefore = PeakMeasurement.fusedMultiplyAddRate(threads: machine.threads, seconds: 0.5)
    for number in 1...3 { try step(number) }
    var times: [Double] = []
    let start = monotonicSeconds()
    while monotonicSeconds() - start < seconds || times.count < 3 {
      let begin = monotonicSeconds()
      try step(times.count + 4)
      times.append(monotonicSeconds() - begin)
    }
    let peak = max(peakBefore, PeakMeasurement.fusedMultiplyAddRate(threads: machine.threads, seconds: 0.5))
    let rows = Double(sequences.reduce(0) { $0 + $1.rows })
    let flops = shape.trainingFlopsPerToken(meanContext: Double(model.context) / 2) / 1e9
    let rate = rows / median(times)
    try machine.show([
      ("library", .string(library)), ("parameters", .int(Int64(shape.parameterCount))),
      ("threads", .int(Int64(machine.threads))), ("dtype", .string(dtype.rawValue)),
      ("optim", .string(optim.rawValue)),
      ("steps", .int(Int64(times.count))),
      ("tokens_per_second", .double(rate)),
      ("tokens_per_second_min", .double(rows / (times.max() ?? 1))),
      ("tokens_per_second_max", .double(rows / (times.min() ?? 1))),
      ("gflops", .double(rate * flops)), ("peak_gflops", .double(peak)),
      ("share_of_peak", .double(rate * flops / peak)), ("peak_memory_mb", .double(peakMemoryMegabytes())),
    ])
  }
}

/// The optimizers with the settings of configs/training/base.yaml.
enum OptimizerChoice: String, CaseIterable, ExpressibleByArgument {
  case adamw, adafactor, muon

  var settings: OptimizerSettings {
    switch self {
    case .adamw: .adamW(AdamWSettings())
    case .adafactor: .adafactor(AdafactorSettings())
    case .muon: .muon(MuonSettings(), others: AdamWSettings())
    }
  }
}
