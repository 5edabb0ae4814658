import Glibc
import Schemas

/// Reads a file of JSON lines front to back.
public struct NDJSONReader {
  public enum Mode: Sendable {
    /// Every byte must belong to a whole line: for gates and verification.
    case strict
    /// A last line without a newline, which a killed writer leaves, is not read: for appending and resuming.
    case tolerantOfTornTail
  }

  private let file: MappedFile
  private let mode: Mode
  /// Where the next line starts.
  public private(set) var offset = 0
  /// The number of the line read last, from 1.
  public private(set) var line = 0

  public init(_ file: MappedFile, mode: Mode) {
    self.file = file
    self.mode = mode
  }

  /// Maps and reads the file at `path`.
  public init(_ path: StoragePath, in root: StorageRoot, mode: Mode) throws {
    self.init(try MappedFile(path, in: root), mode: mode)
  }

  /// The bytes of the torn last line, once all whole lines are read.
  public var tornTailByteCount: Int { isAtEnd ? file.byteCount - offset : 0 }

  private var isAtEnd: Bool { file.withBytes { $0[offset...].firstIndex(of: UInt8(ascii: "\n")) == nil } }

  /// The next record in its envelope; nil after the last.
  ///
  /// - Throws: `StorageError` with file, line and byte offset in the file.
  public mutating func next<R: Record>(_ type: R.Type) throws -> R? {
    try next { bytes, _, _ in try RecordDecoder().record(type, from: JSONReader.parse(bytes)) }
  }

  /// The next line as JSON, whatever it is; nil after the last.
  public mutating func nextValue() throws -> JSONValue? {
    try next { bytes, _, _ in try JSONReader.parse(bytes) }
  }

  /// All records from here to the end.
  public mutating func records<R: Record>(_ type: R.Type) throws -> [R] {
    var result: [R] = []
    while let record = try next(type) { result.append(record) }
    return result
  }

  /// The file, for messages.
  var path: String { file.path }

  /// Moves to the start of the last whole line. `line` counts from there.
  mutating func skipToLastLine() {
    offset = file.withBytes { bytes in
      guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return 0 }
      return bytes[..<end].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }
  }

  /// Moves to the start of line `number`, from 1, or to the end; what lies before is not parsed.
  mutating func skipToLine(_ number: Int) {
    file.withBytes { bytes in
      while line < number - 1, let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) {
        (offset, line) = (end + 1, line + 1)
      }
    }
  }

  /// Moves to the start of the line that ends, with its newline, before byte `end`, and takes it for line `number`.
  ///
  /// - Returns: Whether a line ends there.
  mutating func skipToLine(_ number: Int, endingAt end: Int) -> Bool {
    file.withBytes { bytes in
      guard end >= 1, end <= bytes.count, bytes[end - 1] == UInt8(ascii: "\n") else { return false }
      offset = bytes[..<(end - 1)].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      line = number - 1
      return true
    }
  }

  /// The next line as `parse` reads it from its bytes (without the newline), number and offset; nil after the last.
  ///
  /// After a failure the next call goes on behind the line, unless it was torn.
  mutating func next<T>(_ parse: (UnsafeRawBufferPointer, _ line: Int, _ offset: Int) throws -> T) throws -> T? {
    try file.withBytes { bytes in
      // SAFETY: offset ≤ byteCount always: it starts at 0 and moves behind newlines that memchr found inside.
      let rest = UnsafeRawBufferPointer(rebasing: bytes[offset...])
      guard let base = rest.baseAddress, rest.count > 0 else { return nil }
      guard let newline = memchr(base, Int32(UInt8(ascii: "\n")), rest.count) else {
        if mode == .tolerantOfTornTail { return nil }
        throw StorageError.malformed(
          path: file.path, line: line + 1, offset: bytes.count, expected: "a newline at the end",
          got: "a torn last line", fault: .tornTail)
      }
      let count = UnsafeRawPointer(newline) - base
      let start = offset
      offset += count + 1
      line += 1
      guard count < Limits.lineByteCount else {
        throw StorageError.malformed(
          path: file.path, line: line, offset: start, expected: "at most \(Limits.lineByteCount) bytes a line",
          got: "\(count + 1)", fault: .oversizedLine)
      }
      do {
        return try parse(UnsafeRawBufferPointer(start: base, count: count), line, start)
      } catch let error as StorageError {
        throw error.located(in: file.path, line: line, base: start)
      }
    }
  }
}
