import Composition
import Foundation
import Storage
import Testing

/// The repository's root, found from this file.
let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Composes `config` over files held in memory.
func compose(
  _ files: [String: String], _ overrides: String..., config: String = "config"
) throws -> ComposedConfig {
  try Composer(ConfigSources(builtIn: files)).composeUnresolved(config: config, overrides: overrides)
}

/// Reads one YAML text.
func yaml(_ text: String) throws -> ConfigNode { try YAMLReader.read(Array(text.utf8), file: "x.yaml") }

/// The sentence of the `ConfigError` that `body` throws; nil if it throws none.
func message<Value>(_ body: () throws -> Value) -> String? {
  do {
    _ = try body()
    return nil
  } catch { return (error as? ConfigError)?.description ?? "not a ConfigError: \(error)" }
}

/// The canonical JSON of a value, for comparisons.
func canonical(_ value: JSONValue) throws -> String { String(decoding: try CanonicalJSON.write(value), as: UTF8.self) }

/// The cases of a fixture file, one JSON object a line.
func cases(_ name: String) throws -> [JSONValue] {
  let text = try String(contentsOf: repository.appendingPathComponent("Tests/Fixtures/hydra/\(name)"), encoding: .utf8)
  return try text.split(separator: "\n").map { try JSONReader.parse(Array($0.utf8)) }
}

extension JSONValue {
  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var texts: [String] {
    guard case .array(let elements) = self else { return [] }
    return elements.compactMap(\.text)
  }

  var files: [String: String] {
    guard case .object(let object) = self else { return [:] }
    return Dictionary(uniqueKeysWithValues: object.members.map { ($0.key, $0.value.text ?? "") })
  }
}
