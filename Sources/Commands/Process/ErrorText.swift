import Composition

/// What is said about an error.
package enum ErrorText {
  /// Its own description; an error that has none is a fault of codex.
  package static func sentence(for error: any Error) -> String {
    if let status = ExitReason(for: error), status != .internalError { return "\(error)" }
    return "internal error: \(error). Please report it together with the command line."
  }

  /// The same, problems of a configuration followed by the lines of `sources` that they are about.
  package static func sentence(for error: any Error, quoting sources: ConfigSources?) -> String {
    guard let sources, let error = error as? ConfigError else { return sentence(for: error) }
    return error.each.flatMap { [$0.description, SourceExcerpt.text(of: $0.origin, from: sources)] }
      .compactMap(\.self).joined(separator: "\n")
  }
}
