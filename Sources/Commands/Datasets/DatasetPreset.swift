import Composition
import Storage

/// The dataset configs `configs/datasets/<preset>.yaml`, by name.
enum DatasetPreset {
  /// The group whose presets are listed.
  static let group = "datasets/reasoning"

  static func config(_ preset: String) -> String { "datasets/\(preset)" }

  /// - Throws: `UsageError` for a name that is none.
  static func checkName(_ preset: String, in session: Session) throws {
    let presets = try session.configSources().list.map(\.name).filter { $0.hasPrefix("datasets/") }.map {
      String($0.dropFirst("datasets/".count))
    }
    guard !presets.contains(preset) else { return }
    let near = Suggestion.paths(like: preset, among: presets).map { "'\($0)'" }.joined(separator: " or ")
    throw UsageError(
      "'\(preset)' is no preset.\(near.isEmpty ? "" : " Did you mean \(near)?") 'codex datasets list' names all.")
  }

  /// Refuses a name that only the command line gives: it would call the problems of another preset by it.
  ///
  /// - Throws: `UsageError`.
  static func check(_ resolved: ResolvedConfig, in session: Session) throws {
    guard let node = resolved.root[path: "dataset.preset"], node.origin.isOverride, case .string(let name) = node.value
    else { return }
    let presets = try session.configSources().list.map(\.name).filter { $0.hasPrefix("datasets/") }.map {
      String($0.dropFirst("datasets/".count))
    }
    guard !presets.contains(name) else { return }
    let near = Suggestion.paths(like: name, among: presets).map { "'\($0)'" }.joined(separator: " or ")
    throw UsageError(
      "dataset.preset: '\(name)' is no preset; it would only give generated problems another name."
        + (near.isEmpty ? "" : " Did you mean \(near)?") + " Presets are the files of configs/datasets/: write "
        + "configs/datasets/\(name).yaml, or leave the preset as it is.")
  }

  /// Where variants of a preset have been materialised.
  static func directories(of preset: String, in workspace: StorageRoot) throws -> [StoragePath] {
    let parent = try StoragePath(parsing: "datasets/\(preset)")
    guard try workspace.kind(of: parent) == .directory else { return [] }
    return try workspace.list(parent).map(parent.appending).filter { try workspace.kind(of: $0) == .directory }
  }
}
