import Composition
import Schemas
import Storage

/// A gates file as it should be, beside what it is.
public struct GatesFileEdit: Sendable, Equatable {
  public let before: String
  public let after: String
  /// What could not be done, as sentences.
  public let notes: [String]
}

/// What the things that a gates file pins are now, in one workspace.
public struct PresentDigests {
  /// Digest of a template without overrides; nil where there is none of that name.
  let template: (_ name: String) -> Digest?
  /// Digest of an evaluation's or a pod's configuration.
  let evaluation: (_ name: String) -> Digest?
  /// The frozen dataset of a preset, as an evaluation pins it.
  let dataset: (_ preset: String) -> Digest?
  /// What a template trains on; nil where there is none of that name.
  let trainingData: (_ template: String) -> TrainingData?
  /// Digest over the ids that an evaluation asks of its frozen dataset; nil where that is not in the workspace.
  let problems: (_ evaluation: String) -> Digest?

  /// A dataset that a configuration decides to the last byte.
  public struct TrainingData {
    /// Its place below `datasets/`, which names everything that decides the bytes.
    let name: String
    /// Makes it and hashes it; nil where that fails.
    let content: () -> Digest?

    public init(name: String, content: @escaping () -> Digest?) {
      self.name = name
      self.content = content
    }
  }

  public init(
    template: @escaping (String) -> Digest?, evaluation: @escaping (String) -> Digest?,
    dataset: @escaping (String) -> Digest?,
    trainingData: @escaping (String) -> TrainingData?, problems: @escaping (String) -> Digest?
  ) {
    self.template = template
    self.evaluation = evaluation
    self.dataset = dataset
    self.trainingData = trainingData
    self.problems = problems
  }
}

extension GatesFileEdit {
  /// A gates file whose pins are what `present` says; nothing else of its text changes, comments included.
  ///
  /// - Parameters:
  ///   - bytes: The file, which need not be one that gates would accept.
  ///   - file: Its name, for messages.
  ///   - old: Only pins of this digest are written; nil for all.
  /// - Throws: `ConfigError` for what is no YAML, or no gates file.
  public static func pinning(
    _ bytes: [UInt8], file: String, to present: PresentDigests, only old: Digest? = nil
  ) throws -> GatesFileEdit {
    let text = String(decoding: bytes, as: UTF8.self)
    let root = try YAMLReader.read(bytes, file: file)
    var pins = PinWriter(
      replaced: old, lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    let defaults = root[path: "gates.identity"]
    for node in [defaults] + clauses(of: root) {
      guard let node else { continue }
      for (field, digest) in [
        ("template", present.template), ("evaluation", present.evaluation), ("dataset", present.dataset),
        ("pod_config", present.evaluation),
      ] {
        pins.pin(node[path: field], by: digest)
      }
      pins.pin(
        trainedOn: node[path: "trained_on"], by: node[path: "template"] ?? defaults?[path: "template"],
        present.trainingData)
      if let evaluation = pinnedName(node[path: "evaluation"]) {
        pins.pin(problems: node[path: "problems"], present.problems(evaluation))
      }
    }
    return GatesFileEdit(before: text, after: pins.lines.joined(separator: "\n"), notes: pins.notes)
  }

  private static func clauses(of root: ConfigNode) -> [ConfigNode] {
    elements(root[path: "gates.milestones"]).flatMap { milestone in
      elements(milestone[path: "clauses"]) + elements(milestone[path: "cadence"])
    }
  }

  static func elements(_ node: ConfigNode?) -> [ConfigNode] {
    if case .list(let elements)? = node?.value { elements } else { [] }
  }

  private static func pinnedName(_ node: ConfigNode?) -> String? {
    if case .string(let text)? = node?.value { PinnedName(text)?.name } else { nil }
  }
}

/// Replaces pins in the lines of a file, each where it was written.
private struct PinWriter {
  /// The only digest that is replaced; nil for any.
  let replaced: Digest?
  var lines: [String]
  var notes: [String] = []

  /// - Parameter node: A pinned name, or a list of them.
  mutating func pin(_ node: ConfigNode?, by digest: (String) -> Digest?) {
    guard let node else { return }
    if case .list(let elements) = node.value {
      for element in elements { pin(element, by: digest) }
      return
    }
    guard case .string(let text) = node.value, let old = PinnedName(text), isReplaced(old.digest) else { return }
    guard let now = digest(old.name) else {
      notes.append("\(node.origin): there is no '\(old.name)' here; its digest stays.")
      return
    }
    replace(old.digest, by: now, at: node.origin)
  }

  mutating func pin(problems node: ConfigNode?, _ digest: Digest?) {
    guard let node, case .string(let text) = node.value, let old = try? Digest(parsing: text), isReplaced(old)
    else { return }
    guard let digest else {
      notes.append("\(node.origin): the frozen dataset is not here; the digest of its problems stays.")
      return
    }
    replace(old, by: digest, at: node.origin)
  }

  /// Pins the dataset of each template; of one that stands in its old place the bytes are the old ones.
  mutating func pin(
    trainedOn node: ConfigNode?, by templates: ConfigNode?, _ data: (String) -> PresentDigests.TrainingData?
  ) {
    guard let node else { return }
    let pinned = Self.pinnedNames(node)
    guard pinned.contains(where: { isReplaced($0.name.digest) }) else { return }
    let names = templates.map(Self.pinnedNames) ?? []
    guard names.count == pinned.count else {
      notes.append(
        "\(node.origin): there are \(pinned.count) datasets for \(names.count) templates; write one for each, in order."
      )
      return
    }
    for ((node, old), template) in zip(pinned, names.map(\.name.name)) where isReplaced(old.digest) {
      guard let now = data(template), let digest = now.name == old.name && replaced == nil ? old.digest : now.content()
      else {
        notes.append("\(node.origin): what '\(template)' trains on cannot be made here; its pin stays.")
        continue
      }
      replace(old.description, by: PinnedName(now.name, digest).description, at: node.origin)
    }
  }

  /// The pins of a text or of a list of them.
  private static func pinnedNames(_ node: ConfigNode) -> [(node: ConfigNode, name: PinnedName)] {
    switch node.value {
    case .list(let elements): elements.flatMap(pinnedNames)
    case .string(let text): PinnedName(text).map { [(node, $0)] } ?? []
    default: []
    }
  }

  private func isReplaced(_ digest: Digest) -> Bool { replaced == nil || replaced == digest }

  private mutating func replace(_ old: Digest, by new: Digest, at origin: Origin) {
    replace(old.description, by: new.description, at: origin)
  }

  private mutating func replace(_ old: String, by new: String, at origin: Origin) {
    guard case .file(_, let line, _) = origin, lines.indices.contains(line - 1) else { return }
    lines[line - 1] = lines[line - 1].replacing(old, with: new)
  }
}
