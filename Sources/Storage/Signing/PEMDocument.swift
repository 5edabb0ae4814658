/// One key as text (RFC 7468): a label and the bytes between its two lines.
struct PEMDocument: Equatable {
  let label: String
  let bytes: [UInt8]

  private static let dashes = "-----"
  /// Characters of a line of base64.
  private static let lineLength = 64
  /// What `openssl ecparam -genkey` writes before the key: the curve's name, which the key repeats.
  private static let parameters = "EC PARAMETERS"

  init(label: String, bytes: [UInt8]) {
    self.label = label
    self.bytes = bytes
  }

  /// Reads a file that holds one key, of lines of 1 to 64 characters.
  ///
  /// A block `EC PARAMETERS` before the key is passed over. Refused: text around the blocks, headers of encrypted keys,
  /// several keys, base64 in another spelling than the canonical one.
  ///
  /// - Returns: nil where it is refused.
  init?(parsing file: [UInt8]) {
    guard let text = String(validating: file, as: UTF8.self) else { return nil }
    var lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }[...]
    while lines.last == "" { lines.removeLast() }
    guard var document = Self.block(&lines) else { return nil }
    if document.label == Self.parameters {
      guard let next = Self.block(&lines) else { return nil }
      document = next
    }
    guard lines.isEmpty else { return nil }
    self = document
  }

  /// The key that `make` finds in a file that holds one with a label among `labels`.
  ///
  /// - Parameters:
  ///   - path: For messages.
  ///   - expectation: What kind of key is needed, in words.
  /// - Throws: `SigningError.badKey`, whatever `make` throws.
  static func key<Key>(
    in file: [UInt8], path: String, labels: Set<String>, expectation: String, _ make: ([UInt8]) throws -> Key
  ) throws -> Key {
    func refusal(_ got: String) -> SigningError { .badKey(path: path, expected: expectation, got: got) }
    guard let document = PEMDocument(parsing: file) else { throw refusal("another form of file") }
    guard labels.contains(document.label) else {
      throw refusal("a block '\(StorageError.escaped(document.label))'")
    }
    do { return try make(document.bytes) } catch { throw refusal("a key of another kind, or a damaged one") }
  }

  /// The text form, with a final newline.
  var text: String {
    let characters = Array(CanonicalBase64.text(of: bytes).utf8)
    let lines = stride(from: 0, to: characters.count, by: Self.lineLength).map {
      String(decoding: characters[$0..<min($0 + Self.lineLength, characters.count)], as: UTF8.self) + "\n"
    }
    return "\(Self.boundary("BEGIN", label))\n\(lines.joined())\(Self.boundary("END", label))\n"
  }

  /// Takes one block from the front of `lines`.
  private static func block(_ lines: inout ArraySlice<Substring>) -> PEMDocument? {
    let start = dashes + "BEGIN "
    guard let first = lines.popFirst(), first.hasPrefix(start), first.hasSuffix(dashes),
      first.utf8.count > start.utf8.count + dashes.utf8.count
    else { return nil }
    let label = String(first.dropFirst(start.count).dropLast(dashes.count))
    let body = lines.prefix { !$0.hasPrefix(dashes) }
    lines = lines.dropFirst(body.count)
    guard lines.popFirst().map(String.init) == boundary("END", label), !body.isEmpty,
      body.allSatisfy({ (1...lineLength).contains($0.utf8.count) }),
      let bytes = CanonicalBase64.bytes(of: body.joined())
    else { return nil }
    return PEMDocument(label: label, bytes: bytes)
  }

  private static func boundary(_ word: String, _ label: String) -> String { "\(dashes)\(word) \(label)\(dashes)" }
}
