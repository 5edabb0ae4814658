import Glibc

/// An exclusive advisory lock (`flock`) on a file of its own, held while this object lives; the kernel releases it when
/// the process dies. Not `fcntl`: that lock is lost when any descriptor of the file is closed.
public final class FileLock {
  private let file: Descriptor

  /// Takes the lock on the file at `path`, which is created if absent and never removed.
  ///
  /// - Throws: `StorageError.locked` at once if another process holds it.
  public init(_ path: StoragePath, in root: StorageRoot) throws {
    let last = try root.lastName(of: path)
    let parent = try root.openDirectory(path.parent)
    while true {
      let candidate = try Descriptor(
        opening: last, in: parent.number, flags: O_RDWR | O_CREAT, path: root.name(path), operation: "open lock")
      do { _ = try retrying("lock", root.name(path)) { flock(candidate.number, LOCK_EX | LOCK_NB) } } catch {
        guard case StorageError.system(_, _, EWOULDBLOCK) = error else { throw error }
        throw StorageError.locked(path: root.name(path))
      }
      // Somebody may have removed or replaced the file between open and flock: then this lock guards nothing.
      let held = try candidate.status()
      var current = stat()
      if fstatat(parent.number, last, &current, AT_SYMLINK_NOFOLLOW) == 0, current.st_ino == held.st_ino,
        current.st_dev == held.st_dev
      {
        file = candidate
        return
      }
    }
  }
}
