import Datasets
import Schemas
import Storage

extension Dataset {
  /// What a dataset is, for people.
  func table(at place: String) -> Table {
    var table = Table([.init("dataset"), .init(manifest.preset)])
    func row(_ name: String, _ value: String) { table.add([StyledText(name, .dim), StyledText(value)]) }
    row("directory", place)
    row("worlds", "\(manifest.worlds.joined(separator: ", ")); plans as \(manifest.style)")
    row("problems", splitManifest.splits.map { "\($0.name) \($0.count)" }.joined(separator: ", "))
    row("digest", manifest.contentDigest.description)
    return table
  }

  /// Keys: `content_digest`, `directory`, `preset`, `splits` (name to count), `style`, `worlds`.
  func summary(at place: String) -> JSONValue {
    .object([
      "content_digest": .string(manifest.contentDigest.description),
      "directory": .string(place),
      "preset": .string(manifest.preset),
      "splits": .object(JSONObject(splitManifest.splits.map { .init($0.name, .int(Int64($0.count))) })),
      "style": .string(manifest.style),
      "worlds": .array(manifest.worlds.map { .string($0) }),
    ])
  }
}
