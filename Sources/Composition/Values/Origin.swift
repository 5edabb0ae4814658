/// Where a configuration value was written.
public enum Origin: Hashable, Sendable {
  /// In a file; line and column count from 1, columns in Unicode scalars.
  case file(path: String, line: Int, column: Int)
  /// In the override at position `index` (from 1) of the command line.
  case override(index: Int, text: String)
  /// Nowhere: a mapping that a package path such as `a.b` implies.
  case implied
}

extension Origin {
  /// Whether the value was given on the command line.
  public var isOverride: Bool {
    if case .override = self { return true }
    return false
  }
}

extension Origin: CustomStringConvertible {
  public var description: String {
    switch self {
    case .file(let path, let line, let column): "\(path):\(line):\(column)"
    case .override(let index, let text): "override \(index) ('\(CaretExcerpt.line(text))')"
    case .implied: "implied by a package"
    }
  }
}
