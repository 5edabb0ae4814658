import Composition
import Plans
import Reasoner
import Training

/// What the commands of templates ask of the features that read one.
enum TemplateReaders {
  /// - Throws: `ConfigError` with the problems of all features.
  static func check(_ resolved: ResolvedConfig) throws { try ConfigFamily.template.check(resolved) }

  /// The model of the section `model`, under this build's vocabulary.
  static func modelShape(_ resolved: ResolvedConfig) throws -> ModelShape {
    var read = ConfigReader(resolved, sections: ["model"])
    let shape = try ModelShape(&read, vocabulary: PlanVocabulary.ofThisBuild().count)
    try read.finish()
    return shape
  }

  /// Bytes that a training run takes: weights, gradient, the optimizer's state and scratch memory, one chunk's activations,
  /// and what problems and the process itself were measured to take.
  static func trainingMemory(_ resolved: ResolvedConfig, on machine: Machine) throws -> Int {
    let config = try TrainingConfig(resolved)
    let shape = try modelShape(resolved)
    let optimizer = config.optimizer.bytes(
      for: WeightLayout(shape), kernels: machine.kernels, format: config.format, threads: machine.pool.threads)
    return 2 * MemoryLayout<Float>.stride * shape.parameterCount + optimizer
      + Transformer.activationBytes(
        shape, rows: config.chunkRows, recomputes: config.recomputes, format: config.format)
      + bytesOfProblem * (try DatasetRequest(resolved)).exampleCount + bytesOfProcess
  }

  /// Of 86,000 problems, 99 MB; text, tree and tokens of each are held.
  private static let bytesOfProblem = 1_200
  private static let bytesOfProcess = 24 << 20
}
