import Bundles
import Storage

/// One thing about a registry that is not as it was left.
public struct RegistryFinding: Sendable, Hashable {
  /// A file below the workspace, with its line where it has lines.
  public let place: String
  /// The bytes concerned; nil where it is the file as a whole.
  public let range: Range<Int>?
  /// A rule of `BundleFinding`, `chain` for the tag log, `dangling` for a tag whose bundle is not there, or a rule of
  /// `SignatureStore`: `unsigned`, `wrong_key`, `wrong_signature`, `signature_of_other_files`.
  public let rule: String
  public let message: String

  init(place: String, range: Range<Int>?, rule: String, message: String) {
    self.place = place
    self.range = range
    self.rule = rule
    self.message = message
  }

  init(_ finding: BundleFinding, in bundle: String) {
    self.init(
      place: "\(bundle)/\(finding.file)", range: finding.range, rule: finding.rule.rawValue, message: finding.message)
  }

  init(_ finding: ChainFinding, in log: String) {
    self.init(
      place: "\(log):\(finding.line)", range: finding.offset..<(finding.offset + 1), rule: "chain",
      message: finding.message)
  }
}
