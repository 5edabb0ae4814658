import OrderedCollections
import Storage

/// What a setting may be.
public struct SettingSchema: Sendable, Equatable {
  public enum Kind: String, Sendable {
    case integer, number
    case boolean
    case string
    case list = "array"
    case mapping = "object"
  }

  /// Empty where nothing is known but that the setting is read.
  public var kinds: Set<Kind> = []
  /// Both ends of what a number may be; nil where it may be as small or large as can be written.
  public var minimum: JSONValue?
  public var maximum: JSONValue?
  /// The strings that are allowed; nil for all.
  public var allowed: [String]?
  public var isNullable = false
  /// What stands for an absent key.
  public var defaultValue: JSONValue?
  /// In words, from the comment above the key.
  public var summary: String?
  /// Of a mapping, in the order in which they were read.
  public var entries: OrderedDictionary<String, SettingSchema> = [:]
  /// What elements of a list may be: none, or one description for all of them.
  public var elements: [SettingSchema] = []

  init(_ kind: Kind? = nil) { kinds = kind.map { [$0] } ?? [] }

  /// An integer; without limits where `range` has those of the type.
  init(_ range: ClosedRange<Int>) {
    self.init(.integer)
    minimum = range.lowerBound == Int.min ? nil : .int(Int64(range.lowerBound))
    maximum = range.upperBound == Int.max ? nil : .int(Int64(range.upperBound))
  }

  /// A number; without limits where `range` has those of the type.
  init(_ range: ClosedRange<Double>) {
    self.init(.number)
    minimum = range.lowerBound == -Double.greatestFiniteMagnitude ? nil : .double(range.lowerBound)
    maximum = range.upperBound == Double.greatestFiniteMagnitude ? nil : .double(range.upperBound)
  }

  init(allowed: [String]?) {
    self.init(.string)
    self.allowed = allowed
  }

  /// The setting below this one at a dotted path, an index standing for any; nil if nothing was read there.
  public subscript(path: String) -> SettingSchema? {
    ConfigPath(path).keys.reduce(Optional(self)) { setting, key in
      setting.flatMap { $0.entries[key] ?? (Int(key) == nil ? nil : $0.elements.first) }
    }
  }
}

// MARK: Combining

extension SettingSchema {
  /// Adds what one reader asked of the setting at `keys`: both must hold.
  mutating func narrow(at keys: ArraySlice<String>, by other: SettingSchema) {
    guard let key = keys.first else { return narrow(by: other) }
    entries[key, default: SettingSchema()].narrow(at: keys.dropFirst(), by: other)
    if kinds.isEmpty { kinds = [.mapping] }
  }

  private mutating func narrow(by other: SettingSchema) {
    // An integer is a number.
    kinds = kinds.isEmpty || kinds == [.number] && other.kinds == [.integer] ? other.kinds : kinds
    minimum = Self.extreme(minimum, other.minimum, by: >)
    maximum = Self.extreme(maximum, other.maximum, by: <)
    allowed = allowed.map { known in other.allowed.map { known.filter($0.contains) } ?? known } ?? other.allowed
    // Readers differ where one looks only if it is there; `null` for either is no mistake to point out.
    isNullable = isNullable || other.isNullable
    defaultValue = defaultValue ?? other.defaultValue
  }

  /// The description of a setting that is either this or `other`.
  public func united(with other: SettingSchema) -> SettingSchema {
    var union = self
    union.kinds.formUnion(other.kinds)
    if union.kinds.contains(.number) { union.kinds.remove(.integer) }
    let numbers: Set<Kind> = [.integer, .number]
    // A side that is no number says nothing about the limits of numbers.
    if kinds.isDisjoint(with: numbers) {
      (union.minimum, union.maximum) = (other.minimum, other.maximum)
    } else if !other.kinds.isDisjoint(with: numbers) {
      union.minimum = minimum.flatMap { mine in other.minimum.flatMap { Self.extreme(mine, $0, by: <) } }
      union.maximum = maximum.flatMap { mine in other.maximum.flatMap { Self.extreme(mine, $0, by: >) } }
    }
    if !kinds.contains(.string) {
      union.allowed = other.allowed
    } else if other.kinds.contains(.string) {
      union.allowed = allowed.flatMap { mine in other.allowed.map { mine + $0.filter { !mine.contains($0) } } }
    }
    union.isNullable = isNullable || other.isNullable
    union.defaultValue = defaultValue == other.defaultValue ? defaultValue : nil
    union.summary = summary ?? other.summary
    union.entries.merge(other.entries) { $0.united(with: $1) }
    union.elements = (elements + other.elements).reduce(nil) { $0?.united(with: $1) ?? $1 }.map { [$0] } ?? []
    return union
  }

  /// Lists are read element by element; what they hold is described once.
  var withElementsUnited: SettingSchema {
    var united = self
    let children = entries.mapValues(\.withElementsUnited)
    guard kinds == [.list] else {
      united.entries = children
      return united
    }
    united.entries = [:]
    united.elements = children.values.reduce(nil as SettingSchema?) { $0?.united(with: $1) ?? $1 }.map { [$0] } ?? []
    return united
  }

  private static func extreme(
    _ left: JSONValue?, _ right: JSONValue?, by isBetter: (Double, Double) -> Bool
  ) -> JSONValue? {
    guard let left, let right else { return left ?? right }
    return isBetter(number(left), number(right)) ? left : right
  }

  private static func number(_ value: JSONValue) -> Double {
    switch value {
    case .int(let integer): Double(integer)
    case .double(let double): double
    default: 0
    }
  }
}
