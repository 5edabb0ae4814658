extension ConfigSources {
  /// Where the content of a config goes unless the entry that includes it says otherwise: the package that its header
  /// names, else its group with dots; empty for the root.
  ///
  /// - Throws: `ConfigError` for a header that cannot be read.
  public func package(of name: String) throws -> String {
    let group = name.split(separator: "/").dropLast().joined(separator: ".")
    guard let (bytes, file) = try read(name), let header = try PackageHeader.read(bytes, file: file) else {
      return group
    }
    if header == "_global_" { return "" }
    return header.hasPrefix("_global_.") ? String(header.dropFirst("_global_.".count)) : header
  }
}
