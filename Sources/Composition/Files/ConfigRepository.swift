/// Reads configs, each once per composition.
struct ConfigRepository {
  let sources: ConfigSources
  private var cache: [String: ConfigFile] = [:]

  init(_ sources: ConfigSources) { self.sources = sources }

  /// The config `name`, or nil if no layer has it.
  ///
  /// - Throws: `ConfigError` for a name that could leave `configs/`, and for what reading reports.
  mutating func load(_ name: String) throws -> ConfigFile? {
    if let known = cache[name] { return known }
    guard ConfigName.isValid(name) else { throw ConfigError.badName(name: name) }
    guard let (bytes, file) = try sources.read(name) else { return nil }
    let loaded = try ConfigFile(name: name, bytes: bytes, file: file)
    cache[name] = loaded
    return loaded
  }
}
