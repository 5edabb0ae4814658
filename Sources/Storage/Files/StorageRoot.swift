import Glibc
import Schemas

/// A directory, opened once, below which every file is reached name by name and without following links.
///
/// A root is opened from a path that the user gave; everything else is a `StoragePath` relative to it. A link anywhere
/// in a relative path is an error (`ELOOP`), except through `resolveLink`.
public final class StorageRoot: Sendable {
  /// The path as given, for messages.
  public let path: String
  let descriptor: Int32

  /// Opens an existing directory; links in `path` are the user's choice and are followed.
  public init(opening path: String) throws {
    self.path = path
    descriptor = try retrying("open directory", path) { open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
  }

  init(adopting descriptor: Int32, path: String) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { _ = close(descriptor) }

  /// Opens the directory at `path`, creating it and its missing parents durably.
  public static func creating(_ path: String) throws -> StorageRoot {
    var built = path.utf8.first == UInt8(ascii: "/") ? "/" : "."
    for part in path.split(separator: "/") {
      let parent = try Descriptor(
        adopting: retrying("open directory", built) { open(built, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }, path: built)
      built += (built == "/" ? "" : "/") + part
      if mkdirat(parent.number, String(part), 0o755) == 0 {
        try parent.synchronise()
      } else if errno != EEXIST {
        throw StorageError.system(operation: "create directory", path: built, code: errno)
      }
    }
    return try StorageRoot(opening: path)
  }

  /// A root at an existing directory below this one.
  public func subroot(_ path: StoragePath) throws -> StorageRoot {
    let directory = try openDirectory(path)
    let copy = try retrying("open directory", name(path)) { fcntl(directory.number, F_DUPFD_CLOEXEC, 0) }
    return StorageRoot(adopting: copy, path: name(path))
  }

  /// `path` with the root's own path in front, unless that is the current directory; for messages.
  public func name(_ path: StoragePath) -> String {
    path.isRoot ? self.path : self.path == "." ? path.description : self.path + "/" + path.description
  }

  /// Opens the directory at `path`, one component after the other.
  func openDirectory(_ path: StoragePath) throws -> Descriptor {
    var current = try Descriptor(
      adopting: retrying("open directory", self.path) { fcntl(descriptor, F_DUPFD_CLOEXEC, 0) }, path: self.path)
    for component in path.components {
      current = try Descriptor(
        opening: component.text, in: current.number, flags: O_RDONLY | O_DIRECTORY, path: name(path),
        operation: "open directory")
    }
    return current
  }

  /// The name of `path` in its parent. Throws for the root, which has no name here.
  func lastName(of path: StoragePath) throws -> String {
    guard let last = path.lastComponent else {
      throw StorageError.wrongKind(path: self.path, expected: "a path below the root", got: "the root itself")
    }
    return last.text
  }

  /// Opens the file at `path` for reading.
  func openFile(_ path: StoragePath, flags: Int32 = O_RDONLY) throws -> Descriptor {
    let last = try lastName(of: path)
    let parent = try openDirectory(path.parent)
    // O_NONBLOCK: opening a FIFO must not wait for its other end; it has no effect on regular files.
    return try Descriptor(opening: last, in: parent.number, flags: flags | O_NONBLOCK, path: name(path))
  }
}
