import Glibc

/// An open file or directory, closed when it goes out of scope. Every call is retried after an interruption (EINTR).
struct Descriptor: ~Copyable {
  private(set) var number: Int32
  /// For messages.
  let path: String

  init(adopting number: Int32, path: String) {
    self.number = number
    self.path = path
  }

  deinit { if number >= 0 { _ = Glibc.close(number) } }

  /// Opens `name` in the directory `directory` (or `AT_FDCWD`), never following a link in the last place.
  init(
    opening name: String, in directory: Int32, flags: Int32, mode: mode_t = 0o644, path: String,
    operation: String = "open"
  ) throws {
    let number = try retrying(operation, path) {
      Glibc.openat(directory, name, flags | O_CLOEXEC | O_NOFOLLOW, mode)
    }
    self.init(adopting: number, path: path)
  }

  /// Closes, and reports the error that a delayed write may raise here; the descriptor is gone in either case.
  consuming func closeChecked() throws {
    let number = number
    self.number = -1
    // After EINTR Linux has closed the descriptor; closing again could close somebody else's.
    if Glibc.close(number) != 0, errno != EINTR {
      throw StorageError.system(operation: "close", path: path, code: errno)
    }
  }

  /// Forces data and metadata to the device. A failure is final: the pages may be marked clean, so it is never retried.
  func synchronise() throws {
    _ = try retrying("fsync", path) { fsync(number) }
  }

  /// Writes all of `bytes`, going on after short writes.
  func writeAll(_ bytes: UnsafeRawBufferPointer) throws {
    var written = 0
    while written < bytes.count {
      // SAFETY: `written` < `bytes.count`, so the range lies within the caller's buffer.
      let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
      let count = try retrying("write", path) { Glibc.write(number, rest.baseAddress, rest.count) }
      guard count > 0 else { throw StorageError.system(operation: "write", path: path, code: EIO) }
      written += count
    }
  }

  func status() throws -> stat {
    var status = stat()
    _ = try retrying("inspect", path) { fstat(number, &status) }
    return status
  }

  /// Reads up to `limit` bytes from the start; the declared size is checked before anything is allocated.
  ///
  /// Throws `.wrongKind` for anything but a regular file (a FIFO would block, a device never ends).
  func readAll(limit: Int) throws -> [UInt8] {
    let status = try status()
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StorageError.wrongKind(path: path, expected: "a regular file", got: FileKind(mode: status.st_mode).name)
    }
    guard let size = Int(exactly: status.st_size), size <= limit else {
      throw StorageError.tooLarge(path: path, byteCount: Int(clamping: status.st_size), limit: limit)
    }
    let count = try [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      while initialized < size {
        // SAFETY: at most `size - initialized` bytes go behind those initialised so far, within the capacity `size`.
        let target = UnsafeMutableRawPointer(buffer.baseAddress! + initialized)
        let count = try retrying("read", path) { pread(number, target, size - initialized, off_t(initialized)) }
        if count == 0 { break }
        initialized += count
      }
    }
    guard count.count == size else {
      throw StorageError.altered(
        path: path, expected: "\(size) bytes", got: "\(count.count): it shrank while being read")
    }
    return count
  }
}

/// Repeats `call` while it is interrupted; throws `StorageError.system` for every other failure.
func retrying<I: SignedInteger>(_ operation: String, _ path: String, _ call: () -> I) throws -> I {
  while true {
    let result = call()
    if result >= 0 { return result }
    let code = errno
    if code != EINTR { throw StorageError.system(operation: operation, path: path, code: code) }
  }
}

/// What a directory entry is.
public enum FileKind: Sendable, Equatable {
  case file, directory, symbolicLink, other

  init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .directory
    case S_IFLNK: self = .symbolicLink
    default: self = .other
    }
  }

  public var name: String {
    switch self {
    case .file: "a regular file"
    case .directory: "a directory"
    case .symbolicLink: "a symbolic link"
    case .other: "a special file"
    }
  }
}
