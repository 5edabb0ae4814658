import Schemas

extension RolloutRecord {
  /// A report on the newest rendering of a manifest that was there at the time.
  ///
  /// - Parameters:
  ///   - at: When it happened.
  ///   - now: When it is reported.
  /// - Throws: `RolloutError`.
  public init(
    of manifest: Digest, outcome: Outcome, at: Double, now: Double, codexVersion: String, in contents: LedgerContents
  ) throws {
    let renderings = contents.deployments.filter { $0.record.manifestDigest == manifest }
    guard !renderings.isEmpty else {
      throw RolloutError.notRendered(manifest, known: contents.deployments.last?.record.manifestDigest)
    }
    guard at <= now, now - at <= PodRollout.longestDelay else { throw RolloutError.notReportedInTime(ago: now - at) }
    guard let rendering = renderings.last(where: { $0.record.recordedAt <= at }) else {
      throw RolloutError.beforeItsRendering(by: (renderings.last?.record.recordedAt ?? at) - at)
    }
    self.init(
      pod: rendering.record.pod, manifestDigest: manifest, rendering: rendering.head, outcome: outcome, at: at,
      codexVersion: codexVersion, recordedAt: now)
  }
}

/// Why a report cannot be about a rendering.
public enum RolloutError: Error, Equatable, Sendable {
  case notRendered(Digest, known: Digest?)
  /// The event lies after now, or more than a day before.
  case notReportedInTime(ago: Double)
  case beforeItsRendering(by: Double)
}

extension RolloutError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notRendered(let digest, let known):
      "\(digest): the ledger records no manifest of this digest"
        + (known.map { "; the newest is \($0)" } ?? "") + ". Render it with 'codex deploy'."
    case .notReportedInTime(let ago):
      "--at lies \(GateText.number(ago)) s before now; allowed: 0…86400. Report what happened within a day of it."
    case .beforeItsRendering(let by):
      "--at lies \(GateText.number(by)) s before the manifest was rendered. Say when it was applied."
    }
  }
}
