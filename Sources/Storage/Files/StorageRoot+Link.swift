import Glibc

extension StorageRoot {
  /// Makes `path` a relative link to `target`, which is relative to the directory of `path`; replaces an older link in
  /// one step, durably. Throws `.wrongKind` if something else than a link stands there.
  public func replaceLink(_ path: StoragePath, to target: StoragePath) throws {
    if let kind = try kind(of: path), kind != .symbolicLink {
      throw StorageError.wrongKind(path: name(path), expected: "a symbolic link or nothing", got: kind.name)
    }
    let last = try lastName(of: path)
    let parent = try openDirectory(path.parent)
    let directory = parent.number
    let (_, temporary) = try Self.firstFreeTemporary(name(path)) { symlinkat(target.description, directory, $0) }
    do {
      _ = try retrying("rename", name(path)) { renameat(directory, temporary, directory, last) }
    } catch {
      _ = unlinkat(directory, temporary, 0)
      throw error
    }
    try settle(parent, visible: path)
  }

  /// Where the link at `path` leads: the one kind of link that `Storage` follows.
  ///
  /// The text of the link must obey the grammar of `StoragePath`, so it cannot be absolute or climb, and must lead to
  /// an existing directory without further links.
  ///
  /// - Throws: `.wrongKind` for anything but a link to a directory; `.unacceptablePath` for a link elsewhere.
  public func resolveLink(_ path: StoragePath) throws -> StoragePath {
    guard let kind = try kind(of: path) else {
      throw StorageError.system(operation: "read link", path: name(path), code: ENOENT)
    }
    guard kind == .symbolicLink else {
      throw StorageError.wrongKind(path: name(path), expected: "a symbolic link", got: kind.name)
    }
    let last = try lastName(of: path)
    let parent = try openDirectory(path.parent)
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = try retrying("read link", name(path)) { readlinkat(parent.number, last, &buffer, buffer.count) }
    let text = String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    let target = path.parent.appending(try StoragePath(parsing: text))
    _ = try openDirectory(target)
    return target
  }
}
