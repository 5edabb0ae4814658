import Schemas

/// A record with every kind of field that records have.
struct SampleRecord: Record, Equatable {
  static let schema = "codex.sample/1"

  enum Kind: String, Codable { case plain, special }
  struct Part: Codable, Equatable {
    let name: String
    let weights: [Double]
  }

  var id: Int
  var name: String
  var score: Double
  var isGood: Bool
  var note: String?
  var kind: Kind
  var parts: [Part]
  var tallies: [String: Int]
  var digest: Digest

  init(id: Int, name: String = "one") {
    self.id = id
    self.name = name
    score = 0.1 * Double(id)
    isGood = id % 2 == 0
    note = id % 3 == 0 ? "n" : nil
    kind = .special
    parts = [Part(name: "a", weights: [1, 2.5]), Part(name: "b", weights: [])]
    tallies = ["x": id]
    digest = Digest(bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: id), count: 32)) ?? SampleRecord.zero
  }

  private static var zero: Digest { Digest(bytes: [UInt8](repeating: 0, count: 32))! }
}
