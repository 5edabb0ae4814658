import Composition

/// What the features read of a composed configuration, found by letting them read the built-in ones.
struct DeclaredSettings {
  let schema: SettingSchema

  /// - Throws: `ConfigError` if a built-in config does not compose, which a test rules out.
  static func ofBuiltInConfigs() throws -> DeclaredSettings {
    let sources = ConfigSources(builtIn: BuiltInConfigs.files)
    var schema: SettingSchema?
    for family in ConfigFamily.all {
      for primary in family.primaries(in: sources) {
        let resolved = try Composer(sources).compose(config: primary)
        try family.check(resolved)
        let read = settings(read: family.check, in: resolved)
        schema = schema?.united(with: read) ?? read
      }
    }
    guard var schema else { preconditionFailure("there are built-in configs") }
    for (name, _) in sources.list {
      try schema.describe(by: ConfigComments(of: name, in: sources), at: sources.package(of: name))
    }
    return DeclaredSettings(schema: schema)
  }

  /// What `read` asks of a configuration, also of one that it refuses.
  static func settings(read: (ResolvedConfig) throws -> Void, in resolved: ResolvedConfig) -> SettingSchema {
    let declarations = ConfigDeclarations()
    try? read(resolved.recorded(in: declarations))
    return declarations.schema
  }

  /// What the features read of one configuration; nil for a tree that is not codex's own, or that does not resolve.
  static func settings(of request: CompositionRequest) -> SettingSchema? {
    guard let family = ConfigFamily.all.first(where: { request.config.hasPrefix($0.group + "/") }),
      let resolved = try? request.resolved()
    else { return nil }
    return settings(read: family.check, in: resolved)
  }
}
