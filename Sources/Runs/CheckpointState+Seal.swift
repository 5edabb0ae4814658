import Schemas
import Storage

extension CheckpointState {
  /// The largest count that a state may hold: what JSON's numbers carry exactly.
  static let largestCount = 1 << 53

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
    let sums = [
      pending.policyLoss, pending.policyWeight, pending.hits, pending.judged, pending.valueLoss, pending.valueWeight,
    ]
    if let sum = sums.first(where: { !($0 >= 0 && $0.isFinite) }) { return ("sums from 0 in 'pending'", "\(sum)") }
    let prefix = "step-"
    if let name, name.text.hasPrefix(prefix), let stated = Int(name.text.dropFirst(prefix.count)), stated != step {
      return ("step \(stated), after which the directory is called", "step \(step)")
    }
    return nil
  }
}
