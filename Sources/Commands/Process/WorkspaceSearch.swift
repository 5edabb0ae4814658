import Glibc

/// Finds the workspace that the current directory lies in.
enum WorkspaceSearch {
  /// What every workspace has, beside what `codex init` and the first measurement put into it.
  static let mark = ".codex"

  /// The absolute path of the nearest directory above the current one that is a workspace; nil if the current directory is one,
  /// or none is.
  ///
  /// In the home directory other programs keep a folder of the same name: it counts only if a ledger is in it.
  static func upwards() -> String? {
    // Configs make a workspace too, before anything was measured in it. Asked before where this is: nothing outside is touched
    // in a workspace.
    guard !isDirectory(mark), !isDirectory("configs"), let pointer = getcwd(nil, 0) else { return nil }
    defer { free(pointer) }
    let home = getenv("HOME").map { String(cString: $0) }
    var place = String(cString: pointer)[...]
    while let slash = place.lastIndex(of: "/") {
      place = place[..<slash]
      let folder = place + "/" + mark
      if isDirectory(folder), String(place) != home || isDirectory(folder + "/metrics") {
        return place.isEmpty ? "/" : String(place)
      }
    }
    return nil
  }

  private static func isDirectory(_ path: some StringProtocol) -> Bool {
    var status = stat()
    return stat(String(path), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
