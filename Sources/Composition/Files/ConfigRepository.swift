/// Reads configs, each once per composition.
struct ConfigRepository {
  /// May be widened by a search path; what was read stays.
  var sources: ConfigSources
  private var cache: [String: ConfigFile] = [:]

  init(_ sources: ConfigSources) { self.sources = sources }

  /// The config `name`, or nil if no layer has it.
  ///
  /// - Parameter origin: Where the name was written; nil for the primary config.
  /// - Throws: `ConfigError` for a name that could leave `configs/`, and for what reading reports.
  mutating func load(_ name: String, namedAt origin: Origin? = nil) throws -> ConfigFile? {
    if let known = cache[name] { return known }
    if let (problem, remedy) = ConfigName.refusal(of: name) {
      throw ConfigError.badName(name: name, problem: problem, remedy: remedy, origin: origin)
    }
    guard let (bytes, file) = try sources.read(name) else { return nil }
    let loaded = try ConfigFile(name: name, bytes: bytes, file: file)
    cache[name] = loaded
    return loaded
  }
}
