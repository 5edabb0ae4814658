import Glibc
import Schemas

/// Appends records to a file, one canonical JSON line each and one `write(2)` per line.
///
/// Writers of one file exclude each other by a `FileLock`. A line is on disk after `synchronise`.
public final class NDJSONWriter {
  private let file: Descriptor
  private var hasFailed = false

  /// Where the next line will start: the bytes in the file after the last append. Checkpoints store it.
  public private(set) var offset: Int

  /// Opens the file at `path` for appending; it is created durably if absent.
  ///
  /// - Throws: `StorageError.malformed` if its last line is torn: see `StorageRoot.quarantineTornTail`.
  public init(appendingTo path: StoragePath, in root: StorageRoot) throws {
    let last = try root.lastName(of: path)
    let parent = try root.openDirectory(path.parent)
    file = try Descriptor(
      opening: last, in: parent.number, flags: O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK, path: root.name(path),
      operation: "open for appending")
    offset = 0
    let status = try file.status()
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError.wrongKind(
        path: root.name(path), expected: "a regular file", got: FileKind(mode: status.st_mode).name)
    }
    offset = try checkedSize()
    if offset == 0 { try parent.synchronise() }
  }

  /// Appends one record.
  ///
  /// After a short write (a full disk) the fragment is cut off again, so the file always ends with a whole line unless
  /// the process is killed in the middle.
  public func append(_ record: some Record) throws {
    do { try append(line: Self.line(record)) } catch let error as StorageError { throw error.located(in: file.path) }
  }

  /// The canonical line of `record`, its newline included. Throws `.tooLarge` above `Limits.lineByteCount`.
  static func line(_ record: some Record) throws -> [UInt8] {
    let line = try RecordEncoder().bytes(of: record) + [UInt8(ascii: "\n")]
    guard line.count <= Limits.lineByteCount else {
      throw StorageError.tooLarge(path: "JSON", byteCount: line.count, limit: Limits.lineByteCount)
    }
    return line
  }

  /// Appends whole lines and forces them to the device: all or none. After any failure, that of the device included, the
  /// file ends where it ended before.
  func append(lines: [[UInt8]]) throws {
    let start = try checkedSize()
    do {
      for line in lines { try write(line: line, at: offset) }
      try synchronise()
    } catch {
      try cutBack(to: start)
      throw error
    }
  }

  private func append(line: [UInt8]) throws { try write(line: line, at: checkedSize()) }

  private func write(line: [UInt8], at start: Int) throws {
    guard !hasFailed else { throw StorageError.system(operation: "append", path: file.path, code: EIO) }
    // A signal can shorten a write; a second short write in a row is a full disk, whose next error says so.
    for attempt in 1...3 {
      do {
        let count = try line.withUnsafeBytes { bytes in
          try retrying("append", file.path) { Glibc.write(file.number, bytes.baseAddress, bytes.count) }
        }
        if count == line.count {
          offset = start + count
          return
        }
        if attempt == 3 { throw StorageError.system(operation: "append", path: file.path, code: ENOSPC) }
        try cutBack(to: start)
      } catch {
        try cutBack(to: start)
        throw error
      }
    }
  }

  private func cutBack(to size: Int) throws {
    _ = try retrying("truncate", file.path) { ftruncate(file.number, off_t(size)) }
    offset = size
  }

  /// Forces everything appended to the device. After a failure the writer refuses further work: what reached the disk
  /// is unknown, and trying again would report success without writing.
  public func synchronise() throws {
    guard !hasFailed else { throw StorageError.system(operation: "fsync", path: file.path, code: EIO) }
    do { try file.synchronise() } catch {
      hasFailed = true
      throw error
    }
  }

  /// The size of the file, whose last byte must be a newline: otherwise the next line would be glued to a fragment.
  private func checkedSize() throws -> Int {
    let size = Int(try file.status().st_size)
    guard size > 0 else { return 0 }
    var last: UInt8 = 0
    _ = try retrying("read", file.path) { pread(file.number, &last, 1, off_t(size - 1)) }
    guard last == UInt8(ascii: "\n") else {
      throw StorageError.malformed(
        path: file.path, line: nil, offset: size - 1, expected: "a newline at the end", got: "a torn last line",
        fault: .tornTail)
    }
    return size
  }
}

extension StorageRoot {
  /// Moves a torn last line, which a killed writer left, out of the way, durably: into `<name>.torn-<offset>` beside
  /// the file, or with `-1`, `-2`, … behind it where an earlier one has that name. The caller holds the writers' lock.
  ///
  /// - Returns: The bytes moved; 0 if the last line is whole.
  /// - Throws: `StorageError.malformed` for a tail longer than any line: no writer of codex left it.
  @discardableResult
  public func quarantineTornTail(of path: StoragePath) throws -> Int {
    let file = try MappedFile(path, in: self)
    let torn = file.withBytes { bytes -> (keep: Int, fragment: [UInt8])? in
      let window = bytes.suffix(Limits.lineByteCount)
      if let end = window.lastIndex(of: UInt8(ascii: "\n")) { return (end + 1, Array(bytes[(end + 1)...])) }
      return window.count == bytes.count ? (0, Array(bytes)) : nil
    }
    guard let (keep, fragment) = torn else {
      throw StorageError.malformed(
        path: name(path), line: nil, offset: file.byteCount - Limits.lineByteCount,
        expected: "a newline in the last \(Limits.lineByteCount) bytes", got: "none", fault: .oversizedLine)
    }
    guard !fragment.isEmpty else { return 0 }
    let first = try lastName(of: path) + ".torn-" + String(keep)
    var place = path.parent.appending(try StoragePath(parsing: first))
    var number = 0
    while try kind(of: place) != nil {
      number += 1
      place = path.parent.appending(try StoragePath(parsing: first + "-\(number)"))
    }
    try atomicReplace(place, fragment)
    try truncate(path, to: keep)
    return fragment.count
  }
}
