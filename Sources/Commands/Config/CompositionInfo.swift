import ArgumentParser
import Composition
import Storage

/// How a configuration is composed, in the layout of Hydra's `--info`; Hydra's own configs have no rows.
struct CompositionInfo {
  enum Topic: String, ExpressibleByArgument, CaseIterable {
    case defaults
    case tree = "defaults-tree"
    case config
    case searchPath = "searchpath"
  }

  let composed: ComposedConfig

  init(_ composed: ComposedConfig) { self.composed = composed }

  func render(_ topic: Topic, to session: Session) throws {
    if session.wantsJSON { return try session.output.json("codex.composition/1", json(topic)) }
    switch topic {
    case .defaults: try session.output.text(defaults)
    case .tree: try session.output.text(tree)
    case .searchPath: try session.output.text(searchPath)
    case .config:
      try session.output.text([searchPath, tree, defaults].joined(separator: "\n") + "\n")
      try session.output.text(Self.title("Config") + YAMLPrinter.print(composed.root))
    }
  }

  // MARK: Text

  private var defaults: String {
    let rows = composed.included.map {
      [$0.config, $0.package, $0.isOwnContent ? "True" : "False", $0.parent ?? Self.root]
    }
    return Self.title("Defaults List") + Self.box(["Config path", "Package", "_self_", "Parent"], rows)
  }

  private var tree: String {
    func lines(_ outline: IncludeTree, _ depth: Int) -> [String] {
      let line = String(repeating: "  ", count: depth) + outline.label + (outline.children.isEmpty ? "" : ":")
      return [line] + outline.children.flatMap { lines($0, depth + 1) }
    }
    let all = ["\(Self.root):"] + lines(composed.tree, 1)
    return Self.title("Defaults Tree") + all.joined(separator: "\n") + "\n"
  }

  private var searchPath: String {
    let rows = composed.searchPath.map { [$0.provider, $0.path] }
    return Self.title("Config search path") + Self.box(["Provider", "Search path"], rows)
  }

  /// What includes the primary config, in Hydra's words.
  private static let root = "<root>"

  private static func title(_ text: String) -> String {
    text + "\n" + String(repeating: "*", count: text.count) + "\n"
  }

  private static func box(_ headings: [String], _ rows: [[String]]) -> String {
    let widths = headings.indices.map { column in ([headings] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let ruler = String(repeating: "-", count: line(headings).count)
    return ([line(headings), ruler] + rows.map(line) + [ruler]).joined(separator: "\n") + "\n"
  }

  // MARK: JSON

  /// Keys: `defaults` (`config`, `own_content`, `package`, `parent`), `defaults_tree` (`entries`, `label`),
  /// `search_path` (`path`, `provider`); those that the topic names.
  private func json(_ topic: Topic) -> JSONValue {
    let defaults = JSONValue.array(
      composed.included.map {
        .object([
          "config": .string($0.config), "own_content": .bool($0.isOwnContent), "package": .string($0.package),
          "parent": $0.parent.map { .string($0) } ?? .null,
        ])
      })
    let searchPath = JSONValue.array(
      composed.searchPath.map { .object(["path": .string($0.path), "provider": .string($0.provider)]) })
    let tree = Self.json(composed.tree)
    switch topic {
    case .defaults: return .object(["defaults": defaults])
    case .tree: return .object(["defaults_tree": tree])
    case .searchPath: return .object(["search_path": searchPath])
    case .config:
      return .object([
        "config": composed.root.readableJSON, "defaults": defaults, "defaults_tree": tree, "search_path": searchPath,
      ])
    }
  }

  private static func json(_ outline: IncludeTree) -> JSONValue {
    .object(["entries": .array(outline.children.map(json)), "label": .string(outline.label)])
  }
}
