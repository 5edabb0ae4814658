import Schemas

/// One name in a directory: 1 to 255 of `A-Z a-z 0-9 . _ -`, not starting with a dot unless it is `.codex`.
public struct PathComponent: CheckedName {
  public static let kind = "file name"
  public static let rule = "1 to 255 of A-Z a-z 0-9 . _ -, not starting with '.' or '-'"
  /// The names with a leading dot that codex uses.
  static let hiddenNames: Set<String> = [".codex"]

  public let text: String

  public init(checked text: String) { self.text = text }

  public static func isAcceptable(_ text: String) -> Bool {
    if hiddenNames.contains(text) { return true }
    let utf8 = text.utf8
    guard let first = utf8.first, utf8.count <= Limits.componentByteCount else { return false }
    guard first != UInt8(ascii: "."), first != UInt8(ascii: "-") else { return false }
    return utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }
}

/// A path below a `StorageRoot`, made of checked names: it cannot be absolute, climb, or hide anything.
public struct StoragePath: Hashable, Sendable {
  public let components: [PathComponent]

  /// The root itself.
  public static let root = StoragePath([])

  public init(_ components: [PathComponent]) { self.components = components }

  /// Reads `a/b/c`. Nothing is decoded or normalised: empty parts, `.`, `..` and a leading or trailing slash are
  /// refused.
  ///
  /// - Throws: `StorageError.unacceptablePath`.
  public init(parsing text: String) throws {
    let parts = text.split(separator: "/", maxSplits: Limits.componentCount, omittingEmptySubsequences: false)
    guard parts.count <= Limits.componentCount, parts.allSatisfy({ PathComponent.isAcceptable(String($0)) }) else {
      throw StorageError.unacceptablePath(
        text: text, rule: "at most \(Limits.componentCount) names separated by '/', each \(PathComponent.rule)")
    }
    components = parts.map { PathComponent(checked: String($0)) }
  }

  public var isRoot: Bool { components.isEmpty }

  /// The path without its last component; the root's parent is the root.
  public var parent: StoragePath { StoragePath(components.dropLast()) }

  public var lastComponent: PathComponent? { components.last }

  /// This path extended by a name that was checked before, e.g. a `PathComponent` or a `RunID`.
  public func appending(_ name: PathComponent) -> StoragePath { StoragePath(components + [name]) }

  public func appending(_ path: StoragePath) -> StoragePath { StoragePath(components + path.components) }

  public func appending(_ run: RunID) -> StoragePath { appending(PathComponent(checked: run.text)) }

  public func appending(_ experiment: ExperimentName) -> StoragePath {
    appending(PathComponent(checked: experiment.text))
  }
}

extension StoragePath: CustomStringConvertible {
  public var description: String { isRoot ? "." : components.map(\.text).joined(separator: "/") }
}

extension StoragePath: Comparable {
  /// Component by component, so that a directory's files stand together.
  public static func < (left: StoragePath, right: StoragePath) -> Bool {
    left.components.lexicographicallyPrecedes(right.components)
  }
}

extension StoragePath: ExpressibleByStringLiteral {
  /// A path known when the program is written. Traps if it is ill-formed; texts from outside go through
  /// `init(parsing:)`.
  public init(stringLiteral text: StaticString) {
    do { try self.init(parsing: text.description) } catch { preconditionFailure("\(error)") }
  }
}
