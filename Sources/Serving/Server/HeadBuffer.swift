import NIOCore

/// Collects the bytes of a head as they come, up to and with the empty line that ends it.
struct HeadBuffer {
  private(set) var bytes: [UInt8] = []
  private var lineCount = 0
  private var hasText = false
  /// Bytes since the last line feed, a carriage return left out.
  private var lineByteCount = 0

  var isEmpty: Bool { bytes.isEmpty }

  /// Whether the method is `HEAD`, even where the rest is not understood.
  var isHEAD: Bool { bytes.drop { $0 == 0x0D || $0 == 0x0A }.starts(with: "HEAD ".utf8) }

  /// Takes what belongs to the head and leaves the rest.
  ///
  /// - Returns: Whether the head is whole.
  /// - Throws: `APIError` 414 or 431 as soon as it is too large, whole or not. Cost: linear in the bytes.
  mutating func take(from buffer: inout ByteBuffer, limits: ServingLimits) throws(APIError) -> Bool {
    let view = buffer.readableBytesView
    var taken = 0
    var isWhole = false
    for byte in view {
      taken += 1
      bytes.append(byte)
      if byte == 0x0A {
        lineCount += 1
        // One empty line may stand before the first.
        if lineByteCount == 0, hasText || lineCount > 1 {
          isWhole = true
          break
        }
        lineByteCount = 0
      } else if byte != 0x0D {
        lineByteCount += 1
        hasText = true
      }
      if lineCount == 0, bytes.count > limits.requestLineByteCount { throw RequestHead.longLine(limits) }
      if lineCount > limits.headerCount + 1 || bytes.count > limits.requestLineByteCount + limits.headerByteCount {
        throw RequestHead.largeHead(limits)
      }
    }
    buffer.moveReaderIndex(forwardBy: taken)
    return isWhole
  }
}
