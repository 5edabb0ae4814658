import Commands
import Foundation
import Testing

/// Sources/Commands/Init/Generated/BuiltInPages.swift and `templates/`.
@Suite struct BuiltInPagesTests {
  private func committed() throws -> [String: String] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("templates")
    let names = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
    return Dictionary(
      uniqueKeysWithValues: try names.filter { $0.hasSuffix(".md") || $0.hasSuffix(".yml") }.map {
        ($0, try String(contentsOf: root.appendingPathComponent($0), encoding: .utf8))
      })
  }

  @Test func files_equalTheDirectory() throws {
    let files = try committed()
    #expect(files.count >= 7)
    #expect(files == BuiltInPages.files, "run scripts/generate_built_in_files.sh")
  }

  /// The control: a changed page is noticed.
  @Test func files_differFromAChangedDirectory() throws {
    var files = try committed()
    files["status_update.md"]?.append("changed")
    #expect(files != BuiltInPages.files)
  }
}
