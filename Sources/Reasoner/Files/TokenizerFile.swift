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

  /// Checks that the file holds exactly `vocabulary`: a model means nothing under another one.
  static func check(_ bytes: [UInt8], holds vocabulary: PlanVocabulary, path: String) throws {
    let value = try JSONReader.parse(bytes)
    guard case .object(let object) = value, case .object(let model)? = object["model"],
      case .object(let pieces)? = model["vocab"]
    else { throw ReasonerError.badModelFile(path: path, problem: "expected an object with 'model.vocab'") }
    var texts = [String?](repeating: nil, count: vocabulary.count)
    for member in pieces.members {
      if case .int(let id) = member.value, texts.indices.contains(Int(id)) { texts[Int(id)] = member.key }
    }
    let difference = texts.indices.first { texts[$0] != vocabulary.pieces[$0] }
    guard difference == nil, pieces.members.count == vocabulary.count else {
      let place = difference.map { "id \($0): expected '\(vocabulary.pieces[$0])', got '\(texts[$0] ?? "nothing")'" }
      throw ReasonerError.vocabularyMismatch(
        path: path, expected: vocabulary.count, got: pieces.members.count, firstDifference: place ?? "a further token")
    }
  }
}
