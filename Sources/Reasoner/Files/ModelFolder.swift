import Plans
import Storage
import Tensors

/// A model as a folder that other tools load: `model.safetensors`, `config.json`, `tokenizer.json`.
public enum ModelFolder {
  public static let weightsName: StoragePath = "model.safetensors"

  /// Writes the three files.
  ///
  /// - Throws: `StorageError.unwritable` if a weight is not finite, before the tensors are written.
  public static func write(
    _ weights: Weights, vocabulary: PlanVocabulary, into staging: StagingDirectory
  ) throws {
    precondition(weights.shape.vocabulary == vocabulary.count, "a model speaks one vocabulary")
    try staging.write(LlamaConfigFile.name, LlamaConfigFile.bytes(weights.shape))
    try staging.write(TokenizerFile.name, TokenizerFile.bytes(vocabulary))
    try staging.write(
      weightsName, tensors: weights.layout.tensors(in: weights.buffer), metadata: ["format": "pt"])
  }

  /// Reads a model and checks everything: shape, vocabulary, tensor names and shapes, finite values.
  ///
  /// - Parameters:
  ///   - directory: The folder, relative to `root`.
  ///   - vocabulary: What this build knows; the model's own may be less.
  /// - Returns: The weights and the vocabulary that they were stored with.
  /// - Throws: `ReasonerError` or `StorageError`, naming the file.
  public static func load(
    _ directory: StoragePath, in root: StorageRoot, vocabulary known: PlanVocabulary
  ) throws -> (weights: Weights, vocabulary: PlanVocabulary) {
    let configPath = directory.appending(LlamaConfigFile.name)
    let shape = try LlamaConfigFile.shape(
      from: root.read(configPath, limit: 1 << 20), path: root.name(configPath))
    let tokenizerPath = directory.appending(TokenizerFile.name)
    let vocabulary = try TokenizerFile.vocabulary(
      root.read(tokenizerPath, limit: 16 << 20), among: known, path: root.name(tokenizerPath))
    guard shape.vocabulary == vocabulary.count else {
      throw ReasonerError.badModelFile(
        path: root.name(configPath),
        problem: "'vocab_size' is \(shape.vocabulary), the tokenizer has \(vocabulary.count)")
    }
    let path = directory.appending(weightsName)
    let file = try SafetensorsFile(path, in: root)
    // Checked against the file before anything is allocated: a config may claim any shape.
    let layout = WeightLayout(shape)
    try layout.check(file, path: root.name(path))
    let weights = Weights(shape)
    try layout.read(file, into: weights.buffer)
    if let name = weights.firstNonFinite() {
      throw ReasonerError.badTensor(path: root.name(path), name: name, problem: "holds NaN or infinity")
    }
    return (weights, vocabulary)
  }
}

extension WeightLayout {
  /// The named tensors of a buffer laid out like the weights (also gradients), for writing.
  ///
  /// - Parameter prefix: Stands before every name.
  public func tensors(in buffer: FloatBuffer, prefix: String = "") -> [TensorToWrite] {
    precondition(buffer.count == count)
    return tensors.map { tensor in
      TensorToWrite(
        name: prefix + tensor.name, shape: tensor.shape,
        data: UnsafeBufferPointer(start: buffer.pointer + tensor.offset, count: tensor.count))
    }
  }

  /// Throws unless the file holds every tensor of the layout in its shape, as F32.
  public func check(_ file: SafetensorsFile, path: String) throws {
    for tensor in tensors {
      let name = tensor.name
      guard let entry = file.tensors.first(where: { $0.name == name }) else {
        throw ReasonerError.badTensor(path: path, name: name, problem: "is missing")
      }
      guard entry.shape == tensor.shape, entry.type == .float32 else {
        throw ReasonerError.badTensor(
          path: path, name: name,
          problem: "is \(entry.type.rawValue) \(entry.shape), expected F32 \(tensor.shape)")
      }
    }
  }

  /// Copies every tensor of a checked file into `buffer`.
  public func read(_ file: SafetensorsFile, into buffer: FloatBuffer) throws {
    precondition(buffer.count == count)
    for tensor in tensors {
      try file.withFloats(tensor.name, shape: tensor.shape) { values in
        guard let source = values.baseAddress else { return }
        (buffer.pointer + tensor.offset).update(from: source, count: tensor.count)
      }
    }
  }
}
