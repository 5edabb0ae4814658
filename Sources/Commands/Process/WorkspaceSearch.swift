import Glibc
import Storage

/// Finds the workspace that the current directory lies in.
enum WorkspaceSearch {
  /// What every workspace has, beside what `codex init` and the first measurement put into it.
  static let mark = ".codex"

  struct Found: Equatable {
    /// Absolute.
    let path: String
  }

  /// The nearest directory above the current one that is a workspace; nil if the current directory is one, or none is.
  static func upwards() -> Found? {
    // First without a look at where this is: nothing outside is touched in a workspace.
    guard !isDirectory(mark), !isDirectory("configs"), let pointer = getcwd(nil, 0) else { return nil }
    defer { free(pointer) }
    return upwards(from: String(cString: pointer), home: getenv("HOME").map { String(cString: $0) })
  }

  /// - Parameters:
  ///   - directory: Absolute, without links.
  ///   - home: There, other programs keep a folder of the same name: it counts only if a ledger is in it.
  static func upwards(from directory: String, home: String?) -> Found? {
    // Configs make a workspace too, before anything was measured in it.
    guard !isDirectory(directory + "/" + mark), !isDirectory(directory + "/configs") else { return nil }
    var place = directory[...]
    while let slash = place.lastIndex(of: "/") {
      place = place[..<slash]
      let folder = place + "/" + mark
      if isDirectory(String(folder)), String(place) != home || isDirectory(folder + "/metrics") {
        return Found(path: place.isEmpty ? "/" : String(place))
      }
    }
    return nil
  }

  private static func isDirectory(_ path: some StringProtocol) -> Bool {
    var status = stat()
    return stat(String(path), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
