import Composition
import Planning
import Plans
import Reasoner
import Training

/// The features that read a template: each must accept it.
enum TemplateReaders {
  /// - Throws: `ConfigError` of the first that does not.
  static func check(_ resolved: ResolvedConfig) throws {
    _ = try DatasetRequest(resolved)
    _ = try TrainingConfig(resolved)
    _ = try SearchConfig(resolved)
    var model = ConfigReader(resolved, sections: ["model"])
    _ = try ModelShape(&model, vocabulary: PlanVocabulary.ofThisBuild().count)
    try model.finish()
  }

  /// Bytes that a training run takes beside its problems: weights, gradient, the optimizer's state and scratch memory, and
  /// one chunk's activations.
  static func trainingMemory(_ resolved: ResolvedConfig, on machine: Machine) throws -> Int {
    let config = try TrainingConfig(resolved)
    var model = ConfigReader(resolved, sections: ["model"])
    let shape = try ModelShape(&model, vocabulary: PlanVocabulary.ofThisBuild().count)
    try model.finish()
    let optimizer = config.optimizer.bytes(
      for: WeightLayout(shape), kernels: machine.kernels, format: config.format, threads: machine.pool.threads)
    return 2 * MemoryLayout<Float>.stride * shape.parameterCount + optimizer
      + Transformer.activationBytes(
        shape, rows: config.chunkRows, recomputes: config.recomputes, format: config.format)
  }
}
