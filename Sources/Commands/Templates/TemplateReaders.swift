import Composition
import Datasets

/// The features that read a template: each must accept it.
enum TemplateReaders {
  /// - Throws: `ConfigError` of the first that does not.
  static func check(_ resolved: ResolvedConfig) throws {
    _ = try DatasetRequest(resolved)
  }
}
