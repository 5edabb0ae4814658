import CKernels
import Glibc

/// What kind of file system the workspace is on, as far as it matters for keeping runs.
struct FileSystem {
  let type: String
  let isReadOnly: Bool
  let freeByteCount: Int64
  /// Whether files are gone after a restart.
  let isVolatile: Bool
  /// Whether locks and renames may not be what codex relies on.
  let isNetwork: Bool

  /// - Parameter path: An existing directory.
  init?(at path: String) {
    var information = statvfs()
    let magic = ck_file_system_type(path)
    guard magic >= 0, statvfs(path, &information) == 0 else { return nil }
    type = Self.names[magic] ?? "type 0x" + String(magic, radix: 16)
    isVolatile = Self.volatileNames.contains(type)
    isNetwork = Self.networkNames.contains(type)
    isReadOnly = information.f_flag & 1 != 0  // ST_RDONLY
    let (bytes, overflow) = Int64(clamping: information.f_bavail).multipliedReportingOverflow(
      by: Int64(clamping: information.f_frsize))
    freeByteCount = overflow ? .max : bytes
  }

  /// Magic numbers of statfs(2).
  private static let names: [Int64: String] = [
    0xEF53: "ext4", 0x5846_5342: "xfs", 0x9123_683E: "btrfs", 0x0102_1994: "tmpfs", 0x8584_58F6: "ramfs",
    0x794C_7630: "overlayfs", 0x6969: "nfs", 0xFF53_4D42: "cifs", 0xFE53_4D42: "smb2", 0x517B: "smb",
    0x6573_5546: "fuse", 0x2FC1_2FC1: "zfs", 0x0102_1997: "9p",
  ]

  private static let volatileNames: Set<String> = ["tmpfs", "ramfs"]
  private static let networkNames: Set<String> = ["nfs", "cifs", "smb", "smb2", "fuse", "9p"]

  /// Below this many free bytes a run may not find room for its checkpoints.
  static let scarceByteCount: Int64 = 1 << 30

  var warnings: [String] {
    var warnings: [String] = []
    if isReadOnly { warnings.append("the workspace is on a read-only file system; choose another with --workspace") }
    if isVolatile { warnings.append("the workspace is on \(type): its runs are lost when the machine restarts") }
    if isNetwork {
      warnings.append("the workspace is on \(type): locks and renames may not hold there; prefer a local disk")
    }
    if freeByteCount < Self.scarceByteCount {
      warnings.append("only \(freeByteCount >> 20) MiB are free in the workspace; runs need room for checkpoints")
    }
    return warnings
  }
}
