/// A string with interpolations, read once: `v_${a.b}`, `${..x}`, `${list[0]}`, `${a.${name}}`, `\${literal}`.
///
/// Source: OmegaConf 2.3 `OmegaConfGrammarParser.g4`. Resolver calls (`${name:…}`) are recognised and refused.
struct InterpolationTemplate {
  indirect enum Part {
    case literal(String)
    /// `dots` leading dots make a reference relative; `key` is itself a template.
    case reference(dots: Int, key: [Part], text: String)
  }

  let parts: [Part]

  static func isNeeded(for text: String) -> Bool { text.contains("${") }

  /// - Throws: `TemplateProblem` for what is no interpolation.
  init(_ text: String) throws {
    var reader = Reader(scalars: Array(text.unicodeScalars))
    parts = try reader.parts(inKey: false)
  }

  /// What is wrong with a template, for `ConfigError.interpolation`.
  struct TemplateProblem: Error {
    let problem: String
    let remedy: String
  }

  private struct Reader {
    let scalars: [Unicode.Scalar]
    var position = 0
    var depth = 0

    private var opensInterpolation: Bool {
      position + 1 < scalars.count && scalars[position] == "$" && scalars[position + 1] == "{"
    }

    mutating func parts(inKey: Bool) throws -> [Part] {
      var parts: [Part] = [], literal = String.UnicodeScalarView()
      func flush() {
        if !literal.isEmpty { parts.append(.literal(String(literal))) }
        literal.removeAll()
      }
      while position < scalars.count {
        if opensInterpolation {
          flush()
          parts.append(try reference())
        } else if inKey, scalars[position] == "}" {
          break
        } else if inKey, Self.forbiddenInKeys.contains(scalars[position]) {
          throw refusal(of: scalars[position], after: parts, literal)
        } else if scalars[position] == "\\" {
          appendBackslashes(to: &literal)
        } else {
          literal.append(scalars[position])
          position += 1
        }
      }
      flush()
      return parts
    }

    /// A run of n backslashes before `${` means n/2 backslashes, and a literal `${` if n is odd.
    private mutating func appendBackslashes(to literal: inout String.UnicodeScalarView) {
      let start = position
      while position < scalars.count, scalars[position] == "\\" { position += 1 }
      let count = position - start
      literal.append(contentsOf: repeatElement("\\", count: opensInterpolation ? count / 2 : count))
      if opensInterpolation, !count.isMultiple(of: 2) {
        literal.append(contentsOf: "${".unicodeScalars)
        position += 2
      }
    }

    private mutating func reference() throws -> Part {
      let start = position
      position += 2
      depth += 1
      guard depth <= CompositionLimits.overrideDepth else {
        throw TemplateProblem(
          problem: "more than \(CompositionLimits.overrideDepth) nested interpolations",
          remedy: "Name steps in between.")
      }
      while position < scalars.count, scalars[position] == " " { position += 1 }
      var dots = 0
      while position < scalars.count, scalars[position] == "." {
        dots += 1
        position += 1
      }
      let key = try parts(inKey: true)
      guard position < scalars.count else { throw TemplateProblem(problem: "'${' is not closed", remedy: "Add '}'.") }
      position += 1
      depth -= 1
      guard !key.isEmpty || dots > 0 else {
        throw TemplateProblem(problem: "'${}' names nothing", remedy: "Write ${path.to.value}, or '\\${' for the text.")
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[start..<position])
      return .reference(dots: dots, key: key, text: String(text))
    }

    private static let forbiddenInKeys = Set(":{()'\"\\,".unicodeScalars)

    private func refusal(
      of scalar: Unicode.Scalar, after parts: [Part], _ literal: String.UnicodeScalarView
    ) -> TemplateProblem {
      guard scalar == ":" else {
        return TemplateProblem(problem: "'\(scalar)' in a reference", remedy: "Write ${path.to.value}.")
      }
      let name = String(literal)
      if name == "oc.env" {
        return TemplateProblem(
          problem: "configs do not read the environment", remedy: "Pass the value as an override.")
      }
      return TemplateProblem(
        problem: "the resolver '\(name)' is not supported yet", remedy: "Write the value out.")
    }
  }
}
