/// Names of configs, as they are joined from groups and choices.
enum ConfigName {
  /// Whether `name` can be a config: segments of letters, digits, `_`, `-`, `.`, none of them `.` or `..`.
  static func isValid(_ name: String) -> Bool {
    name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { segment in
      !segment.isEmpty && segment != "." && segment != ".."
        && segment.unicodeScalars.allSatisfy { OverrideKey.continuesName($0) || $0 == "." }
    }
  }

  /// `group/name`, or `name` in the root group.
  static func join(_ group: String, _ name: String) -> String {
    group.isEmpty ? name : name.isEmpty ? group : "\(group)/\(name)"
  }
}
