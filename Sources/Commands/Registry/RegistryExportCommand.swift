import ArgumentParser
import Bundles
import Planning
import Plans
import Reasoner
import Registry
import Storage

/// `codex registry export`
struct RegistryExportCommand: Verb {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write a bundle's model for transformers (a directory) or llama.cpp (a GGUF file).",
    discussion: Example.text(
      "codex registry export reasoning/M1 --format huggingface --output model",
      "codex registry export reasoning/M1 --format gguf --output m.gguf"))

  @Argument(help: BundleReferenceHelp.text, completion: .bundles)
  var reference: String

  @Option(help: "For transformers or for llama.cpp; the value head is left out of gguf.")
  var format: ExportFormat

  @Option(help: "How matrices are stored; q8_0 in gguf only.")
  var type = ExportType.f32

  @Option(help: ArgumentHelp("A new file or directory.", valueName: "path"), completion: .file())
  var output: String

  @OptionGroup var tableOptions: TableOptions
  @OptionGroup var global: GlobalOptions
  var table: TableOptions? { tableOptions }

  func validate() throws {
    if format == .huggingface, type.floatFormat == nil {
      throw ValidationError("--type \(type.rawValue) needs --format gguf.")
    }
  }

  func run(in session: Session) throws -> ExitReason {
    let workspace = try session.workspace()
    let reference = try BundleReference(parsing: reference)
    let place = try UserFile(output, from: session.filesPath, makingDirectory: true)
    if try place.root.exists(place.path) { throw StorageError.alreadyExists(path: place.root.name(place.path)) }
    let bundle = try BundleStore(in: workspace).resolve(reference)
    let (weights, vocabulary) = try ModelFolder.load(
      bundle.path.appending(BundleFolder.model), in: bundle.root, vocabulary: .ofThisBuild())
    var byteCount = 0
    if format == .huggingface, let floats = type.floatFormat {
      try place.root.publishDirectory(place.path) { staging in
        try LlamaCheckpoint.write(weights, as: floats, vocabulary: vocabulary, into: staging)
        byteCount = staging.entries.reduce(0) { $0 + $1.byteCount }
      }
    } else {
      byteCount = try place.root.publishFile(place.path) {
        try GGUFExport.write(
          weights, as: type.ggufType, name: bundle.manifest.runID, vocabulary: vocabulary, to: $0)
      }.byteCount
    }
    try render(bundle, to: place.root.name(place.path), byteCount: byteCount, session)
    return .yes
  }

  private func render(_ bundle: Bundle, to path: String, byteCount: Int, _ session: Session) throws {
    let json: JSONValue = .object([
      "bundle_digest": .string(bundle.digest.description), "byte_count": .int(Int64(byteCount)),
      "format": .string(format.rawValue), "path": .string(path), "type": .string(type.rawValue),
      "weights_digest": .string(bundle.manifest.weightsDigest.description),
    ])
    try session.render("codex.export/1", json) {
      var table = Table([.init("bundle"), .init(bundle.digest.description)])
      func row(_ name: String, _ value: String) { table.add([StyledText(name, .dim), StyledText(value)]) }
      row("weights", bundle.manifest.weightsDigest.description)
      row("written", path)
      row("format", "\(format.rawValue), \(type.rawValue)")
      row("bytes", String(byteCount))
      return table
    }
  }
}
