import Glibc
import Schemas

/// A file's bytes in memory, mapped read-only: opening costs nothing per byte, pages are read on first use.
///
/// Size, digest and contents come from one open descriptor, so that what was verified is what is used. The files of
/// codex are replaced or appended to, never cut, while they can be mapped: a mapped page beyond a later end would raise
/// SIGBUS.
public final class MappedFile: Sendable {
  /// For messages.
  public let path: String
  // SAFETY: immutable for the life of this object, which owns the mapping; `bytes` must not outlive it.
  private nonisolated(unsafe) let mapping: UnsafeMutableRawPointer?
  public let byteCount: Int

  /// Maps the regular file at `path`. Throws `.wrongKind`, `.tooLarge` above `limit` bytes, or `.system`.
  public init(_ path: StoragePath, in root: StorageRoot, limit: Int = .max) throws {
    let file = try root.openFile(path)
    let status = try file.status()
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError.wrongKind(
        path: root.name(path), expected: "a regular file", got: FileKind(mode: status.st_mode).name)
    }
    guard let size = Int(exactly: status.st_size), size <= limit else {
      throw StorageError.tooLarge(path: root.name(path), byteCount: Int(clamping: status.st_size), limit: limit)
    }
    self.path = root.name(path)
    byteCount = size
    guard size > 0 else {
      mapping = nil
      return
    }
    let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, file.number, 0)
    guard let address, address != MAP_FAILED else {
      throw StorageError.system(operation: "map", path: root.name(path), code: errno)
    }
    mapping = address
  }

  deinit { if let mapping { munmap(mapping, byteCount) } }

  /// The bytes; valid while this object lives.
  public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: mapping, count: byteCount)
  }

  /// Calls `body` with the bytes, keeping the mapping alive meanwhile.
  public func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try withExtendedLifetime(self) { try body(bytes) }
  }

  /// Tells the system that the bytes in `range` are not needed soon; read again, they come from the file again.
  public func releasePages(_ range: Range<Int>) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let start = (range.lowerBound + page - 1) / page * page
    let end = min(range.upperBound, byteCount) / page * page
    guard let mapping, start < end else { return }
    // Only advice: a failure costs memory, not correctness. The mapping is private and never written, so nothing is lost.
    _ = madvise(mapping + start, end - start, MADV_DONTNEED)
  }

  /// The SHA-256 digest of the bytes.
  public func digest() -> Digest { withBytes { Digest(of: $0) } }

  /// Throws `StorageError.altered` unless the file has the size and the digest of `entry`; the size is compared first.
  public func verify(_ entry: FileEntry) throws {
    guard byteCount == entry.byteCount else {
      throw StorageError.altered(path: path, expected: "\(entry.byteCount) bytes", got: "\(byteCount)")
    }
    let actual = digest()
    guard actual == entry.digest else {
      throw StorageError.altered(path: path, expected: "\(entry.digest)", got: "\(actual)")
    }
  }
}
