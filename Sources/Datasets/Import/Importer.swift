import Schemas
import Storage
import Worlds

/// Turns a foreign file of questions and answers into a dataset. Only what a world can verify comes in: there is no way
/// to let other rows pass.
public enum Importer {
  /// Imports JSON lines `{"question", "answer", "metadata": {"world", "category"}}`, and the other forms of `ImportRow`.
  /// Blank lines, a byte-order mark at the start and carriage returns are passed over.
  ///
  /// A question is a problem as people write it. `metadata.world` names its world; without it the first that can read
  /// the question takes it. `metadata.category` replaces the world's own category. Solutions are the world's canonical
  /// ones, in `style`; the answers are checked, not stored.
  ///
  /// - Parameters:
  ///   - file: The foreign file; its digest goes into the manifest.
  ///   - name: The file's name for the manifest and messages, without its directory.
  /// - Throws: `DatasetsError.refusedRows` with every row that cannot be verified; `StorageError`.
  @discardableResult
  public static func importLines(
    _ file: MappedFile, name: String, preset: String, style: SolutionStyle = .actions, splitRule: SplitRule = .standard,
    curriculum: CurriculumConfig = .single, at path: StoragePath, in root: StorageRoot, replacing: Bool = false
  ) throws -> DatasetManifestRecord {
    let examples = try read(file, name: name, style: style, splitRule: splitRule)
    let worlds = WorldKind.allCases.filter { world in examples.contains { $0.world == world.rawValue } }
    let writer = DatasetWriter(
      preset: preset, worlds: worlds.map(\.rawValue), style: style.rawValue, seed: nil, levels: [:],
      splitRule: splitRule, curriculum: curriculum,
      source: .init(name: name, digest: file.digest(), rowCount: examples.count))
    let bySplit = Dictionary(grouping: examples) { Split(rawValue: $0.split) ?? .train }
    return try writer.publish(bySplit, at: path, in: root, replacing: replacing)
  }

  private static func read(
    _ file: MappedFile, name: String, style: SolutionStyle, splitRule: SplitRule
  ) throws -> [ExampleRecord] {
    var records: [ExampleRecord] = []
    var refused: [DatasetsError.RowProblem] = []
    var lines: [Digest: Int] = [:]
    // Line by line, so that one that is no JSON does not hide the others' problems.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let rows = file.withBytes { bytes in
      bytes.dropFirst(bytes.starts(with: mark) ? mark.count : 0)
        .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
    }
    for (number, row) in zip(1..., rows) where !row.allSatisfy(Self.isBlank) {
      do {
        let record = try record(row, line: number, style: style, splitRule: splitRule)
        if let earlier = lines.updateValue(number, forKey: record.id) {
          throw ImportRefusal("the same problem as in line \(earlier)")
        }
        records.append(record)
      } catch let error as StorageError {
        refused.append(.init(line: number, reason: "\(error.located(in: name, line: number))"))
      } catch {
        refused.append(.init(line: number, reason: "\(error)"))
      }
    }
    if records.isEmpty, refused.isEmpty { refused.append(.init(line: 1, reason: "the file holds no row")) }
    guard refused.isEmpty else { throw DatasetsError.refusedRows(source: name, rows: refused) }
    return records
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

  private static func record(
    _ bytes: [UInt8], line: Int, style: SolutionStyle, splitRule: SplitRule
  ) throws -> ExampleRecord {
    guard bytes.count <= Limits.lineByteCount else { throw ImportRefusal("longer than \(Limits.lineByteCount) bytes") }
    let row = try ImportRow(bytes.withUnsafeBytes { try JSONReader.parse($0, largeIntegers: .rounded) })
    let problem = try problem(of: row)
    let exercise = problem.world.teacher.exercise(for: problem)
    if let answer = row.answer { try AnswerCheck.check(answer, for: exercise) }
    guard let split = splitRule.split(of: problem) else {
      throw ImportRefusal(
        "the problem belongs to no split: an earlier rule of the salt '\(splitRule.salt)' holds it out")
    }
    return Example(exercise: exercise, index: line, split: split, style: style, category: row.category).record
  }

  private static func problem(of row: ImportRow) throws -> Problem {
    if let name = row.world {
      guard let kind = WorldKind(rawValue: name) else {
        let known = WorldKind.allCases.map(\.rawValue).joined(separator: ", ")
        throw ImportRefusal("'metadata.world': no world of this name; known: \(known)")
      }
      return try kind.world.problem(parsing: row.question)
    }
    for kind in WorldKind.allCases {
      if let problem = try? kind.world.problem(parsing: row.question) { return problem }
    }
    throw ImportRefusal(
      "no world can read the question; expected an arithmetic chain like '(37 + 45) * 6' or 'reach 449 from 5 12 37'")
  }
}
