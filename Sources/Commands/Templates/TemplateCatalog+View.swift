import Composition
import Storage

extension TemplateCatalog.Template {
  /// The recorded version; marked where the template is not what was recorded.
  var versionText: StyledText {
    guard let recorded else { return StyledText("unrecorded", .yellow) }
    return isAtParity ? StyledText("\(recorded.version)") : StyledText("\(recorded.version), changed", .yellow)
  }

  /// Keys: `description`, `digest`, `name`, `parity`, `phases` (`dataset`, `id`, `length`), `source`, `version`.
  var json: JSONValue {
    .object([
      "description": .string(summary.description),
      "digest": .string(digest.description),
      "name": .string(name),
      "parity": .bool(isAtParity),
      "phases": .array(
        summary.phases.map {
          .object(["dataset": .string($0.dataset), "id": .string($0.id), "length": .string($0.length.text)])
        }),
      "source": .string(provenance.rawValue),
      "version": recorded.map { .int(Int64($0.version)) } ?? .null,
    ])
  }
}

extension TemplateSummary.Phase.Length {
  var text: String {
    switch self {
    case .steps(let count): "\(count) steps"
    case .epochs(let count): count == 1 ? "1 epoch" : "\(count) epochs"
    }
  }
}
