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
}
