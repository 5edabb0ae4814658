import Schemas
import Storage

/// A line of a ledger before it is sealed, so that tests can write what codex would never write.
struct SceneLine: Sendable {
  var schema: String
  var data: JSONValue
  /// Changes the text of `data`: for what no `JSONValue` can say.
  var respell: @Sendable (String) -> String = { $0 }

  init(_ record: some Record) throws {
    schema = type(of: record).schema
    data = try RecordEncoder().value(of: record)
  }

  /// Leaves the line that a report names as it is.
  var keepsRendering = false

  /// The lines as a chain, sealed by the format's definition rather than by the code under test.
  ///
  /// - Parameter reportingOnRenderings: Whether each report is to name the rendering before it.
  static func chain(
    _ lines: [SceneLine], reportingOnRenderings: Bool = false
  ) throws -> (texts: [String], heads: [LedgerHead]) {
    var rendering: LedgerHead?
    var previous = "sha256:" + String(repeating: "0", count: 64)
    var texts: [String] = []
    var heads: [LedgerHead] = []
    for (number, original) in lines.enumerated() {
      var line = original
      if reportingOnRenderings, line.schema == RolloutRecord.schema, !line.keepsRendering, let rendering {
        line.data[at: "rendering"] = try RecordEncoder().value(of: rendering)
      }
      let data = line.respell(String(decoding: try CanonicalJSON.write(line.data), as: UTF8.self))
      let body = "{\"data\":\(data),\"prev\":\"\(previous)\",\"schema\":\"\(line.schema)\",\"seq\":\(number)"
      let digest = Digest(of: body + "}")
      texts.append(body + ",\"sha\":\"\(digest)\"}")
      heads.append(LedgerHead(sequence: number, digest: digest))
      previous = digest.description
      if line.schema == DeploymentRecord.schema { rendering = heads.last }
    }
    return (texts, heads)
  }
}

extension JSONValue {
  /// The value at a dotted path of keys; setting nil removes the key.
  subscript(at path: String) -> JSONValue? {
    get { path.split(separator: ".").reduce(Optional(self)) { $0?[String($1)] } }
    set {
      guard case .object(var object) = self, let key = path.split(separator: ".").first.map(String.init) else { return }
      let rest = path.dropFirst(key.utf8.count + 1)
      var child = newValue
      if !rest.isEmpty {
        child = object[key]
        child?[at: String(rest)] = newValue
      }
      object.members.removeAll { $0.key == key }
      if let child { object.members.append(.init(key, child)) }
      self = .object(object)
    }
  }
}
