import Glibc
import Schemas

/// A directory being filled that nobody sees yet; `StorageRoot.publishDirectory` makes it visible in one step.
///
/// Write the files first and the manifest last: after `seal` nothing can be added.
public final class StagingDirectory {
  let root: StorageRoot
  private var directories: Set<StoragePath> = [.root]
  private(set) var isSealed = false

  /// What was written so far, in order of writing; the manifest is not among it.
  public private(set) var entries: [FileEntry] = []

  init(root: StorageRoot) { self.root = root }

  /// Writes a new file; missing directories on the way are made.
  @discardableResult
  public func write(_ path: StoragePath, _ bytes: [UInt8]) throws -> FileEntry {
    try writeFile(path) { file in try file.append(bytes) }
  }

  /// Writes `record` in its envelope, with a final newline.
  @discardableResult
  public func write(_ path: StoragePath, record: some Record) throws -> FileEntry {
    try write(path, encoded(record, at: path))
  }

  /// Writes a new file in parts.
  @discardableResult
  public func writeFile(_ path: StoragePath, _ body: (StagingFile) throws -> Void) throws -> FileEntry {
    let entry = try create(path, body)
    entries.append(entry)
    return entry
  }

  /// Writes the last file, which lists the others (`entries`): where it stands, the directory is complete.
  @discardableResult
  public func seal(_ path: StoragePath, manifest: some Record) throws -> FileEntry {
    let bytes = try encoded(manifest, at: path)
    let entry = try create(path) { file in try file.append(bytes) }
    isSealed = true
    return entry
  }

  private func create(_ path: StoragePath, _ body: (StagingFile) throws -> Void) throws -> FileEntry {
    precondition(!isSealed, "the manifest is the last file of a directory")
    try root.makeDirectory(path.parent)
    directories.formUnion((0...path.parent.components.count).map { StoragePath(Array(path.components.prefix($0))) })
    let file = try StagingFile(path, in: root)
    try body(file)
    return try file.finish()
  }

  private func encoded(_ record: some Record, at path: StoragePath) throws -> [UInt8] {
    do { return try RecordEncoder().bytes(of: record) + [UInt8(ascii: "\n")] } catch let error as StorageError {
      throw error.located(in: root.name(path))
    }
  }

  /// Forces every directory to the device; files were forced when they were finished.
  func synchroniseDirectories() throws {
    for directory in directories.sorted().reversed() { try root.openDirectory(directory).synchronise() }
  }
}

/// One file that nobody sees yet, written front to back through a buffer and digested on the way.
public final class StagingFile {
  private let file: Descriptor
  private let path: StoragePath
  private var buffer: [UInt8] = []
  private var digest = DigestStream()
  /// Bytes appended so far.
  public private(set) var byteCount = 0

  // Large enough that the cost of a system call vanishes, small enough to stay in the second-level cache.
  private static let bufferByteCount = 1 << 18

  convenience init(_ path: StoragePath, in root: StorageRoot) throws {
    let last = try root.lastName(of: path)
    let parent = try root.openDirectory(path.parent)
    let file = try Descriptor(
      opening: last, in: parent.number, flags: O_WRONLY | O_CREAT | O_EXCL, path: root.name(path),
      operation: "create file")
    self.init(adopting: file, named: path)
  }

  init(adopting file: consuming Descriptor, named path: StoragePath) {
    self.file = file
    self.path = path
    buffer.reserveCapacity(Self.bufferByteCount)
  }

  public func append(_ bytes: [UInt8]) throws { try bytes.withUnsafeBytes { try append($0) } }

  public func append(_ bytes: UnsafeRawBufferPointer) throws {
    byteCount += bytes.count
    digest.update(bytes)
    if buffer.count + bytes.count > Self.bufferByteCount { try flush() }
    if bytes.count > Self.bufferByteCount { try file.writeAll(bytes) } else { buffer.append(contentsOf: bytes) }
  }

  /// Appends `record` as one line of NDJSON.
  public func append(record: some Record) throws {
    do { try append(NDJSONWriter.line(record)) } catch let error as StorageError { throw error.located(in: file.path) }
  }

  private func flush() throws {
    try buffer.withUnsafeBytes { try file.writeAll($0) }
    buffer.removeAll(keepingCapacity: true)
  }

  func finish() throws -> FileEntry {
    try flush()
    try file.synchronise()
    return FileEntry(path: path.description, byteCount: byteCount, digest: digest.finish())
  }
}
