/// The layers and the imports they allow: the table of docs/modules.md, as data.
///
/// `LayersTests` holds it against Package.swift and against the `import` lines of every source.
struct ModuleTable {
  /// One module: where it stands and what its sources may import.
  struct Row: Equatable {
    let name: String
    /// 0 leaves · 1 engines · 2 means · 3 features · 4 verbs.
    let layer: Int
    /// Modules of this package.
    let imports: Set<String>
    /// Modules of other packages.
    var external: Set<String> = []
  }

  let rows: [Row]

  /// Imports inside a layer; every other import points to a lower one.
  let arrowsInsideLayers: Set<Arrow>

  /// `from` imports `to`.
  struct Arrow: Hashable {
    let from: String
    let to: String

    init(_ from: String, _ to: String) {
      self.from = from
      self.to = to
    }
  }

  /// Where each external module may be imported at all.
  let externalHomes: [String: Set<String>]

  /// What the toolchain brings and any module may import; Foundation is not among it: it costs start-up time and opens
  /// files behind `Storage`'s back.
  let systemModules: Set<String>

  func row(_ name: String) -> Row? { rows.first { $0.name == name } }
}

extension ModuleTable {
  /// The table of this repository.
  static let codex = ModuleTable(
    rows: [
      Row(name: "CKernels", layer: 0, imports: []),
      Row(name: "Randomness", layer: 0, imports: []),
      Row(name: "Statistics", layer: 0, imports: ["Randomness"]),
      Row(name: "Plans", layer: 0, imports: []),
      Row(name: "Tensors", layer: 0, imports: ["CKernels"]),
      Row(name: "Schemas", layer: 0, imports: []),
      Row(name: "Storage", layer: 0, imports: ["Schemas"], external: ["Crypto"]),
      Row(name: "Worlds", layer: 1, imports: ["Plans", "Randomness"]),
      Row(name: "Search", layer: 1, imports: ["Plans", "Randomness"]),
      Row(
        name: "Composition", layer: 1, imports: ["Randomness", "Schemas", "Storage"],
        external: ["OrderedCollections"]),
      Row(
        name: "Reasoner", layer: 2,
        imports: ["Tensors", "Plans", "Search", "Composition", "Storage", "Randomness"]),
      Row(
        name: "Datasets", layer: 2,
        imports: ["Worlds", "Plans", "Composition", "Randomness", "Schemas", "Storage"]),
      Row(name: "Runs", layer: 2, imports: ["Composition", "Schemas", "Storage"]),
      Row(
        name: "Planning", layer: 2,
        imports: [
          "Reasoner", "Search", "Worlds", "Plans", "Tensors", "Composition", "Randomness", "Runs", "Schemas", "Storage",
        ]),
      Row(
        name: "Ledger", layer: 2, imports: ["Composition", "Runs", "Statistics", "Randomness", "Schemas", "Storage"]),
      Row(name: "Bundles", layer: 2, imports: ["Runs", "Schemas", "Storage"]),
      Row(
        name: "Training", layer: 3,
        imports: [
          "Planning", "Reasoner", "Datasets", "Tensors", "Plans", "Worlds", "Composition", "Randomness", "Runs",
          "Schemas", "Storage",
        ]),
      Row(
        name: "Evaluation", layer: 3,
        imports: [
          "Planning", "Reasoner", "Datasets", "Ledger", "Tensors", "Plans", "Worlds", "Search", "Composition",
          "Statistics", "Runs", "Schemas", "Storage",
        ]),
      Row(name: "Registry", layer: 3, imports: ["Bundles", "Schemas", "Storage"]),
      Row(
        name: "Deployment", layer: 3,
        imports: [
          "Planning", "Ledger", "Tensors", "Plans", "Worlds", "Composition", "Statistics", "Schemas", "Storage",
        ]),
      Row(
        name: "Serving", layer: 3,
        imports: ["Planning", "Plans", "Worlds", "Schemas", "Storage"],
        external: ["HummingbirdCore", "NIOCore", "NIOPosix", "HTTPTypes", "Logging"]),
      Row(
        name: "Commands", layer: 4,
        imports: [
          "Training", "Evaluation", "Registry", "Deployment", "Serving", "Ledger", "Bundles", "Planning", "Reasoner",
          "Datasets", "Composition", "Search", "Worlds", "Tensors", "CKernels", "Plans", "Randomness", "Runs",
          "Schemas",
          "Storage",
        ], external: ["ArgumentParser"]),
      Row(name: "codex", layer: 4, imports: ["Commands"]),
      Row(
        name: "codex-bench", layer: 4,
        imports: [
          "Training", "Reasoner", "Search", "Composition", "Worlds", "Plans", "Tensors", "CKernels", "Randomness",
          "Storage",
        ],
        external: ["ArgumentParser"]),
      Row(name: "ledger-writer", layer: 4, imports: ["Ledger", "Schemas", "Storage"]),
    ],
    arrowsInsideLayers: [
      Arrow("Statistics", "Randomness"), Arrow("Tensors", "CKernels"),
      Arrow("Storage", "Schemas"), Arrow("Planning", "Reasoner"),
      Arrow("Planning", "Runs"), Arrow("Ledger", "Runs"), Arrow("Bundles", "Runs"), Arrow("codex", "Commands"),
    ],
    externalHomes: [
      "Crypto": ["Storage"], "OrderedCollections": ["Composition"],
      "HummingbirdCore": ["Serving"], "NIOCore": ["Serving"], "NIOPosix": ["Serving"], "HTTPTypes": ["Serving"],
      "Logging": ["Serving"],
      "ArgumentParser": ["Commands", "codex-bench"],
    ],
    systemModules: ["Swift", "Synchronization", "Glibc", "Musl", "Darwin"])
}
