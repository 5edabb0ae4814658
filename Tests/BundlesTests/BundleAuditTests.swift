import Bundles
import Schemas
import Storage
import Testing

/// Whatever is changed in a bundle, it is noticed, and where.
@Suite struct BundleAuditTests {
  private static let chunk = BundleFolder.chunkByteCount

  @Test func control_theUntouchedBundleIsSound() throws {
    let fixture = try BundleFixture()
    #expect(try fixture.findings() == [])
    #expect(try fixture.audit(fixture.contents()).findings == [])
    #expect(try fixture.audit(fixture.contents()).digest == fixture.bundle.digest)
    let size = try fixture.contents().values.reduce(0) { $0 + $1.count }
    #expect((14_000...18_000).contains(size), "\(size) bytes")
    #expect(try fixture.bundle.byteCount == size)
  }

  /// All of the about 130,000 flips change the root digest; one of each byte is located.
  @Test func everyFlippedBit_isNamedByFileAndPlace() throws {
    let fixture = try BundleFixture()
    let files = try fixture.contents().map { BundleFile(try StoragePath(parsing: $0.key), bytes: $0.value) }
    for (index, file) in files.enumerated() {
      var (others, bytes) = (files, file.bytes)
      for offset in bytes.indices {
        for bit in 0..<8 {
          bytes[offset] ^= 1 << bit
          others[index] = BundleFile(file.path, bytes: bytes)
          #expect(RootDigest.of(others.map(\.entry)) != fixture.bundle.digest)
          if bit == offset % 8 {
            let found = fixture.audit(others).findings
            #expect(Self.names(found, file.entry.path, offset), "\(file.path): byte \(offset), bit \(bit): \(found)")
          }
          bytes[offset] ^= 1 << bit
        }
      }
    }
  }

  @Test func control_aNaiveCheckOfSizesMissesEveryFlip() throws {
    let fixture = try BundleFixture()
    var files = try fixture.contents()
    files["config.yaml"]?[0] ^= 1
    let entries = fixture.bundle.manifest.files
    #expect(entries.allSatisfy { files[$0.path]?.count == $0.byteCount })
    #expect(try !fixture.audit(files).findings.isEmpty)
  }

  @Test func everyTruncation_isNamed() throws {
    let fixture = try BundleFixture()
    let files = try fixture.contents()
    for (name, original) in files {
      for count in stride(from: 0, to: original.count, by: max(1, original.count / 97)) {
        var cut = files
        cut[name] = Array(original.prefix(count))
        let found = try fixture.audit(cut).findings
        #expect(Self.names(found, name, count), "\(name) cut at \(count): \(found)")
      }
    }
  }

  @Test func aMissingFile_isNamed() throws {
    let fixture = try BundleFixture()
    for name in try fixture.contents().keys {
      var files = try fixture.contents()
      files[name] = nil
      let found = try fixture.audit(files).findings
      #expect(found.contains { $0.file == name && $0.rule == .missing }, "\(name): \(found)")
    }
  }

  @Test func bytesPutIn_areNamedWhereTheyBegin() throws {
    let fixture = try BundleFixture()
    for (name, original) in try fixture.contents() {
      for offset in [0, original.count / 2, original.count] {
        var files = try fixture.contents()
        files[name]?.insert(contentsOf: [0x20, 0x20], at: offset)
        let found = try fixture.audit(files).findings
        #expect(
          Self.names(found, name, offset) || Self.names(found, name, offset + 1), "\(name) at \(offset): \(found)")
      }
    }
  }

  @Test func additionalFiles_areNamedWhateverTheirNames() throws {
    for name in ["extra.txt", "model/extra", "evidence/test-x.json", ".hidden", ".tmp-1-0", "model/.tmp-1-0/x", "a b"] {
      let fixture = try BundleFixture()
      try fixture.plant(name, [1])
      let found = try fixture.findings()
      let shown = name.hasPrefix("model/.tmp") ? "model/.tmp-1-0" : name
      #expect(found.contains { $0.file == shown && $0.rule == .extra }, "\(name): \(found)")
      #expect(throws: BundleError.self) { try Bundle.open(fixture.bundle.path, in: fixture.workspace.root) }
    }
  }

  @Test func changesOfSeveralFiles_areAllNamed() throws {
    let fixture = try BundleFixture()
    var files = try fixture.contents()
    files["model/model.safetensors"]?[0] ^= 1
    files["model/model.safetensors"]?[8999] ^= 1
    files["config.yaml"]?[3] ^= 1
    files["run_metadata.json"] = nil
    let found = try fixture.audit(files).findings
    #expect(
      found.map { "\($0.file) \($0.rule) \($0.range ?? 0..<0)" } == [
        "config.yaml changed 0..<8", "model/model.safetensors changed 0..<4096",
        "model/model.safetensors changed 8192..<9000", "run_metadata.json missing 0..<0",
      ])
  }

  @Test func aBundleOfAnotherRun_isNotTheOneExpected() throws {
    let fixture = try BundleFixture()
    #expect(throws: BundleError.self) {
      try Bundle.open(fixture.bundle.path, in: fixture.workspace.root, expecting: Digest(of: "another"))
    }
    #expect(throws: BundleError.missing(path: "\(fixture.workspace.path)/artifacts/x")) {
      try Bundle.open("artifacts/x", in: fixture.workspace.root)
    }
  }

  /// Whether a finding names `file` and bytes within 4 KiB of `offset`.
  private static func names(_ findings: [BundleFinding], _ file: String, _ offset: Int) -> Bool {
    findings.contains { finding in
      guard finding.file == file, let range = finding.range else { return false }
      return range.count <= chunk && range.lowerBound <= offset && offset <= range.upperBound
    }
  }
}
