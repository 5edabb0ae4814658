import Composition
import Testing

/// Sources/Composition/YAML/AmbiguousScalar.swift and YAMLCoreSchema.swift; messages are in ConfigLintTests.
@Suite struct AmbiguousScalarTests {
  private func texts(_ yaml: String) throws -> [String] {
    try AmbiguousScalar.all(in: Array(yaml.utf8), file: "x.yaml").map(\.text)
  }

  @Test(arguments: [
    "yes", "No", "ON", "off", "12:30", "1:2:3.5", "017", "0o17", "08", "0b11", "1_000", "0x1_F", "-.5", "+.5", ".5e3",
  ])
  func scalars_thatDifferAreFound(text: String) throws { #expect(try texts("a: \(text)\n") == [text]) }

  @Test(arguments: [
    "true", "False", "NULL", "~", "", "1", "-1", "+1", "0x1F", "0", "-0", "1.5", "1.", "1e3", "1E-3", "1.e3", ".5",
    ".inf",
    "-.INF", ".nan", "text", "y", "n", "tRue", "2020-01-01", "1__a", "0x", "e3", ".", "1e", "'no'", "\"12:30\"",
    "!!str yes", "[1, a]",
  ])
  func scalars_thatAllAgreeOnAreNot(text: String) throws { #expect(try texts("a: \(text)\n") == []) }

  @Test func places_areThoseOfTheScalars() throws {
    let found = try AmbiguousScalar.all(in: Array("a: 1\nb: [x, no]\non: {c: 010}\n".utf8), file: "x.yaml")
    #expect(found.map(\.origin.description) == ["x.yaml:2:8", "x.yaml:3:1", "x.yaml:3:9"])
  }

  @Test func aliases_areFoundOnce() throws { #expect(try texts("a: &x [no]\nb: *x\n") == ["no"]) }
}
