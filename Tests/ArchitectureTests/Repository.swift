import Foundation

/// The files of this repository, as the rules see them.
enum Repository {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  /// Every file below `folders` (or a file named there) with one of `suffixes`, sorted by path.
  static func files(in folders: [String], suffixes: [String]) throws -> [SourceFile] {
    try folders.flatMap(paths(under:)).filter { path in suffixes.contains { path.hasSuffix($0) } }.sorted().map(file)
  }

  /// One file by its path. Throws if it cannot be read as UTF-8.
  static func file(_ path: String) throws -> SourceFile {
    SourceFile(path, try String(contentsOfFile: root + "/" + path, encoding: .utf8))
  }

  /// Whether a file or folder of that path exists.
  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root + "/" + path) }

  /// The names of the folders directly inside `folder` that hold a source file at some depth, sorted.
  static func sourceFolders(in folder: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder)
    return names.filter { name in
      paths(under: folder + "/" + name).contains { $0.hasSuffix(".swift") || $0.hasSuffix(".c") }
    }.sorted()
  }

  /// The Swift and C sources of the modules.
  static var sources: [SourceFile] { get throws { try files(in: ["Sources"], suffixes: [".swift", ".c", ".h"]) } }

  /// The Swift sources of the tests.
  static var tests: [SourceFile] { get throws { try files(in: ["Tests"], suffixes: [".swift"]) } }

  /// What a reader reads: the top-level pages, docs, and the modules' READMEs.
  static var documents: [SourceFile] {
    get throws {
      try files(
        in: [
          "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "docs", "templates", "status_updates", "Sources", "Tests",
        ],
        suffixes: [".md"])
    }
  }

  private static func paths(under folder: String) -> [String] {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: root + "/" + folder, isDirectory: &isDirectory) else { return [] }
    guard isDirectory.boolValue else { return [folder] }
    let names = FileManager.default.enumerator(atPath: root + "/" + folder)?.compactMap { $0 as? String } ?? []
    return names.map { folder + "/" + $0 }
  }
}
