import Schemas
import Storage

extension CheckpointState {
  /// The largest count that a state may hold: what JSON's numbers carry exactly.
  static let largestCount = 1 << 53

  /// The most sums that a state may hold.
  static let largestSumCount = 256

  /// The state with the digest of everything else in it, so that a changed digit is found.
  public func sealed() throws -> CheckpointState {
    var state = self
    state.sha = try contentDigest()
    return state
  }

  private func contentDigest() throws -> Digest {
    var state = self
    state.sha = nil
    return Digest(of: try RecordEncoder().bytes(of: state))
  }

  /// What is wrong with a state that stands in a directory called `name`; nil if nothing.
  func fault(in name: PathComponent?) throws -> (expected: String, got: String)? {
    let content = try contentDigest()
    if let sha, sha != content { return ("the values that \(sha) was computed over", "those of \(content)") }
    let counts = [
      ("step", step), ("num_tokens", numTokens), ("metrics_byte_count", metricsByteCount),
      ("traces_byte_count", tracesByteCount),
    ]
    for (key, count) in counts where !(0...Self.largestCount).contains(count) {
      return ("'\(key)' in 0...\(Self.largestCount)", "\(count)")
    }
    guard pending.count <= Self.largestSumCount else {
      return ("at most \(Self.largestSumCount) sums in 'pending'", "\(pending.count)")
    }
    // States without a digest were written by a signal whose sums are never negative.
    if let sum = pending.values.sorted().first(where: { !$0.isFinite || (sha == nil && $0 < 0) }) {
      return (sha == nil ? "sums from 0 in 'pending'" : "finite sums in 'pending'", "\(sum)")
    }
    let prefix = "step-"
    if let name, name.text.hasPrefix(prefix), let stated = Int(name.text.dropFirst(prefix.count)), stated != step {
      return ("step \(stated), after which the directory is called", "step \(step)")
    }
    return nil
  }
}
