/// A token of an override's value, as in the value mode of Hydra 1.3's `OverrideLexer.g4`.
struct OverrideToken: Equatable {
  enum Kind: Equatable {
    case parenthesisOpen, parenthesisClose, comma, bracketOpen, bracketClose, braceOpen, braceClose, colon, equal
    case quoted, interpolation
    case word(WordScanner.Kind)
  }

  let kind: Kind
  /// The source text, with the white space that punctuation absorbs.
  let text: String
  /// The offset of the first scalar in the override.
  let offset: Int
}
