/// What a measurement was made of: evidence only where every field is what the clause asks for.
public struct MetricIdentity: Sendable, Equatable {
  /// Version of the rules by which this build judges answers and computes figures.
  public static let rulesVersion = 1

  private var values: [IdentityField: String]

  public init(_ values: [IdentityField: String]) { self.values = values }

  /// What is stated of `field`; nil where nothing is.
  public subscript(field: IdentityField) -> String? {
    get { values[field] }
    set { values[field] = newValue }
  }

  /// Fields of which nothing is stated, in the order of the list: some, where an older version measured.
  public var missingFields: [IdentityField] { IdentityField.allCases.filter { values[$0] == nil } }

  /// The run whose model was measured.
  public var runID: String { values[.run] ?? "" }
  /// Name of the run's template.
  public var template: String { values[.template].map { PinnedName.name(in: $0) } ?? "" }
  /// Preset of the problems asked.
  public var dataset: String { values[.dataset].map { PinnedName.name(in: $0) } ?? "" }
}

extension MetricIdentity: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: IdentityField.self)
    values = [:]
    for field in container.allKeys { values[field] = try container.decode(String.self, forKey: field) }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: IdentityField.self)
    for field in IdentityField.allCases { try container.encodeIfPresent(values[field], forKey: field) }
  }
}
