extension ConfigSources {
  /// Where the content of a config goes unless the entry that includes it says otherwise: the package that its header
  /// names, else its group with dots; empty for the root.
  ///
  /// - Throws: `ConfigError` for a header that cannot be read, and for what is no config name.
  public func package(of name: String) throws -> String {
    if let (problem, remedy) = ConfigName.refusal(of: name) {
      throw ConfigError.badName(name: name, problem: problem, remedy: remedy, origin: nil)
    }
    let group = name.split(separator: "/").dropLast().joined(separator: ".")
    guard let (bytes, file) = try read(name), let header = try PackageHeader.read(bytes, file: file) else {
      return group
    }
    if header == "_global_" { return "" }
    return header.hasPrefix("_global_.") ? String(header.dropFirst("_global_.".count)) : header
  }
}
