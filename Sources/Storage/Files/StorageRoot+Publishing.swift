import Glibc
import Schemas

extension StorageRoot {
  /// Makes a complete directory appear at `path`, durably and all at once: `body` fills a staging directory, then every
  /// file and directory is forced to the device, the whole is renamed into place and the parent forced.
  ///
  /// A reader, or a crash at any instant, sees the old state or the new one; what is left of a crash is named `.tmp-…`,
  /// which no reader lists (see `removeLeftovers`).
  ///
  /// - Parameter replacing: Whether a directory that stands at `path` is exchanged for the new one and then removed.
  /// - Throws: `.alreadyExists` if it stands there and is not to be replaced, before `body` runs; what `body` throws.
  public func publishDirectory(
    _ path: StoragePath, replacing: Bool = false, _ body: (StagingDirectory) throws -> Void
  ) throws {
    let last = try lastName(of: path)
    let existing = try kind(of: path)
    if existing != nil, !replacing { throw StorageError.alreadyExists(path: name(path)) }
    if let existing, existing != .directory {
      throw StorageError.wrongKind(path: name(path), expected: "a directory", got: existing.name)
    }
    let parent = try openDirectory(path.parent)
    let directory = parent.number
    let (_, temporary) = try Self.firstFreeTemporary(name(path)) { mkdirat(directory, $0, 0o755) }
    do {
      // Until here nothing is visible, and whatever fails takes the new directory with it.
      let number = try retrying("open directory", name(path)) {
        openat(directory, temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      }
      let staging = StagingDirectory(root: StorageRoot(adopting: number, path: name(path)))
      try body(staging)
      try staging.synchroniseDirectories()
      if existing == nil {
        try Self.rename(
          temporary, last, in: directory, flag: Self.noReplaceFlag, operation: "rename", path: name(path))
      } else {
        try Self.rename(
          temporary, last, in: directory, flag: Self.exchangeFlag, operation: "exchange directories", path: name(path))
      }
    } catch {
      Self.removeTree(temporary, in: directory)
      throw error
    }
    try settle(parent, visible: path, previous: existing == nil ? nil : temporary)
    if existing != nil { Self.removeTree(temporary, in: directory) }
  }

  /// Forces the directory in which the name `path` was just given to the device.
  ///
  /// - Parameter previous: The temporary name under which the old contents stand.
  /// - Throws: `.notDurable`, and nothing is taken away: which of the two the device holds, nobody knows.
  func settle(_ parent: borrowing Descriptor, visible path: StoragePath, previous: String? = nil) throws {
    do { try parent.synchronise() } catch StorageError.system(_, _, let code) {
      throw StorageError.notDurable(
        path: name(path), previous: previous.map { name(path.parent) + "/" + $0 }, code: code)
    }
  }

  /// Makes a complete file appear at `path`, durably and all at once, as `publishDirectory` does for directories: for
  /// files too large to be held in memory, which `atomicReplace` wants.
  ///
  /// - Returns: Its size and digest; the entry's path is its name.
  /// - Throws: `.alreadyExists` if something stands there, before `body` runs or, if it appeared meanwhile, after; what
  ///   `body` throws.
  @discardableResult
  public func publishFile(_ path: StoragePath, _ body: (StagingFile) throws -> Void) throws -> FileEntry {
    let last = try lastName(of: path)
    if try kind(of: path) != nil { throw StorageError.alreadyExists(path: name(path)) }
    let parent = try openDirectory(path.parent)
    let directory = parent.number
    let (number, temporary) = try Self.firstFreeTemporary(name(path)) {
      openat(directory, $0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    }
    let file = StagingFile(
      adopting: Descriptor(adopting: number, path: name(path)), named: StoragePath([PathComponent(checked: last)]))
    let published: FileEntry
    do {
      try body(file)
      let entry = try file.finish()
      try Self.rename(temporary, last, in: directory, flag: Self.noReplaceFlag, operation: "rename", path: name(path))
      published = entry
    } catch {
      _ = unlinkat(directory, temporary, 0)
      throw error
    }
    try settle(parent, visible: path)
    return published
  }

  /// Takes the directory at `path` away: it vanishes in one step, durably, and is then removed file by file.
  public func retireDirectory(_ path: StoragePath) throws {
    let last = try lastName(of: path)
    guard try kind(of: path) == .directory else {
      throw StorageError.wrongKind(path: name(path), expected: "a directory", got: "something else or nothing")
    }
    let parent = try openDirectory(path.parent)
    let directory = parent.number
    let (_, temporary) = try Self.firstFreeTemporary(name(path)) { mkdirat(directory, $0, 0o755) }
    // A directory may be renamed onto an empty one: the name reserved by mkdir is taken over.
    _ = try retrying("rename", name(path)) { renameat(directory, last, directory, temporary) }
    try settle(parent, visible: path.parent, previous: temporary)
    Self.removeTree(temporary, in: directory)
  }

  /// Gives the directory at `path` another name beside it, durably.
  ///
  /// - Throws: `.alreadyExists` if something has that name.
  public func renameDirectory(_ path: StoragePath, to new: PathComponent) throws {
    let parent = try openDirectory(path.parent)
    let target = path.parent.appending(new)
    try Self.rename(
      lastName(of: path), new.text, in: parent.number, flag: Self.noReplaceFlag, operation: "rename", path: name(target)
    )
    try settle(parent, visible: target)
  }

  /// Removes what interrupted writes left in the directory at `path`.
  ///
  /// - Parameter lock: Proof that no other writer is at work in it, whose staging would be removed too.
  public func removeLeftovers(in path: StoragePath, holding lock: FileLock) throws {
    let directory = try openDirectory(path)
    for name in try entries(path) where name.hasPrefix(Self.temporaryPrefix) {
      Self.removeTree(name, in: directory.number)
    }
  }

  /// Cuts the file at `path` back to `byteCount`, durably. Throws `.altered` if it is shorter than that.
  public func truncate(_ path: StoragePath, to byteCount: Int) throws {
    let file = try openFile(path, flags: O_WRONLY)
    let size = Int(try file.status().st_size)
    guard byteCount >= 0, byteCount <= size else {
      throw StorageError.altered(path: name(path), expected: "at least \(byteCount) bytes", got: "\(size)")
    }
    _ = try retrying("truncate", name(path)) { ftruncate(file.number, off_t(byteCount)) }
    try file.synchronise()
  }

  /// RENAME_NOREPLACE of renameat2(2): fails with EEXIST if the second name is taken.
  private static let noReplaceFlag: UInt32 = 1
  /// RENAME_EXCHANGE: swaps the two names in one step.
  private static let exchangeFlag: UInt32 = 2

  /// Renames with a flag of Linux's `renameat2`.
  ///
  /// The Glibc module does not declare it, hence the lookup by name. There is no fallback: two renames would leave an
  /// instant at which a crash makes the directory disappear, and one without the flag replaces what nobody agreed to lose.
  private static func rename(
    _ first: String, _ second: String, in directory: Int32, flag: UInt32, operation: String, path: String
  ) throws {
    typealias RenameAt2 = @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else {
      throw StorageError.system(operation: operation, path: path, code: ENOSYS)
    }
    // SAFETY: glibc ≥ 2.28 exports renameat2 with this signature (renameat2(2)).
    let renameat2 = unsafeBitCast(symbol, to: RenameAt2.self)
    do {
      _ = try retrying(operation, path) { renameat2(directory, first, directory, second, flag) }
    } catch StorageError.system(_, _, EEXIST) {
      throw StorageError.alreadyExists(path: path)
    }
  }

  /// Removes a file or a whole directory without following links, as far as possible: what stays is a leftover that no
  /// reader lists. Only ever called with temporary names.
  private static func removeTree(_ name: String, in directory: Int32, depth: Int = 0) {
    guard depth <= Limits.componentCount, unlinkat(directory, name, 0) != 0 else { return }
    let number = openat(directory, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    guard number >= 0 else { return }
    guard let stream = fdopendir(number) else {
      _ = close(number)
      return
    }
    defer {
      closedir(stream)
      _ = unlinkat(directory, name, AT_REMOVEDIR)
    }
    while let entry = readdir(stream) {
      let text = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if text != ".", text != ".." { removeTree(text, in: number, depth: depth + 1) }
    }
  }
}
