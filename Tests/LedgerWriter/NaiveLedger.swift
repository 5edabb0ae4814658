import Glibc
import Schemas
import Storage

/// The control: an appender as one writes it at first. It chains its lines, but takes no lock, looks at no torn tail,
/// writes line and newline apart, cuts nothing back and waits for no disk.
struct NaiveLedger {
  let directory: String

  func append(_ records: [ItemRecord]) throws {
    let path = directory + "/.codex/metrics/reasoning.ndjson"
    _ = try StorageRoot.creating(directory + "/.codex/metrics")
    guard let file = fopen(path, "a+") else { throw failure(path) }
    defer { fclose(file) }
    setvbuf(file, nil, _IONBF, 0)
    for record in records {
      var (sequence, previous) = (0, "sha256:" + String(repeating: "0", count: 64))
      if let last = lastLine(of: file), case .string(let sha)? = last["sha"], case .int(let number)? = last["seq"] {
        (sequence, previous) = (Int(number) + 1, sha)
      }
      let body: JSONObject = [
        "data": try RecordEncoder().value(of: record), "prev": .string(previous),
        "schema": .string(ItemRecord.schema), "seq": .int(Int64(sequence)),
      ]
      let seal = Digest(of: try CanonicalJSON.write(.object(body))).description
      let line = try CanonicalJSON.write(.object(JSONObject(body.members + [.init("sha", .string(seal))])))
      guard fwrite(line, 1, line.count, file) == line.count, fputc(10, file) == 10 else { throw failure(path) }
    }
  }

  private func lastLine(of file: UnsafeMutablePointer<FILE>) -> JSONValue? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    fseek(file, 0, SEEK_END)
    fseek(file, max(0, ftell(file) - bytes.count), SEEK_SET)
    let count = fread(&bytes, 1, bytes.count, file)
    fseek(file, 0, SEEK_END)
    return bytes[..<count].split(separator: 10).last.flatMap { try? JSONReader.parse(Array($0)) }
  }

  private func failure(_ path: String) -> StorageError { .system(operation: "append", path: path, code: errno) }
}
