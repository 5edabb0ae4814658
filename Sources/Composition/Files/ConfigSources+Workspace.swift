import Storage

extension ConfigSources {
  /// The configs of a workspace, then those compiled into the binary.
  ///
  /// - Parameter workspace: The directory that holds `configs/`; one without is the same as none.
  /// - Throws: `StorageError` if `configs/` cannot be listed.
  public init(workspace: StorageRoot?, builtIn files: [String: String] = BuiltInConfigs.files) throws {
    var layers = [Layer.memory(files)]
    if let workspace, let kind = try workspace.kind(of: "configs") {
      guard kind == .directory else {
        throw StorageError.wrongKind(path: workspace.name("configs"), expected: "a directory", got: kind.name)
      }
      layers.insert(try .directory("configs", in: workspace), at: 0)
    }
    self.init(layers: layers)
    if let workspace { allowSearchPaths(in: workspace) }
  }

  /// The configs below a directory, and no others.
  ///
  /// - Parameter shownAs: What messages call the directory, if the user named it; by default its path in `root`.
  public init(directory path: StoragePath, in root: StorageRoot, shownAs name: String? = nil) throws {
    self.init(layers: [try .directory(path, in: root, provider: name == nil ? "main" : "command-line", shownAs: name)])
    allowSearchPaths(in: root)
  }

  /// Lets `hydra.searchpath` name directories below `root`, as `file://a/b` or `a/b`; nothing outside it is opened.
  public mutating func allowSearchPaths(in root: StorageRoot) {
    openSearchPath = { entry, provider, origin in
      func refuse(_ problem: String, _ remedy: String) -> ConfigError {
        .badSearchPath(path: entry, problem: problem, remedy: remedy, origin: origin)
      }
      let text = entry.hasPrefix("file://") ? String(entry.dropFirst("file://".count)) : entry
      guard !text.contains("://") else {
        throw refuse("is not on this machine's disk", "Write file://<directory>; there are no Python packages here.")
      }
      guard let path = try? StoragePath(parsing: text) else {
        throw refuse("leads out of '\(root.path)'", "Name a directory below it, without '..' and a leading '/'.")
      }
      guard try root.kind(of: path) == .directory else {
        throw refuse("is no directory", "Name a directory below '\(root.path)'.")
      }
      return try .directory(path, in: root, provider: provider)
    }
  }
}

extension ConfigSources.Layer {
  /// Lists `path` once; files that appear later are not seen.
  static func directory(
    _ path: StoragePath, in root: StorageRoot, provider: String = "main", shownAs name: String? = nil
  ) throws -> Self {
    var names: [String] = []
    try collect(path, prefix: "", in: root, into: &names)
    let shown = name ?? (path.isRoot ? "" : path.description)
    return Self(
      provenance: name == nil ? .workspace : .commandLine,
      place: .init(provider: provider, path: "file://\(root.name(path))"),
      displayPrefix: shown.isEmpty || shown.hasSuffix("/") ? shown : shown + "/", index: ConfigIndex(names)
    ) { name in
      try root.read(path.appending(StoragePath(parsing: name + suffix)), limit: CompositionLimits.yamlByteCount)
    }
  }

  private static func collect(
    _ directory: StoragePath, prefix: String, in root: StorageRoot, into names: inout [String]
  ) throws {
    guard names.count < CompositionLimits.configCount, directory.components.count < CompositionLimits.includeDepth
    else {
      throw ConfigError.limitExceeded(
        what: "configs", limit: CompositionLimits.configCount,
        origin: .file(path: root.name(directory), line: 1, column: 1))
    }
    for component in try root.list(directory) {
      let path = directory.appending(component)
      switch try root.kind(of: path) {
      case .directory: try collect(path, prefix: "\(prefix)\(component.text)/", in: root, into: &names)
      case .file where component.text.hasSuffix(suffix):
        names.append(prefix + component.text.dropLast(suffix.count))
      case let kind? where component.text.hasSuffix(suffix):
        // Passing over it would use the built-in config of that name instead, unnoticed.
        throw StorageError.wrongKind(path: root.name(path), expected: "a regular file", got: kind.name)
      default: break
      }
    }
  }
}
