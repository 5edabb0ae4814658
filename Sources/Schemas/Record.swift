/// A record that codex writes for others to read, in the envelope `{"data": {…}, "schema": "codex.metric/1"}`.
///
/// A change of meaning or of keys is a new version, hence a new type; readers refuse versions they do not know.
public protocol Record: Codable, Sendable {
  /// Name and version, `codex.<name>/<version>`.
  static var schema: String { get }
}
