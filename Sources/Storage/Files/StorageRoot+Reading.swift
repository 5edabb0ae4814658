import Glibc
import Schemas

extension StorageRoot {
  /// The bytes of the file at `path`.
  ///
  /// - Throws: `StorageError.tooLarge` above `limit` bytes, before anything is allocated; `.wrongKind` unless it is a
  ///   regular file; `.system` if it is absent or unreadable.
  public func read(_ path: StoragePath, limit: Int) throws -> [UInt8] {
    try openFile(path).readAll(limit: limit)
  }

  /// The record in the file at `path`, which holds its envelope and at most one newline after it.
  public func read<R: Record>(_ type: R.Type, at path: StoragePath, limit: Int = Limits.jsonByteCount) throws -> R {
    try RecordDecoder().record(type, from: read(path, limit: limit), path: name(path))
  }

  /// What stands at `path`, without following a link; nil if nothing does.
  public func kind(of path: StoragePath) throws -> FileKind? {
    guard !path.isRoot else { return .directory }
    do {
      let last = try lastName(of: path)
      let parent = try openDirectory(path.parent)
      var status = stat()
      _ = try retrying("inspect", name(path)) { fstatat(parent.number, last, &status, AT_SYMLINK_NOFOLLOW) }
      return FileKind(mode: status.st_mode)
    } catch StorageError.system(_, _, ENOENT) {
      return nil
    }
  }

  public func exists(_ path: StoragePath) throws -> Bool { try kind(of: path) != nil }

  /// The bytes in the file at `path`.
  public func byteCount(of path: StoragePath) throws -> Int { Int(try openFile(path).status().st_size) }

  /// The acceptable names in the directory at `path`, sorted; leftovers of interrupted writes (`.tmp-…`) are not
  /// listed, nor is any other name outside the grammar.
  public func list(_ path: StoragePath = .root) throws -> [PathComponent] {
    try entries(path).filter(PathComponent.isAcceptable).map(PathComponent.init(checked:)).sorted()
  }

  /// Every name in the directory at `path` but `.` and `..`, in no order.
  func entries(_ path: StoragePath) throws -> [String] {
    let directory = try openDirectory(path)
    // A descriptor of its own: closedir closes it, and the position is not shared.
    let copy = try retrying("list", name(path)) { openat(directory.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard let stream = fdopendir(copy) else {
      let code = errno
      _ = close(copy)
      throw StorageError.system(operation: "list", path: name(path), code: code)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let text = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if text != ".", text != ".." { names.append(text) }
    }
    guard errno == 0 else { throw StorageError.system(operation: "list", path: name(path), code: errno) }
    return names
  }
}
