import Plans
import Storage

/// `tokenizer.json` in the format of Hugging Face's tokenizers: a word-level vocabulary over the latent-token stream, whose
/// tokens are separated by spaces (docs/reference/plan_grammar.md).
enum TokenizerFile {
  static let name: StoragePath = "tokenizer.json"

  static func bytes(_ vocabulary: PlanVocabulary) throws -> [UInt8] {
    var pieces: JSONObject = [:]
    for (index, piece) in vocabulary.pieces.enumerated() {
      pieces.members.append(.init(piece, .int(Int64(index))))
    }
    let special: [JSONValue] = vocabulary.pieces.prefix(2).enumerated().map { index, piece in
      .object([
        "id": .int(Int64(index)), "content": .string(piece), "special": .bool(true), "single_word": .bool(false),
        "lstrip": .bool(false), "rstrip": .bool(false), "normalized": .bool(false),
      ])
    }
    let object: JSONObject = [
      "version": .string("1.0"),
      "truncation": .null,
      "padding": .null,
      "added_tokens": .array(special),
      "normalizer": .null,
      "pre_tokenizer": .object(["type": .string("WhitespaceSplit")]),
      "post_processor": .null,
      "decoder": .null,
      "model": .object([
        "type": .string("WordLevel"), "vocab": .object(pieces), "unk_token": .string(vocabulary.pieces[0]),
      ]),
    ]
    return try CanonicalJSON.write(.object(object)) + [UInt8(ascii: "\n")]
  }

  /// The vocabulary that a model was stored with, all of whose tokens this build knows.
  ///
  /// - Parameter known: What this build knows; it may be more.
  /// - Throws: `ReasonerError.badModelFile`, `.unknownToken`.
  static func vocabulary(_ bytes: [UInt8], among known: PlanVocabulary, path: String) throws -> PlanVocabulary {
    let value: JSONValue
    do { value = try JSONReader.parse(bytes) } catch let error as StorageError { throw error.located(in: path) }
    guard case .object(let object) = value, case .object(let model)? = object["model"],
      case .object(let members)? = model["vocab"]
    else { throw ReasonerError.badModelFile(path: path, problem: "expected an object with 'model.vocab'") }
    var pieces = [String?](repeating: nil, count: min(members.members.count, TokenSet.capacity))
    for member in members.members {
      if case .int(let id) = member.value, let index = Int(exactly: id), pieces.indices.contains(index) {
        pieces[index] = member.key
      }
    }
    let texts = pieces.compactMap { $0 }
    guard texts.count == members.members.count else {
      throw ReasonerError.badModelFile(
        path: path,
        problem: "'model.vocab' has \(members.members.count) tokens, but not each id from 0 once, or more than "
          + "\(TokenSet.capacity) of them")
    }
    guard let vocabulary = PlanVocabulary(pieces: texts, among: known) else {
      let fixed = known.pieces.prefix(PlanVocabulary.fixedCount)
      let index =
        texts.indices.first { $0 < fixed.count ? texts[$0] != fixed[$0] : known.token(for: texts[$0]) == nil } ?? 0
      throw ReasonerError.unknownToken(path: path, id: index, text: texts.isEmpty ? "" : texts[index])
    }
    return vocabulary
  }
}
