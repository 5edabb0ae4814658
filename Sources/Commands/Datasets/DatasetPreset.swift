import Storage

/// The dataset configs `configs/datasets/<preset>.yaml`, by name.
enum DatasetPreset {
  /// The group whose presets are listed.
  static let group = "datasets/reasoning"

  static func config(_ preset: String) -> String { "datasets/\(preset)" }

  /// Where variants of a preset have been materialised.
  static func directories(of preset: String, in workspace: StorageRoot) throws -> [StoragePath] {
    let parent = try StoragePath(parsing: "datasets/\(preset)")
    guard try workspace.kind(of: parent) == .directory else { return [] }
    return try workspace.list(parent).map(parent.appending).filter { try workspace.kind(of: $0) == .directory }
  }
}
