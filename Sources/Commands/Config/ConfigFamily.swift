import Composition
import Deployment
import Evaluation
import Ledger
import Planning
import Training

/// A kind of primary config, and the features that read what is composed from one.
struct ConfigFamily: Sendable {
  typealias Reader = @Sendable (ResolvedConfig) throws -> Void

  /// The group below which its primary configs lie.
  let group: String
  /// Each throws `ConfigError` with the problems that it has.
  let readers: [Reader]

  static let all = [template, dataset, evaluation, pod, gates]

  static let template = ConfigFamily(
    group: TemplateCatalog.group,
    readers: [
      { _ = try TemplateSummary($0) }, { _ = try DatasetRequest($0) }, { _ = try TrainingConfig($0) },
      { _ = try SearchConfig($0) }, { _ = try TemplateReaders.modelShape($0) },
    ])
  static let dataset = ConfigFamily(group: "datasets", readers: [{ _ = try DatasetRequest($0) }])
  static let evaluation = ConfigFamily(group: "evaluation", readers: [{ _ = try EvaluationConfig($0) }])
  static let pod = ConfigFamily(group: "deploy", readers: [{ _ = try PodConfig($0) }])
  static let gates = ConfigFamily(group: "gates", readers: [{ _ = try GatesConfig($0) }])

  /// The primary configs of this family: templates lie directly in their group, the others at any depth.
  func primaries(in sources: ConfigSources) -> [String] {
    if group == TemplateCatalog.group { return TemplateCatalog(sources).names.map(TemplateCatalog.config) }
    return sources.list.map(\.name).filter { $0.hasPrefix(group + "/") }
  }

  /// Lets every feature read the configuration.
  ///
  /// - Throws: `ConfigError` with the problems of all of them, each once; where values are sound one by one, what a feature
  ///   says about them together.
  func check(_ resolved: ResolvedConfig) throws {
    var problems: [ConfigError] = []
    var unsuited: (any Error)?
    for read in readers {
      do { try read(resolved) } catch let error as ConfigError {
        problems += error.each.filter { !problems.contains($0) }
      } catch { unsuited = unsuited ?? error }
    }
    guard let first = problems.first else {
      if let unsuited { throw unsuited }
      return
    }
    throw problems.count == 1 ? first : ConfigError.problems(problems)
  }
}
