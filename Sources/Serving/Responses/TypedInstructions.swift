import Worlds

/// What `instructions` and the system's and developer's messages ask for: lines `name: value` out of a closed list.
///
/// The model reads problems, not prose. An instruction that is not one of these could only be ignored, so it is refused.
/// Known: `world: arithmetic` or `world: countdown`, the world that the problem is read in.
struct TypedInstructions {
  private(set) var world: WorldKind?

  /// - Parameter texts: In the order of their authority; a later one may repeat an earlier one but not contradict it.
  init(_ texts: [(path: String, text: String)]) throws(APIError) {
    for (path, text) in texts {
      for line in text.split(whereSeparator: \.isNewline).map(Self.trimmed) where !line.isEmpty {
        let parts = line.split(separator: ":", maxSplits: 1).map(Self.trimmed)
        let known = WorldKind.allCases.map(\.rawValue).joined(separator: " or ")
        guard parts.count == 2, parts[0] == "world", let asked = WorldKind(rawValue: String(parts[1])) else {
          throw APIError(
            400, "unsupported_instructions",
            "\(Quoted.text(String(line))) is no instruction that can be followed; known: 'world: NAME', NAME being \(known).",
            parameter: path)
        }
        guard world == nil || world == asked else {
          throw APIError(
            400, "contradictory_instructions", "'world: \(asked.rawValue)' contradicts an earlier instruction.",
            parameter: path)
        }
        world = asked
      }
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text.drop(while: \.isWhitespace)
    while text.last?.isWhitespace == true { text.removeLast() }
    return text
  }
}
