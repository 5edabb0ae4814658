/// What can be wrong with a model from outside: its shape, its files, or the numbers in them.
public enum ReasonerError: Error, Equatable {
  /// Every rule that a shape breaks.
  case invalidShape([String])
  /// A model folder's file does not hold what it should.
  case badModelFile(path: String, problem: String)
  /// A model of another maker computes something that codex does not; `key` of its `config.json` says so.
  case unsupportedModel(path: String, key: String, expected: String, got: String)
  /// A type of a file's tensors stores blocks of values, and rows of `key`'s size are no whole number of them.
  case unsuitableType(key: String, size: Int, blockCount: Int)
  /// A tensor is missing, has another shape, or holds NaN or infinity.
  case badTensor(path: String, name: String, problem: String)
  /// The vocabulary in `tokenizer.json` has a token that this build does not know, or not under that id.
  case unknownToken(path: String, id: Int, text: String)
  /// A sequence is longer than the model's positions.
  case sequenceTooLong(tokens: Int, positions: Int)
  /// New tokens need more pages of the key-value cache than are free.
  case cacheExhausted(needed: Int, free: Int, pages: Int)
  /// Every sequence of the key-value cache is in use.
  case tooManySequences(limit: Int)
  /// Logits that hold NaN or +infinity: no token can be chosen.
  case noDistribution(token: Int)
}

extension ReasonerError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .invalidShape(let problems):
      "model: " + problems.joined(separator: "; ") + ". Change the 'model' section of the template."
    case .badModelFile(let path, let problem):
      "\(path): \(problem). Restore the file or train the model again."
    case .unsupportedModel(let path, let key, let expected, let got):
      "\(path): '\(key)' is \(got), expected \(expected): codex computes plain Llama only. Choose another checkpoint."
    case .unsuitableType(let key, let size, let blockCount):
      "\(key) \(size) is no multiple of \(blockCount), the block of this type. Choose f32 or bf16."
    case .badTensor(let path, let name, let problem):
      "\(path): tensor '\(name)' \(problem). Restore the checkpoint or use an earlier one."
    case .unknownToken(let path, let id, let text):
      "\(path): token \(id) is '\(text)', which this build does not know there. "
        + "Use the codex version that trained the model, or train it again."
    case .sequenceTooLong(let tokens, let positions):
      "a sequence of \(tokens) tokens exceeds the model's \(positions) positions. "
        + "Raise 'model.max_position_embeddings' or lower the token budget."
    case .cacheExhausted(let needed, let free, let pages):
      "the key-value cache needs \(needed) pages more, but \(free) of its \(pages) are free. "
        + "Close sequences, run fewer at once, or give the cache more pages."
    case .tooManySequences(let limit):
      "all \(limit) sequences of the key-value cache are in use. Close one first, or make the cache for more."
    case .noDistribution(let token):
      "the model's scores after token \(token) of a sequence are not numbers. "
        + "Its weights are damaged or have diverged: use an earlier checkpoint."
    }
  }
}
