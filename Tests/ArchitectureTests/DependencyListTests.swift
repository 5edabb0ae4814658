import Foundation
import Testing

/// scripts/dependencies.txt lists what the build is made of: decision 0022.
@Suite struct DependencyListTests {
  /// `name version` of each line.
  private func listed() throws -> Set<String> {
    let lines = try Repository.file("scripts/dependencies.txt").lines.map(String.init).filter { !$0.isEmpty }
    #expect(lines == lines.sorted() && Set(lines.map { $0.prefix { $0 != " " } }).count == lines.count)
    return Set(lines)
  }

  private func pins(in manifest: String) -> Set<String> {
    Set(
      manifest.matches(of: #/\.package\(url: ".*/([a-z-]+)", exact: "([0-9.]+)"/#).map {
        "\($0.output.1) \($0.output.2)"
      })
  }

  @Test func list_hasEveryPinOfThePackage() throws {
    let pins = pins(in: try Repository.file("Package.swift").text)
    #expect(pins.count >= 7)
    #expect(try pins.subtracting(listed()) == [])
    // The control: another version is no line of the list.
    let other = self.pins(in: ".package(url: \"https://example.org/swift-nio\", exact: \"0.0.1\")")
    #expect(try other == ["swift-nio 0.0.1"] && !other.isSubset(of: listed()))
  }

  /// As `scripts/check_dependencies.sh` asks the package manager; here of the file that it leaves.
  @Test func list_isWhatTheBuildResolved() throws {
    struct Resolved: Decodable {
      struct Pin: Decodable {
        struct State: Decodable { let version: String? }
        let identity: String
        let state: State
      }
      let pins: [Pin]
    }
    let resolved = try JSONDecoder().decode(
      Resolved.self, from: Data(Repository.file("Package.resolved").text.utf8))
    let found = Set(resolved.pins.map { "\($0.identity) \($0.state.version ?? "no version")" })
    #expect(try found.symmetricDifference(listed()) == [])
  }
}
