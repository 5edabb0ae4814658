import Bundles
import Schemas
import Storage

/// Signatures of bundles: `artifacts/signatures/<root digest>/<key's digest>.json`, beside the bundles, which no file
/// is ever added to.
///
/// One file for each key that signed; files of other names, such as other tools write, are read too.
public struct SignatureStore: Sendable {
  /// Relative to the workspace.
  public static let directory: StoragePath = "artifacts/signatures"

  private let workspace: StorageRoot

  public init(in workspace: StorageRoot) { self.workspace = workspace }

  /// Where the signature of a bundle by a key is.
  public static func path(of bundle: Digest, by key: VerifyingKey) throws -> StoragePath {
    folder(of: bundle).appending(try PathComponent(parsing: key.id + ".json"))
  }

  /// Signs `bundle`, durably; a valid signature by the key that is there already is kept.
  ///
  /// - Parameter lock: Proof that no other writer is at work among the signatures.
  func sign(_ bundle: Bundle, with key: SigningKey, holding lock: FileLock) throws {
    let path = try Self.path(of: bundle.digest, by: key.verifying)
    try workspace.makeDirectory(path.parent)
    try workspace.removeLeftovers(in: path.parent, holding: lock)
    if try !isSigned(bundle, by: key.verifying, at: path) {
      try workspace.atomicReplace(path, BundleSignature(of: bundle, with: key).bytes())
    }
    // Whoever signed before may have been killed before its name was on disk.
    try workspace.synchronise(path)
  }

  private func isSigned(_ bundle: Bundle, by key: VerifyingKey, at path: StoragePath) throws -> Bool {
    guard try workspace.exists(path), let signature = try? read(path) else { return false }
    return signature.verdict(by: key, on: bundle.entries) == .valid
  }

  /// What is wrong about the signatures by `key` of the bundle that is named `digest`; nothing if one of them is by it
  /// and covers exactly `entries`.
  ///
  /// - Parameters:
  ///   - bundle: Where the bundle is, for messages.
  ///   - entries: The files that are there, with digests of their bytes as they are.
  func findings(
    of digest: Digest, at bundle: StoragePath, entries: [FileEntry], signedBy key: VerifyingKey
  ) throws -> [RegistryFinding] {
    let folder = Self.folder(of: digest)
    let all = try workspace.kind(of: folder) == .directory ? workspace.list(folder) : []
    let own = try Self.path(of: digest, by: key).lastComponent
    // The key's own file first: others, however many, cannot hide it.
    let names = all.filter { $0 == own } + all.filter { $0 != own }
    var findings: [RegistryFinding] = []
    for name in names.prefix(SigningLimits.bundleSignatureCount) {
      let path = folder.appending(name)
      switch verdict(at: path, by: key, on: entries) {
      case .valid: return []
      case .otherKey: break
      case .otherFiles(let difference):
        findings.append(finding(path, "signature_of_other_files", difference))
      case .invalid(let reason): findings.append(finding(path, "wrong_signature", reason))
      }
    }
    guard findings.isEmpty else { return findings }
    return names.isEmpty
      ? [finding(bundle, "unsigned", "nobody signed it; 'codex register --sign' does, and moves no tag that stands")]
      : [finding(folder, "wrong_key", "expected a signature by the key \(key.id), got signatures by others only")]
  }

  private func verdict(
    at path: StoragePath, by key: VerifyingKey, on entries: [FileEntry]
  ) -> BundleSignature.Verdict {
    do { return try read(path).verdict(by: key, on: entries) } catch { return .invalid("\(error)") }
  }

  /// - Throws: `StorageError`, which names the file.
  private func read(_ path: StoragePath) throws -> BundleSignature {
    do {
      return try BundleSignature(parsing: workspace.read(path, limit: SigningLimits.envelopeByteCount))
    } catch let error as StorageError { throw error.located(in: workspace.name(path)) }
  }

  private func finding(_ path: StoragePath, _ rule: String, _ message: String) -> RegistryFinding {
    RegistryFinding(place: workspace.name(path), range: nil, rule: rule, message: message)
  }

  private static func folder(of bundle: Digest) -> StoragePath {
    directory.appending(PathComponent(checked: bundle.hexadecimal))
  }
}
