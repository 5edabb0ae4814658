import Foundation
import Storage

/// An empty workspace that vanishes with this object.
public final class ScratchWorkspace: Sendable {
  public let path: String
  public let root: StorageRoot

  public init() throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("codex-tests-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    root = try StorageRoot(opening: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  private func url(_ name: String) -> URL { URL(fileURLWithPath: path + "/" + name) }

  /// Writes a file without `Storage`, as hostile or careless programs do.
  public func plant(_ name: String, _ bytes: [UInt8]) throws {
    try FileManager.default.createDirectory(
      at: url(name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url(name))
  }

  public func plant(_ name: String, _ text: String) throws { try plant(name, Array(text.utf8)) }

  public func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: url(name))) }

  public func remove(_ name: String) throws { try FileManager.default.removeItem(at: url(name)) }

  /// Every file below `name`, relative to it, with its bytes: equal for equal trees.
  public func tree(_ name: String = ".") throws -> [String: [UInt8]] {
    let all = FileManager.default.enumerator(atPath: path + "/" + name)?.compactMap { $0 as? String } ?? []
    var tree: [String: [UInt8]] = [:]
    for file in all {
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path + "/" + name + "/" + file, isDirectory: &isDirectory)
      if !isDirectory.boolValue { tree[file] = try bytes(name + "/" + file) }
    }
    return tree
  }
}
