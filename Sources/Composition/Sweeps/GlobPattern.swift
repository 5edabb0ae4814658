/// A pattern over names as Python's `fnmatch` has it: `*`, `?`, `[a-z]`, `[!a-z]`. A `/` is a character like others.
package struct GlobPattern {
  private enum Part {
    case any, one
    case literal(Unicode.Scalar)
    case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)

    func matches(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .any, .one: true
      case .literal(let own): own == scalar
      case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
      }
    }
  }

  private var parts: [Part] = []

  package init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var position = 0
    while position < scalars.count {
      switch scalars[position] {
      case "*":
        if case .any? = parts.last {} else { parts.append(.any) }
      case "?": parts.append(.one)
      case "[":
        if let (part, end) = Self.set(scalars, from: position + 1) {
          parts.append(part)
          position = end
        } else {
          parts.append(.literal("["))
        }
      case let scalar: parts.append(.literal(scalar))
      }
      position += 1
    }
  }

  /// Whether the whole of `name` matches.
  ///
  /// - Complexity: O(pattern · name): the last `*` alone is ever tried again.
  package func matches(_ name: String) -> Bool {
    let scalars = Array(name.unicodeScalars)
    var part = 0, position = 0
    var retry: (part: Int, position: Int)?
    while position < scalars.count {
      if part < parts.count, case .any = parts[part] {
        part += 1
        retry = (part, position)
      } else if part < parts.count, parts[part].matches(scalars[position]) {
        part += 1
        position += 1
      } else if let last = retry {
        (part, position) = (last.part, last.position + 1)
        retry = (part, position)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy { if case .any = $0 { true } else { false } }
  }

  /// The set that opens before `start` and the offset of its `]`; nil if it is not closed. A `]` first is a member.
  private static func set(_ scalars: [Unicode.Scalar], from start: Int) -> (Part, Int)? {
    var first = start
    let isNegated = first < scalars.count && scalars[first] == "!"
    if isNegated { first += 1 }
    guard first < scalars.count, let end = scalars[(first + 1)...].firstIndex(of: "]") else { return nil }
    var ranges: [ClosedRange<Unicode.Scalar>] = [], position = first
    while position < end {
      if position + 2 < end, scalars[position + 1] == "-" {
        // A range that runs backwards matches nothing.
        if scalars[position] <= scalars[position + 2] { ranges.append(scalars[position]...scalars[position + 2]) }
        position += 3
      } else {
        ranges.append(scalars[position]...scalars[position])
        position += 1
      }
    }
    return (.set(ranges, isNegated: isNegated), end)
  }
}
