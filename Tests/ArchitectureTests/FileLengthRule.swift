/// A file holds one concept: 400 lines are a smell, 600 are refused.
struct FileLengthRule {
  static let advised = 400
  static let limit = 600

  /// Files above the limit.
  static func findings(in file: SourceFile) -> [Finding] {
    let count = file.lines.count
    return count > limit ? [Finding(file.path, "\(count) lines; the limit is \(limit): one concept per file")] : []
  }

  /// Files above the advised length and within the limit.
  static func advice(on file: SourceFile) -> [Finding] {
    let count = file.lines.count
    return (advised + 1...limit).contains(count) ? [Finding(file.path, "\(count) lines; aim at \(advised)")] : []
  }
}
