import Foundation
import Testing

/// A committed expectation with the configuration that made it: configuration, a line `---`, expected text.
struct GoldenFile {
  private let file: URL
  let config: String
  private let expected: String

  init(named name: String) throws {
    file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden/\(name)")
    let text = try String(contentsOf: file, encoding: .utf8)
    let separator = try #require(text.range(of: "\n---\n"), "\(name) has no line '---'")
    config = String(text[..<separator.lowerBound])
    expected = String(text[separator.upperBound...])
  }

  func expect(_ actual: String) throws {
    if ProcessInfo.processInfo.environment["CODEX_RECORD_GOLDEN"] != nil {
      try "\(config)\n---\n\(actual)".write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(file.lastPathComponent); run the tests again without CODEX_RECORD_GOLDEN")
    } else {
      #expect(actual == expected)
    }
  }
}
