/// Processors as Kubernetes writes them: `2` or `500m`.
public struct ProcessorQuantity: Equatable, Sendable {
  /// Thousandths of a processor.
  public let millicores: Int
  public let text: String

  static let one = ProcessorQuantity(millicores: 1000, text: "1")
  static let rule = "processors such as '2', or thousandths of one such as '500m'"

  private init(millicores: Int, text: String) {
    self.millicores = millicores
    self.text = text
  }

  /// nil for anything else.
  init?(parsing text: String) {
    let isThousandths = text.utf8.last == UInt8(ascii: "m")
    guard let number = wholeNumber(isThousandths ? text.dropLast() : text[...]), number <= 1_000_000 else { return nil }
    self.init(millicores: isThousandths ? number : number * 1000, text: text)
  }
}

/// Memory as Kubernetes writes it: `512Mi`, `8Gi`.
public struct MemoryQuantity: Equatable, Sendable {
  public let byteCount: Int
  public let text: String

  static let mebibyte = MemoryQuantity(byteCount: 1 << 20, text: "1Mi")
  static let rule = "a whole number of 'Mi' or 'Gi', such as '512Mi'"

  private init(byteCount: Int, text: String) {
    self.byteCount = byteCount
    self.text = text
  }

  /// nil for anything else.
  init?(parsing text: String) {
    let units = ["Mi": 1 << 20, "Gi": 1 << 30]
    guard let unit = units[String(text.suffix(2))], let number = wholeNumber(text.dropLast(2)), number <= 1 << 20
    else { return nil }
    self.init(byteCount: number * unit, text: text)
  }
}

/// The positive number that `digits` writes; nil for signs, spaces and anything else.
private func wholeNumber(_ digits: Substring) -> Int? {
  guard !digits.isEmpty, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
    let number = Int(digits), number > 0
  else { return nil }
  return number
}
