import Schemas

extension StorageRoot {
  /// Throws unless the directory at `path` holds exactly the files of `entries`, each with its size and digest, and
  /// those in `besides` (its manifest).
  ///
  /// - Throws: `StorageError.altered` for a changed or additional file, `.unacceptablePath` for a hostile entry,
  ///   `.system` for a missing file.
  public func verify(_ entries: [FileEntry], in path: StoragePath, besides: Set<StoragePath>) throws {
    var expected = besides
    for entry in entries {
      let file = try StoragePath(parsing: entry.path)
      guard expected.insert(file).inserted else {
        throw StorageError.altered(path: name(path), expected: "every file listed once", got: "'\(file)' twice")
      }
      try MappedFile(path.appending(file), in: self).verify(entry)
    }
    for file in try files(below: path) where !expected.contains(file) {
      throw StorageError.altered(path: name(path), expected: "only the files of its manifest", got: "'\(file)' as well")
    }
  }

  /// All files below the directory at `path`, relative to it and sorted; names that no `StoragePath` has are an error,
  /// leftovers of interrupted writes are not listed.
  public func files(below path: StoragePath) throws -> [StoragePath] {
    let found = try contents(below: path)
    for name in found.strangers
    where !name.split(separator: "/").contains(where: { $0.hasPrefix(Self.temporaryPrefix) }) {
      throw StorageError.unacceptablePath(text: name, rule: PathComponent.rule)
    }
    return found.files
  }

  /// Everything below the directory at `path`, relative to it and sorted, but the directories that lead there.
  ///
  /// - Returns: What has a `StoragePath`, whatever its kind; and, escaped, every other name, leftovers of interrupted
  ///   writes among them. Nothing below a name of the second kind is looked at.
  public func contents(below path: StoragePath) throws -> (files: [StoragePath], strangers: [String]) {
    var found: [StoragePath] = []
    var strangers: [String] = []
    var pending = [StoragePath.root]
    while let directory = pending.popLast() {
      let place = path.appending(directory)
      for entry in try entries(place) {
        guard PathComponent.isAcceptable(entry) else {
          strangers.append((directory.isRoot ? "" : "\(directory)/") + StorageError.escaped(entry))
          continue
        }
        let child = directory.appending(PathComponent(checked: entry))
        if try kind(of: path.appending(child)) == .directory { pending.append(child) } else { found.append(child) }
      }
    }
    return (found.sorted(), strangers.sorted())
  }
}
