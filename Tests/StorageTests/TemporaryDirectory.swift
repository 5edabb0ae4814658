import Foundation
import Storage

/// An empty directory that vanishes with this object.
final class TemporaryDirectory {
  let path: String
  let root: StorageRoot

  init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("storage-tests-\(UUID().uuidString)").path
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

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path + "/" + name) }

  /// All names in the directory `name`, hidden ones included.
  func names(in name: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path + "/" + name).sorted()
  }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))) }
}

/// The `StorageError` that `body` throws; nil if it throws nothing or something else.
func storageError(_ body: () throws -> Void) -> StorageError? {
  do {
    try body()
    return nil
  } catch { return error as? StorageError }
}
