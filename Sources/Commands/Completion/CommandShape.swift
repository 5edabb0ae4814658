import ArgumentParser
import Storage

/// The options and arguments of one command, as the argument parser describes them.
///
/// It has no other way to ask than the JSON behind `--experimental-dump-help`; for one command that takes a millisecond.
struct CommandShape {
  /// An option, a flag or a positional argument.
  struct Argument {
    /// As typed: `--run`, `-p`, `-cd`; empty for a positional.
    let names: [String]
    let summary: String
    let isRepeating: Bool
    let completion: Completion
  }

  /// What the values of an argument may be.
  enum Completion: Equatable {
    case none
    case list([String])
    case files
    case directories
    /// A closure of ours computes them.
    case custom
  }

  let options: [Argument]
  let flags: [Argument]
  let positionals: [Argument]

  init(_ arguments: any ParsableArguments.Type) {
    let described = (try? JSONReader.parse(Array(arguments._dumpHelp().utf8)))?["command"]?["arguments"]?.elements ?? []
    let shown = described.filter { $0["shouldDisplay"] != .bool(false) }
    func all(_ kind: String) -> [Argument] { shown.filter { $0["kind"] == .string(kind) }.map(Argument.init) }
    (options, flags, positionals) = (all("option"), all("flag"), all("positional"))
  }

  /// The option of that name, which takes a value.
  func option(_ name: String) -> Argument? { options.first { $0.names.contains(name) } }
}

extension CommandShape.Argument {
  fileprivate init(_ described: JSONValue) {
    names = (described["names"]?.elements ?? []).compactMap { name in
      guard let text = name["name"]?.string else { return nil }
      return (name["kind"] == .string("long") ? "--" : "-") + text
    }
    summary = described["abstract"]?.string ?? ""
    isRepeating = described["isRepeating"] == .bool(true)
    let kind = described["completionKind"]
    completion =
      if let list = kind?["list"]?["values"]?.elements {
        .list(list.compactMap(\.string))
      } else if kind?["file"] != nil {
        .files
      } else if kind?["directory"] != nil {
        .directories
      } else if kind?["custom"] != nil {
        .custom
      } else {
        .none
      }
  }
}

extension JSONValue {
  fileprivate var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  fileprivate var string: String? {
    guard case .string(let string) = self else { return nil }
    return string
  }
}
