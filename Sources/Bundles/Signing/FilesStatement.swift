import Schemas
import Storage

/// What a signature of a folder says, in the words of OpenSSF model-signing (`_signing/signing.py`, release 1.1): each
/// file with its digest, and the root digest as the subject.
///
/// Made from digests that are at hand: no file is read for it.
struct FilesStatement: Equatable {
  static let predicateType = "https://model_signing/signature/v1.0"

  /// The folder's name when it was signed; nothing is decided by it.
  let name: String
  let rootDigest: Digest
  /// Digests by path; each path stands once.
  private let files: [String: Digest]

  /// - Parameter files: Every file of the folder, in any order.
  init(name: String, of files: [FileEntry]) {
    self.name = name
    rootDigest = RootDigest.of(files)
    self.files = Dictionary(files.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first })
  }

  /// Reads what somebody signed.
  ///
  /// Paths that the signer left out (`ignore_paths`) count for nothing: a file that is there and not listed is not
  /// covered.
  ///
  /// - Throws: `StorageError.mismatch` for another predicate, more than one subject, digests of shards or by another
  ///   algorithm than SHA-256, a path twice, or a subject that does not follow from the files.
  init(_ statement: InTotoStatement) throws {
    func demand(_ key: String, _ expected: String, _ got: String) throws {
      if got != expected {
        throw StorageError.mismatch(path: "JSON", line: nil, key: key, expected: expected, got: got)
      }
    }
    try demand("predicateType", Self.predicateType, statement.predicateType)
    try demand("subject", "1 subject", "\(statement.subjects.count) subject")
    let serialization = try statement.predicate.member("serialization")
    try demand("serialization.method", "files", serialization.text(at: "method"))
    try demand("serialization.hash_type", "sha256", serialization.text(at: "hash_type"))
    var files: [String: Digest] = [:]
    var stream = DigestStream()
    for resource in try statement.predicate.elements(at: "resources", count: 0...Int.max) {
      try demand("resources.algorithm", "sha256", resource.text(at: "algorithm"))
      let digest = try resource.hexadecimalDigest(at: "digest")
      let path = try resource.text(at: "name")
      try demand("resources.name", "each path once", files[path] == nil ? "each path once" : "a path twice")
      files[path] = digest
      stream.update(digest.bytes)
    }
    self.files = files
    name = statement.subjects[0].name
    rootDigest = statement.subjects[0].digest
    try demand("subject.digest", stream.finish().hexadecimal, rootDigest.hexadecimal)
  }

  var statement: InTotoStatement {
    let resources = files.sorted { RootDigest.precedes($0.key, $1.key) }.map { path, digest in
      JSONValue.object([
        "algorithm": .string("sha256"), "digest": .string(digest.hexadecimal), "name": .string(path),
      ])
    }
    return InTotoStatement(
      subjects: [.init(name: name, digest: rootDigest)], predicateType: Self.predicateType,
      predicate: .object([
        "resources": .array(resources),
        "serialization": .object([
          "allow_symlinks": .bool(false), "hash_type": .string("sha256"), "ignore_paths": .array([]),
          "method": .string("files"),
        ]),
      ]))
  }

  /// How the files that are there differ from those that were signed: the first path in order; nil if they do not.
  func difference(from entries: [FileEntry]) -> String? {
    let there = Dictionary(entries.map { ($0.path, $0.digest) }, uniquingKeysWith: { first, _ in first })
    let path = Set(files.keys).union(there.keys).sorted { RootDigest.precedes($0, $1) }.first { files[$0] != there[$0] }
    guard let path else { return nil }
    let shown = path.prefix(200)
    return switch (files[path], there[path]) {
    case (let signed?, nil): "'\(shown)' was signed as \(signed) and is not there"
    case (nil, let found?): "'\(shown)' is there as \(found) and was not signed"
    case (let signed, let found):
      "'\(shown)' was signed as \(signed?.description ?? "none"), got \(found?.description ?? "none")"
    }
  }
}
