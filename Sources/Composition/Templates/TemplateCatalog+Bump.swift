import Schemas
import Storage

/// What a bump recorded.
public struct TemplateBump: Sendable, Equatable {
  /// A place in a deployment config that names the old digest.
  public struct Pin: Sendable, Equatable {
    public let path: String
    public let origin: Origin
  }

  public let name: String
  public let version: Int
  /// Nil for a template recorded for the first time.
  public let oldDigest: Digest?
  public let digest: Digest
  public let pins: [Pin]
  /// Where the notice for deployment partners was written, relative to the workspace.
  public let notice: StoragePath
}

extension TemplateCatalog {
  /// Records a template's digest under the next version, and writes the notice for deployment partners.
  ///
  /// Writes `configs/training/reasoning/manifest.yaml` last: until then nothing counts as bumped. A notice left by an
  /// interrupted bump is replaced by the next.
  ///
  /// - Returns: Nil if the recorded digest is already that of the template; nothing is written then.
  /// - Throws: `ConfigError` for a template that is unknown or unreadable, `StorageError` for failed writes.
  public func bump(_ name: String, in workspace: StorageRoot) throws -> TemplateBump? {
    let template = try template(name)
    if template.isAtParity { return nil }
    let bumped = try manifest().bumping(name, to: template.digest)
    let version = bumped.entries[name]?.version ?? 1
    let bump = TemplateBump(
      name: name, version: version, oldDigest: template.recorded?.digest, digest: template.digest,
      pins: try template.recorded.map { try pins(on: $0.digest) } ?? [],
      notice: try StoragePath(parsing: "status_updates/template_\(name)_v\(version).md"))
    try workspace.makeDirectory(bump.notice.parent)
    try workspace.atomicReplace(bump.notice, Array(bump.noticeText.utf8))
    let manifest = try StoragePath(parsing: "configs/\(Self.config(Self.manifestName)).yaml")
    try workspace.makeDirectory(manifest.parent)
    try workspace.atomicReplace(manifest, Array(bumped.yaml.utf8))
    return bump
  }

  /// The values in `configs/deploy/` that are `digest`.
  private func pins(on digest: Digest) throws -> [TemplateBump.Pin] {
    var pins: [TemplateBump.Pin] = []
    func visit(_ node: ConfigNode, path: ConfigPath) {
      switch node.value {
      case .string(digest.description): pins.append(.init(path: path.description, origin: node.origin))
      case .mapping(let entries): for (key, child) in entries { visit(child, path: path.appending(key)) }
      case .list(let elements):
        for (index, child) in elements.enumerated() { visit(child, path: path.appending("\(index)")) }
      default: break
      }
    }
    for name in sources.list.map(\.name) where name.hasPrefix("deploy/") {
      guard let (bytes, file) = try sources.read(name) else { continue }
      visit(try YAMLReader.read(bytes, file: file), path: ConfigPath(keys: []))
    }
    return pins
  }
}

extension TemplateBump {
  /// The notice for deployment partners, as Markdown.
  var noticeText: String {
    let pinned = pins.map { "- [ ] \($0.origin): `\($0.path)`" }
    return """
      # Template \(name), version \(version)

      The reasoning template `\(name)` changed.

      - Digest before: \(oldDigest?.description ?? "none, this is its first record").
      - Digest now: \(digest).

      \(pins.isEmpty ? "No deployment config pins" : "To do: deployment configs that pin") the digest before.

      \(pinned.isEmpty ? "" : pinned.joined(separator: "\n") + "\n\n")\
      Bundles trained from the digest before stay valid; they answer for it, not for this version.

      """
  }
}
