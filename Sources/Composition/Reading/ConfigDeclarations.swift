import Synchronization

/// What readers asked of a configuration: the kinds and limits of its settings.
///
///     let declarations = ConfigDeclarations()
///     _ = try TrainingConfig(resolved.recorded(in: declarations))
///     declarations.schema["training"]
///
/// A schema is thus what the program reads, not a second list beside it.
public final class ConfigDeclarations: Sendable {
  // Readers are values that may be read on any thread.
  private let declared = Mutex<[(path: ConfigPath, setting: SettingSchema)]>([])

  public init() {}

  func add(_ setting: SettingSchema, at path: ConfigPath) {
    declared.withLock { $0.append((path, setting)) }
  }

  /// All that was read, as a tree: what several readers asked of one setting must all hold, and elements of a list are
  /// described together.
  public var schema: SettingSchema {
    declared.withLock { declared in
      var root = SettingSchema(.mapping)
      for (path, setting) in declared { root.narrow(at: path.keys[...], by: setting) }
      return root.withElementsUnited
    }
  }
}

extension ResolvedConfig {
  /// The same configuration; readers of it note in `declarations` what they ask for.
  public func recorded(in declarations: ConfigDeclarations) -> ResolvedConfig {
    var copy = self
    copy.declarations = declarations
    return copy
  }
}
