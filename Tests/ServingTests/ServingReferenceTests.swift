import Serving
import Storage
import TestSupport
import Testing

/// docs/reference/serving.md names what the server reads, writes and limits; no more and no less.
@Suite struct ServingReferenceTests {
  private let root: StorageRoot
  private let page: ReferencePage

  init() throws {
    root = try StorageRoot(
      opening: String(#filePath.dropLast("Tests/ServingTests/ServingReferenceTests.swift".count)))
    page = ReferencePage(
      markdown: String(decoding: try root.read("docs/reference/serving.md", limit: 1 << 20), as: UTF8.self))
  }

  private func keys(_ value: JSONValue?) throws -> [String] {
    guard case .object(let object)? = value else { throw CancellationError() }
    return object.members.map(\.key)
  }

  @Test func page_documentsTheResponse() throws {
    let answer = try Exchange(Fixture.service(), body: #"{"input":"3 + 4"}"#).json
    #expect(page.disagreements(in: "response", with: try keys(answer)) == [])
    #expect(page.disagreements(in: "usage", with: try keys(answer["usage"])) == [])
  }

  @Test func page_documentsEveryLimit() {
    let limits = Mirror(reflecting: ServingLimits()).children.compactMap(\.label)
    #expect(page.disagreements(in: "limits", with: limits) == [])
  }

  @Test func page_documentsEveryEffort() {
    #expect(page.disagreements(in: "effort", with: ReasoningEffort.allCases.map(\.rawValue)) == [])
  }

  @Test func page_documentsFieldsThatAreRead() throws {
    let service = try Fixture.service()
    for field in page.keys["request"] ?? [] where field != "input" {
      let answer = try Exchange(service, body: "{\"input\":\"3 + 4\",\"\(field)\":[[]]}")
      #expect(answer.status == 400 && answer.code != .string("unknown_parameter"), "\(field)")
    }
  }

  @Test func page_documentsEveryErrorOfTheSources() throws {
    var codes: Set<String> = []
    for folder in ["", "HTTP", "Responses", "Server"] {
      let path = try StoragePath(parsing: "Sources/Serving" + (folder.isEmpty ? "" : "/" + folder))
      for name in try root.list(path) where name.text.hasSuffix(".swift") {
        let text = String(decoding: try root.read(path.appending(name), limit: 1 << 20), as: UTF8.self)
        for match in text.matches(of: /APIError\(\s*[0-9]{3}, "([a-z_]+)"/) { codes.insert(String(match.1)) }
      }
    }
    #expect(codes.count > 20, "the pattern still finds them")
    #expect(page.disagreements(in: "errors", with: codes) == [])
  }
}
