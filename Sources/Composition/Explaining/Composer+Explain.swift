extension Composer {
  /// Composes once more and watches one setting.
  ///
  /// - Parameter key: A dotted path, of a value or of a mapping.
  /// - Throws: `ConfigError.noSuchSetting` with near ones if no config and no override ever set it, and what composing
  ///   reports. That interpolations cannot be resolved is no error here but `problem`.
  public func explain(_ key: String, config: String, overrides texts: [String] = []) throws -> ConfigExplanation {
    let overrides = try OverrideParser.parse(texts)
    for override in overrides { try override.requireSingleRun() }
    let (composed, steps) = try watch(ConfigPath(key), config: config, overrides: overrides)
    guard steps.isEmpty else { return explanation(of: ConfigPath(key), composed, steps) }
    // The setting may lie behind an interpolation.
    var resolver = InterpolationResolver(root: composed.root, hydra: HydraSection.runtime(of: composed), inputs: inputs)
    guard
      case .found(let place)? = try? resolver.select(key, at: ConfigPath(keys: []), origin: .implied),
      place != ConfigPath(key)
    else {
      let paths = composed.root.leaves().map(\.path)
      throw ConfigError.noSuchSetting(path: key, candidates: Suggestion.settings(like: key, among: paths))
    }
    return explanation(of: place, composed, try watch(place, config: config, overrides: overrides).steps)
  }

  /// Every change of the setting at `path` on the way to the composed configuration.
  private func watch(
    _ path: ConfigPath, config: String, overrides: [Override]
  ) throws -> (ComposedConfig, steps: [ConfigExplanation.Step]) {
    let watcher = SettingWatcher(path: path)
    var composition = try Composition(config: config, overrides: overrides, sources: sources, inputs: inputs)
    composition.observer = { step, root in watcher.see(root, after: step) }
    return (try composition.result(), watcher.steps)
  }

  private func explanation(
    of path: ConfigPath, _ composed: ComposedConfig, _ steps: [ConfigExplanation.Step]
  ) -> ConfigExplanation {
    var resolver = InterpolationResolver(root: composed.root, hydra: HydraSection.runtime(of: composed), inputs: inputs)
    var resolved: ConfigNode?, problem: ConfigError?
    do {
      resolved = try resolver.resolvedValue(at: path)
    } catch {
      problem = error as? ConfigError
    }
    let references = resolver.references.filter { path.isPrefix(of: $0.key) }.flatMap { from, places in
      places.map { place in
        ConfigExplanation.Reference(
          from: from.description, to: place.description,
          origin: composed.root[at: place.keys[...]]?.origin ?? .implied)
      }
    }
    return ConfigExplanation(
      path: path.description, steps: steps, value: steps.last?.value, resolved: resolved, problem: problem,
      references: references)
  }
}

/// Notes what becomes of one setting while a configuration is composed.
private final class SettingWatcher {
  private let path: ConfigPath
  private(set) var steps: [ConfigExplanation.Step] = []

  init(path: ConfigPath) { self.path = path }

  func see(_ root: ConfigNode, after step: Composition.Step) {
    let node = root[at: path.keys[...]], previous = steps.last?.value
    guard let origin = Self.change(from: previous, to: node, step) else { return }
    var included: IncludedConfig?
    if case .config(let config) = step { included = config }
    steps.append(ConfigExplanation.Step(origin: origin, value: node, included: included))
  }

  /// Where the first difference was written; nil if there is none.
  private static func change(
    from old: ConfigNode?, to new: ConfigNode?, _ step: Composition.Step
  ) -> Origin? {
    switch (old?.value, new?.value) {
    case (nil, nil): return nil
    case (_?, nil): return place(of: step)
    case (.mapping(let before)?, .mapping(let after)?):
      for (key, node) in after {
        if let origin = change(from: before[key], to: node, step) { return origin }
      }
      return before.keys.contains { after[$0] == nil } ? place(of: step) : nil
    case (.list(let before)?, .list(let after)?) where old?.origin == new?.origin && before.count == after.count:
      for (before, after) in zip(before, after) {
        if let origin = change(from: before, to: after, step) { return origin }
      }
      return nil
    default:
      guard let new else { return nil }
      if let old, old.origin == new.origin, old.value.hasSameContent(as: new.value) { return nil }
      // A mapping that a package implies was written nowhere; what is in it was.
      guard case .implied = new.origin else { return new.origin }
      return new.entries?.values.compactMap { change(from: nil, to: $0, step) }.first ?? place(of: step)
    }
  }

  private static func place(of step: Composition.Step) -> Origin {
    switch step {
    case .config(let config): config.origin
    case .override(let override): override.origin
    }
  }
}
