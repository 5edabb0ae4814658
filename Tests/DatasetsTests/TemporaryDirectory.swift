import Foundation
import Storage

/// An empty directory that vanishes with this object.
final class TemporaryDirectory {
  let path: String
  let root: StorageRoot

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("datasets-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    root = try StorageRoot(opening: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file without `Storage`, as hostile or careless programs do.
  func plant(_ name: String, _ bytes: [UInt8]) throws {
    let file = URL(fileURLWithPath: path + "/" + name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  func plant(_ name: String, _ text: String) throws { try plant(name, Array(text.utf8)) }

  /// All names in the directory `name`, hidden ones included.
  func names(in name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + name).sorted()
  }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))) }
}
