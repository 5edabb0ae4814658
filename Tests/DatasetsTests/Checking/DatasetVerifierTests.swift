import Datasets
import Schemas
import Storage
import Testing
import Worlds

@Suite struct DatasetVerifierTests {
  @Test(arguments: WorldKind.allCases)
  func findings_areNoneForWhatWasMaterialized(world: WorldKind) throws {
    let directory = try TemporaryDirectory()
    let curriculum = world == .arithmetic ? SmallDatasets.threeStages : .single
    try Materializer.materialize(SmallDatasets.config(world), curriculum: curriculum, at: "d", in: directory.root)
    #expect(try DatasetVerifier.findings(at: "d", in: directory.root) == [])
  }

  @Test func findings_judgeADatasetOfBothWorlds() throws {
    let directory = try TemporaryDirectory()
    let root = directory.root
    let manifest = try Materializer.materialize(SmallDatasets.bothWorlds, at: "d", in: root)
    #expect(manifest.worlds == ["arithmetic", "countdown"])
    #expect(manifest.levels == ["arithmetic": [2, 5, 7], "countdown": [1, 2, 3]])
    #expect(try DatasetVerifier.findings(at: "d", in: root) == [])
    // The controls: other levels than the examples', and worlds that disagree with the levels.
    for (worlds, levels, rule) in [
      (manifest.worlds, ["arithmetic": [3, 5, 7], "countdown": [1, 2, 3]], "gives another example"),
      (["arithmetic"], manifest.levels, "none that can be generated"),
    ] {
      let changed = DatasetManifestRecord(
        preset: manifest.preset, worlds: worlds, style: manifest.style, seed: manifest.seed, levels: levels,
        generatorVersion: manifest.generatorVersion, contentDigest: manifest.contentDigest,
        exampleCount: manifest.exampleCount, source: nil, files: manifest.files)
      try root.atomicReplace("d/dataset_manifest.json", record: changed)
      let findings = try DatasetVerifier.findings(at: "d", in: root)
      #expect(findings.contains { $0.rule == "wrong_origin" && $0.message.contains(rule) }, "\(findings)")
    }
  }

  /// Every file, at its first, middle and last byte; cut short; missing; and one file too many.
  @Test func findings_noticeTamperingWithEachFile() throws {
    let directory = try TemporaryDirectory()
    let root = directory.root
    try Materializer.materialize(SmallDatasets.config(train: 10, heldOut: 3), at: "d", in: root)
    func isNoticed() -> Bool { (try? DatasetVerifier.findings(at: "d", in: root).isEmpty) != true }
    #expect(!isNoticed(), "the control: an untouched dataset is clean")
    for (name, bytes) in try allBytes("d", in: root) {
      for index in [0, bytes.count / 2, bytes.count - 1] {
        var changed = bytes
        changed[index] ^= 1
        try directory.plant("d/\(name)", changed)
        #expect(isNoticed(), "\(name): byte \(index) changed")
      }
      try directory.plant("d/\(name)", Array(bytes.dropLast()))
      #expect(isNoticed(), "\(name): cut")
      try directory.plant("d/\(name)", [])
      #expect(isNoticed(), "\(name): emptied")
      try directory.plant("d/\(name)", bytes)
    }
    #expect(!isNoticed())
    try directory.plant("d/extra.ndjson", "")
    #expect(isNoticed(), "a file too many")
  }

  @Test func findings_noticeAnotherContentDigestInACanonicalManifest() throws {
    let directory = try TemporaryDirectory()
    let root = directory.root
    let manifest = try Materializer.materialize(SmallDatasets.config(train: 10, heldOut: 3), at: "d", in: root)
    let changed = DatasetManifestRecord(
      preset: manifest.preset, worlds: manifest.worlds, style: manifest.style, seed: manifest.seed,
      levels: manifest.levels, generatorVersion: manifest.generatorVersion, contentDigest: Digest(of: "another"),
      exampleCount: manifest.exampleCount, source: manifest.source, files: manifest.files)
    try root.atomicReplace("d/dataset_manifest.json", record: changed)
    #expect(try DatasetVerifier.findings(at: "d", in: root).map(\.rule) == ["altered"])
  }

  /// The controls: datasets whose checksums are right but whose contents are not.
  @Test(arguments: ["leak", "duplicate", "unsound", "wrong_identity", "wrong_split"])
  func findings_catchAPlantedFault(rule: String) throws {
    let directory = try TemporaryDirectory()
    let config = SmallDatasets.config()
    let source = ExampleSource(config)
    var records = try Dictionary(
      uniqueKeysWithValues: Split.allCases.map { ($0, try source.distinctExamples($0, count: 10)) })
    let victim = try #require(records[.train]?.first)
    switch rule {
    case "leak": records[.test]?.append(Self.copy(victim, split: "test"))
    case "duplicate": records[.train]?.append(victim)
    case "unsound": records[.train]?[0] = Self.copy(victim, plan: victim.goal.planClaimingUnsolvable)
    case "wrong_identity": records[.train]?[0] = Self.copy(victim, id: Digest(of: "another"))
    default: records[.train]?[0] = Self.copy(victim, split: "test")
    }
    let writer = DatasetWriter(
      preset: config.preset, worlds: ["arithmetic"], style: "actions", seed: 0,
      levels: ["arithmetic": config.levels[.arithmetic] ?? []],
      splitRule: config.splitRule, curriculum: .single, source: nil)
    _ = try writer.publish(records, at: "d", in: directory.root, replacing: false)
    let findings = try DatasetVerifier.findings(at: "d", in: directory.root)
    #expect(findings.contains { $0.rule == rule }, "\(findings)")
  }

  @Test func findings_needADataset() throws {
    let directory = try TemporaryDirectory()
    try directory.root.makeDirectory("d")
    #expect(throws: StorageError.self) { try DatasetVerifier.findings(at: "d", in: directory.root) }
  }

  private static func copy(
    _ record: ExampleRecord, id: Digest? = nil, plan: String? = nil, split: String? = nil
  ) -> ExampleRecord {
    ExampleRecord(
      id: id ?? record.id, index: record.index, world: record.world, goal: record.goal, plan: plan ?? record.plan,
      level: record.level, stepCount: record.stepCount, category: record.category, split: split ?? record.split)
  }
}

extension String {
  /// For a goal: a plan that claims in vain that there is none.
  fileprivate var planClaimingUnsolvable: String { "goal \(self){terminal unsolvable();}" }
}
