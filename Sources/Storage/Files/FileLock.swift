import Glibc

/// An advisory lock (`flock`) on a file of its own, held while this object lives; the kernel releases it when the
/// process dies. Not `fcntl`: that lock is lost when any descriptor of the file is closed.
public final class FileLock {
  private let file: Descriptor

  /// How often a lock that is held is tried again.
  static let triesPerSecond = 1_000.0

  /// Takes the lock on the file at `path` for itself alone; the file is created if absent and never removed.
  ///
  /// Only its owner may open it: whoever can read a lock's file can hold it, and keep everybody out.
  ///
  /// - Parameter patience: How long to wait for it, in seconds.
  /// - Throws: `StorageError.locked` if another process still holds it then.
  public init(_ path: StoragePath, in root: StorageRoot, patience: Double = 0) throws {
    let last = try root.lastName(of: path)
    let parent = try root.openDirectory(path.parent)
    file = try Self.take(LOCK_EX, on: last, in: parent, flags: O_RDWR | O_CREAT, root.name(path), patience)
  }

  /// Takes the lock together with other readers; nil if the file is absent, hence nobody ever took it, or another user's.
  ///
  /// - Throws: `StorageError.locked` if a writer still holds it after `patience` seconds.
  public init?(sharing path: StoragePath, in root: StorageRoot, patience: Double = 0) throws {
    let last = try root.lastName(of: path)
    do {
      let parent = try root.openDirectory(path.parent)
      file = try Self.take(LOCK_SH, on: last, in: parent, flags: O_RDONLY, root.name(path), patience)
    } catch StorageError.system(_, _, let code) where code == ENOENT || code == EACCES {
      return nil
    }
  }

  private static func take(
    _ kind: Int32, on name: String, in parent: borrowing Descriptor, flags: Int32, _ path: String, _ patience: Double
  ) throws -> Descriptor {
    var triesLeft = Int(patience * triesPerSecond)
    while true {
      let candidate = try Descriptor(
        opening: name, in: parent.number, flags: flags | O_NONBLOCK, mode: 0o600, path: path,
        operation: kind == LOCK_SH ? "open" : "open lock")
      do {
        _ = try retrying("lock", path) { flock(candidate.number, kind | LOCK_NB) }
      } catch StorageError.system(_, _, EWOULDBLOCK) {
        guard triesLeft > 0 else { throw StorageError.locked(path: path) }
        triesLeft -= 1
        usleep(UInt32(1e6 / triesPerSecond))
        continue
      }
      // Somebody may have removed or replaced the file between open and flock: then this lock guards nothing.
      let held = try candidate.status()
      // An earlier codex let everybody open it.
      if held.st_mode & 0o077 != 0, held.st_uid == geteuid() { _ = fchmod(candidate.number, 0o600) }
      var current = stat()
      if fstatat(parent.number, name, &current, AT_SYMLINK_NOFOLLOW) == 0, current.st_ino == held.st_ino,
        current.st_dev == held.st_dev
      {
        return candidate
      }
    }
  }
}
