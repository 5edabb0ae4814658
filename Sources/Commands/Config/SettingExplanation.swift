import Composition
import Storage

/// One setting: its value, who set it, what it means and what it may be.
struct SettingExplanation {
  let explanation: ConfigExplanation
  /// From the comment above the key where it was set first.
  let summary: String?
  /// What the features let it be, if they read it.
  let allowed: SettingSchema?

  /// - Throws: `ConfigError.noSuchSetting` for the first key that nothing ever set, and what composing reports.
  static func all(of keys: [String], in request: CompositionRequest) throws -> [SettingExplanation] {
    let schema = DeclaredSettings.settings(of: request)
    return try keys.map { key in
      let explanation = try request.composer.explain(key, config: request.config, overrides: request.overrides)
      return SettingExplanation(
        explanation: explanation, summary: try summary(of: explanation, in: request.sources),
        allowed: schema?[explanation.path])
    }
  }

  /// The first config that sets the value has the comment that says what it is; later ones say why they differ.
  private static func summary(of explanation: ConfigExplanation, in sources: ConfigSources) throws -> String? {
    for included in explanation.steps.compactMap(\.included) {
      let package = included.package.isEmpty ? "" : included.package + "."
      guard explanation.path.hasPrefix(package) else { continue }
      let comments = try ConfigComments(of: included.config, in: sources)
      if let comment = comments[String(explanation.path.dropFirst(package.count))] { return comment }
    }
    return nil
  }
}
