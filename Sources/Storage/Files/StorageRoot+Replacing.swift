import Glibc
import Schemas

extension StorageRoot {
  /// Puts `bytes` at `path`, durably and all at once: a reader, or a crash at any instant, sees the old file or the new
  /// one.
  ///
  /// Temporary file in the same directory → write → fsync → rename → fsync of the directory. When this returns the file
  /// is on disk, its name included.
  public func atomicReplace(_ path: StoragePath, _ bytes: UnsafeRawBufferPointer) throws {
    let last = try lastName(of: path)
    let parent = try openDirectory(path.parent)
    let directory = parent.number
    let (number, temporary) = try Self.firstFreeTemporary(name(path)) {
      openat(directory, $0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    }
    let file = Descriptor(adopting: number, path: name(path))
    do {
      try file.writeAll(bytes)
      try file.synchronise()
      try file.closeChecked()
      _ = try retrying("rename", name(path)) { renameat(parent.number, temporary, parent.number, last) }
    } catch {
      _ = unlinkat(parent.number, temporary, 0)
      throw error
    }
    try settle(parent, visible: path)
  }

  /// Puts `bytes` at `path`, durably and all at once.
  public func atomicReplace(_ path: StoragePath, _ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try atomicReplace(path, $0) }
  }

  /// Puts `record` at `path` in its envelope, with a final newline, durably and all at once.
  public func atomicReplace(_ path: StoragePath, record: some Record) throws {
    let bytes: [UInt8]
    do { bytes = try RecordEncoder().bytes(of: record) } catch let error as StorageError {
      throw error.located(in: name(path))
    }
    try atomicReplace(path, bytes + [UInt8(ascii: "\n")])
  }

  /// Makes the directory at `path` and its missing parents, durably; existing ones are kept.
  public func makeDirectory(_ path: StoragePath) throws {
    var made = StoragePath.root
    for component in path.components {
      let parent = try openDirectory(made)
      made = made.appending(component)
      if mkdirat(parent.number, component.text, 0o755) == 0 {
        try parent.synchronise()
      } else if errno != EEXIST {
        throw StorageError.system(operation: "create directory", path: name(made), code: errno)
      }
    }
    _ = try openDirectory(path)  // throws if something else than a directory stands there
  }

  /// Forces the file or directory at `path`, and the names that lead to it, to the device: for what another process made
  /// and may not have forced before it was killed.
  public func synchronise(_ path: StoragePath) throws {
    if try kind(of: path) == .directory {
      try openDirectory(path).synchronise()
    } else {
      try openFile(path).synchronise()
    }
    for count in path.components.indices.reversed() {
      try openDirectory(StoragePath(Array(path.components.prefix(count)))).synchronise()
    }
  }

  /// The start of every temporary name: outside the grammar of `PathComponent`, so that no reader ever lists one.
  static let temporaryPrefix = ".tmp-"

  /// Tries temporary names until `make` succeeds; leftovers of killed processes occupy some.
  static func firstFreeTemporary(
    _ path: String, _ make: (String) -> Int32
  ) throws -> (result: Int32, text: String) {
    for attempt in 0..<10_000 {
      let text = temporaryPrefix + String(getpid()) + "-" + String(attempt)
      let result = make(text)
      if result >= 0 { return (result, text) }
      if errno != EEXIST && errno != EINTR {
        throw StorageError.system(operation: "create temporary file", path: path, code: errno)
      }
    }
    throw StorageError.system(operation: "create temporary file", path: path, code: EEXIST)
  }
}
