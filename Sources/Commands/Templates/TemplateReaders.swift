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

  /// Bytes that a training run takes beside its problems: weights, gradient, the optimizer's state and scratch memory, and
  /// one chunk's activations.
  static func trainingMemory(_ resolved: ResolvedConfig, on machine: Machine) throws -> Int {
    let config = try TrainingConfig(resolved)
    let shape = try modelShape(resolved)
    let optimizer = config.optimizer.bytes(
      for: WeightLayout(shape), kernels: machine.kernels, format: config.format, threads: machine.pool.threads)
    return 2 * MemoryLayout<Float>.stride * shape.parameterCount + optimizer
      + Transformer.activationBytes(
        shape, rows: config.chunkRows, recomputes: config.recomputes, format: config.format)
  }
}
