/// One entry of a defaults list, with the place it has in the tree.
///
/// Source: Hydra 1.3, "The Defaults List" and "Packages".
struct DefaultsEntry: Sendable {
  enum Kind: Sendable {
    /// `_self_`: the content of the config that holds the list.
    case ownContent
    /// `group/name`: a config named outright.
    case config(path: String)
    /// `group: choice`: a choice that overrides can change.
    case group(path: String, choice: Choice)
  }

  /// What a group entry chooses.
  enum Choice: Sendable, Equatable {
    case none
    case name(String)
    case names([String])
  }

  var kind: Kind
  /// What follows `@`; `_here_` is the empty package, `_group_` is replaced once the place is known.
  var package: String?
  var isOptional = false
  var isOverride = false
  /// Appended by the command line.
  var isAppended = false
  var origin: Origin

  // The place; set by `placed(in:package:)`.
  var parentGroup = ""
  var parentPackage = ""
  var packageHeader: String?
  var isDeleted = false

  init(_ kind: Kind, package: String? = nil, origin: Origin) {
    self.kind = kind
    self.package = package == "_here_" ? "" : package
    self.origin = origin
  }
}

extension DefaultsEntry {
  /// The entry in a config of group `group`, whose content goes to `package`.
  func placed(in group: String, package parent: String) -> DefaultsEntry {
    var entry = self
    entry.parentGroup = group
    entry.parentPackage = parent
    if let own = package, own.contains("_group_") {
      entry.package = "_global_." + own.replacing("_group_", with: entry.defaultPackage)
    }
    return entry
  }

  var isOwnContent: Bool {
    if case .ownContent = kind { return true }
    return false
  }

  /// The choice's or config's own name; nil for `group: null` and for a list of names.
  var name: String? {
    switch kind {
    case .ownContent: "_self_"
    case .config(let path): String(path.split(separator: "/").last ?? "")
    case .group(_, .name(let name)): name
    case .group: nil
    }
  }

  var isMissing: Bool { name == ConfigValue.missing }

  var isInterpolation: Bool {
    switch kind {
    case .ownContent: false
    case .config(let path): path.contains("${")
    case .group(_, .name(let name)): name.contains("${")
    case .group: false
    }
  }

  /// The absolute group.
  var group: String {
    switch kind {
    case .ownContent: parentGroup
    case .config(let path):
      path.hasPrefix("/") ? Self.directory(of: path) : Self.join(parentGroup, Self.directory(of: path))
    case .group(let path, _):
      path.hasPrefix("/") ? String(path.dropFirst()) : ConfigName.join(parentGroup, path)
    }
  }

  /// The absolute name of the config that this entry includes.
  var configName: String { ConfigName.join(group, name ?? "") }

  /// Where the content goes if neither the entry nor the config's header says otherwise.
  var defaultPackage: String { Self.dotted(group) }

  /// Where the content goes.
  var finalPackage: String { finalPackage(own: package ?? packageHeader) }

  /// The name by which overrides and other entries refer to this choice: `group`, or `group@package`.
  var choiceKey: String {
    let package = finalPackage(own: package)
    if package == defaultPackage { return group }
    return "\(group)@\(package.isEmpty ? "_global_" : package)"
  }

  private func finalPackage(own: String?) -> String {
    let own = own ?? Self.dotted(relativeGroup)
    let joined = parentPackage.isEmpty ? own : own.isEmpty ? parentPackage : "\(parentPackage).\(own)"
    // Whatever precedes the last `_global_` is left behind.
    guard joined.utf8.contains(UInt8(ascii: "_")), let keyword = joined.ranges(of: "_global_").last else {
      return joined
    }
    return String(joined[keyword.upperBound...].dropFirst())
  }

  /// The group as written in the entry, without a leading `/`.
  private var relativeGroup: String {
    switch kind {
    case .ownContent: ""
    case .config(let path): Self.directory(of: path)
    case .group(let path, _): path.hasPrefix("/") ? String(path.dropFirst()) : path
    }
  }

  /// What precedes the last `/`, without a leading one.
  private static func directory(of path: String) -> String {
    path.split(separator: "/").dropLast().joined(separator: "/")
  }

  /// A group in a group; either may be the root.
  private static func join(_ parent: String, _ group: String) -> String {
    group.isEmpty ? parent : ConfigName.join(parent, group)
  }

  private static func dotted(_ group: String) -> String {
    guard group.utf8.contains(UInt8(ascii: "/")) else { return group }
    return String(decoding: group.utf8.map { $0 == UInt8(ascii: "/") ? UInt8(ascii: ".") : $0 }, as: UTF8.self)
  }
}
