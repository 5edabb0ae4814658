import ArgumentParser

/// A subcommand that does something, as opposed to those that only group others.
///
/// `parseAsRoot` makes the value, `CommandLineTool` runs it: a command reaches the outside world through its session
/// only.
package protocol Verb: ParsableCommand {
  var global: GlobalOptions { get }
  /// `nil` where nothing is tabular.
  var table: TableOptions? { get }

  /// Whether the workspace may be one around the current directory; not where a workspace is made.
  var looksUpwards: Bool { get }

  /// Does the work.
  ///
  /// - Returns: `.yes`, or `.no` where a question was answered with no.
  /// - Throws: What `ExitReason.init(for:)` knows how to read.
  func run(in session: Session) throws -> ExitReason
}

extension Verb {
  package var table: TableOptions? { nil }
  package var looksUpwards: Bool { true }
}
