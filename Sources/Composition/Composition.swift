/// One composition: the phases in order, and what they found.
struct Composition {
  /// What changed the tree.
  enum Step {
    case config(IncludedConfig)
    case override(Override)
  }

  private let config: String
  private let overrides: [Override]
  private let inputs: ResolverInputs
  /// With the search path of the primary config.
  let sources: ConfigSources
  private var repository: ConfigRepository
  /// Whether a choice that is still to be made (`???`) includes nothing, instead of being an error.
  var allowsMissingChoices = false
  /// Sees the tree after each step.
  var observer: ((Step, ConfigNode) -> Void)?

  init(config: String, overrides: [Override], sources: ConfigSources, inputs: ResolverInputs) throws {
    self.config = config
    self.inputs = inputs
    self.overrides = overrides
    var repository = ConfigRepository(sources)
    let entries = try HydraSection.searchPath(of: try repository.load(config), overrides: overrides)
    if !entries.isEmpty { repository.sources = try sources.searching(entries) }
    self.sources = repository.sources
    self.repository = repository
  }

  func result() throws -> ComposedConfig {
    let (groupOverrides, valueOverrides) = try GroupOverrides.split(overrides, sources: sources)
    var builder = DefaultsTreeBuilder(repository: repository, overrides: groupOverrides, inputs: inputs)
    builder.allowsMissingChoices = allowsMissingChoices
    let tree = try builder.build(primary: config)
    let list = try DefaultsList(tree)
    try builder.overrides.requireAllUsed()

    var repository = builder.repository
    var root = ConfigNode(.mapping(["hydra": HydraSection.initial]), origin: .implied)
    var sweeps: [SweepBlock] = []
    for item in list.items {
      guard let file = try repository.load(item.config) else { continue }
      let content = ConfigMerge.embed(file.content, in: item.package)
      if !item.isPrimary { try HydraSection.refuseSearchPath(in: content, of: item) }
      try ConfigMerge.merge(content, into: &root, inputs: inputs)
      if let sweep = file.sweep { sweeps.append(sweep) }
      observer?(.config(item), root)
    }
    for override in valueOverrides {
      do {
        try ConfigEdit.apply(override, to: &root, inputs: inputs)
      } catch let error as ConfigError {
        throw suggestingGroups(error)
      }
      observer?(.override(override), root)
    }
    let hydra = try HydraSection.take(from: &root)
    return ComposedConfig(
      name: config, root: root, hydra: hydra, choices: builder.overrides.choices.map { ($0.key, $0.name) },
      included: list.items, tree: IncludeTree(tree), overrides: overrides.map(\.text), searchPath: sources.places,
      sweeps: sweeps)
  }

  /// The same problem; where a group was meant, with the groups near it.
  private func suggestingGroups(_ error: ConfigError) -> ConfigError {
    switch error {
    case .unknownKey(let path, let candidates, let origin) where candidates.isEmpty && path.contains("/"):
      .unknownKey(path: path, candidates: Suggestion.nearest(to: path, among: sources.groups), origin: origin)
    case .notAGroup(let text, let group, _):
      .notAGroup(text: text, group: group, candidates: Suggestion.nearest(to: group, among: sources.groups))
    default: error
    }
  }
}
