import Foundation
import Testing

/// What `make dist-binary` makes, from the binary under test.
enum DistBinary {
  static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A folder with the tarball and SHA256SUMS, made once.
  static let folder: Result<Workspace, any Error> = Result { try make() }

  /// Runs the script that `make dist-binary` runs.
  static func make(epoch: Int = 1_700_000_000, umask: String = "022", checkouts: URL? = nil) throws -> Workspace {
    let folder = try Workspace()
    let result = try ShellScript(
      "umask \(umask) && scripts/dist_binary.sh \"$BINARY\" \"$TARGET\" $CHECKOUTS", in: repository,
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "SOURCE_DATE_EPOCH": "\(epoch)",
        "BINARY": CodexProcess.binary, "TARGET": folder.url.path, "CHECKOUTS": checkouts?.path ?? "",
      ])
    try #require(result.status == 0, "\(result.output)")
    return folder
  }

  /// The tarball's name in such a folder.
  static func tarball(in folder: Workspace) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    try #require(names.count == 2 && names[0] == "SHA256SUMS", "\(names)")
    return names[1]
  }
}
