import Plans
import Reasoner
import Storage
import TestSupport
import Testing
import Worlds

@Suite struct ModelFolderTests {  // Sources/Reasoner/Files/ModelFolder.swift, TokenizerFile.swift
  private let scratch: ScratchWorkspace
  private let folder: StoragePath = "model"

  init() throws { scratch = try ScratchWorkspace() }

  /// A build with one world more, whose names come before all others.
  private static let largerBuild = PlanVocabulary(
    signatures: [PlanSignature(entries: [.init(.goal, "build"), .init(.action, "stack")], symbols: ["table"])]
      + WorldKind.allCases.map(\.world.signature))

  private func write() throws -> Weights {
    let weights = try TinyModel.weights(seed: 1)
    try scratch.root.publishDirectory(folder, replacing: true) {
      try ModelFolder.write(weights, vocabulary: TinyModel.vocabulary, into: $0)
    }
    return weights
  }

  @Test func model_isReadByABuildWithMoreWorlds() throws {
    let weights = try write()
    #expect(Self.largerBuild.count > TinyModel.vocabulary.count)
    for build in [TinyModel.vocabulary, Self.largerBuild] {
      let model = try ModelFolder.load(folder, in: scratch.root, vocabulary: build)
      #expect(model.weights.buffer.array == weights.buffer.array && model.vocabulary == TinyModel.vocabulary)
      for kind in WorldKind.allCases {
        let world = kind.world
        _ = try PlanAutomaton(vocabulary: model.vocabulary, signature: world.signature, limits: PlanLimits())
      }
    }
  }

  /// A world that the model has no words for is refused, not misread.
  @Test func model_isNotAskedInWordsThatItLacks() throws {
    _ = try write()
    let model = try ModelFolder.load(folder, in: scratch.root, vocabulary: Self.largerBuild)
    let other = PlanSignature(
      entries: [.init(.goal, "build"), .init(.action, "stack"), .init(.terminal, "return")], symbols: [])
    #expect(throws: PlanError.self) {
      try PlanAutomaton(vocabulary: model.vocabulary, signature: other, limits: PlanLimits())
    }
    #expect(throws: PlanError.self) { try model.vocabulary.encodePrompt(PlanCall("build", [])) }
  }

  @Test func model_ofUnknownWordsIsRefused() throws {
    _ = try write()
    let smaller = PlanVocabulary(signatures: [WorldKind.allCases[0].world.signature])
    let error = #expect(throws: ReasonerError.self) {
      try ModelFolder.load(folder, in: scratch.root, vocabulary: smaller)
    }
    #expect(error.map { "\($0)" }?.contains("which this build does not know there") == true)
  }

  @Test(arguments: [
    ("", "{"), (#""<bos>":1"#, #""<bos>":2"#), (#""<bos>":1"#, #""<bos>":-1"#), (#""<bos>":1"#, #""<bos>":1.5"#),
    (#""<bos>":1"#, #""<bos>":9223372036854775807"#), (#""<pad>":0"#, #""<pod>":0"#),
    (#""7":14"#, #""7":15,"77":14"#),
  ])
  func brokenTokenizer_isRefused(old: String, new: String) throws {
    _ = try write()
    let path = folder.appending("tokenizer.json")
    let text = String(decoding: try scratch.root.read(path, limit: 1 << 20), as: UTF8.self)
    try #require(old.isEmpty || text.contains(old), "\(text)")
    let broken = old.isEmpty ? new : text.replacing(old, with: new)
    try scratch.root.atomicReplace(path, Array(broken.utf8))
    #expect(throws: (any Error).self) { try ModelFolder.load(folder, in: scratch.root, vocabulary: Self.largerBuild) }
  }
}
