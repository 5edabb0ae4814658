/// Names of configs, as they are joined from groups and choices.
enum ConfigName {
  /// Why `name` can be no config, and what to write instead; nil if it can.
  ///
  /// Names are segments of letters, digits, `_`, `-` and `.`, none of them `.` or `..`. Hydra 1.3 lets other names
  /// through, 1.4 refuses most of these too.
  static func refusal(of name: String) -> (problem: String, remedy: String)? {
    let segments = name.split(separator: "/", omittingEmptySubsequences: false)
    if name.contains("\\") { return ("it has a '\\'", "Separate groups by '/'.") }
    if segments.contains("..") || segments.contains(".") {
      return ("it leads up or stays", "Name the config from the root: '/group/name'.")
    }
    if segments.contains("") { return ("a part of it is empty", "Name a config, or null for none.") }
    if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
      return ("it has the suffix of a file", "Leave the suffix out; files end in '.yaml'.")
    }
    let isSound = segments.allSatisfy { $0.unicodeScalars.allSatisfy { WordScanner.continuesName($0) || $0 == "." } }
    return isSound ? nil : ("it has other characters", "Use letters, digits, '_', '-' and '.', separated by '/'.")
  }

  /// `group/name`, or `name` in the root group.
  static func join(_ group: String, _ name: String) -> String { group.isEmpty ? name : "\(group)/\(name)" }
}
