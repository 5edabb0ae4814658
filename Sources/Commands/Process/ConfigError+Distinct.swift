import Composition

extension ConfigError {
  /// The same without complaints that only repeat or follow from another: several readers look at one setting, and other
  /// settings refer to it.
  package var distinct: ConfigError {
    let all = each
    guard all.count > 1 else { return self }
    let mistyped = Set(all.compactMap { $0.complaint }.filter(\.origin.isOverride).map(\.value))
    var kept: [ConfigError] = []
    var places: [String: Int] = [:]
    for problem in all {
      guard let complaint = problem.complaint else {
        kept.append(problem)
        continue
      }
      // A file refers to what an override set.
      if !complaint.origin.isOverride, mistyped.contains(complaint.value) { continue }
      let place = "\(complaint.origin) \(complaint.path)"
      guard let index = places[place], let earlier = kept[index].complaint else {
        places[place] = kept.count
        kept.append(problem)
        continue
      }
      if complaint.says(moreThan: earlier) { kept[index] = problem }
    }
    return kept.count == 1 ? kept[0] : .problems(kept)
  }

  /// A value that a setting cannot have.
  private struct Complaint {
    let path: String
    let value: String
    let origin: Origin
    /// nil where the value is not even of the kind.
    let allowed: String?

    /// The kind of a value comes before its range, and the narrower range says more.
    func says(moreThan earlier: Complaint) -> Bool {
      guard let allowed, let before = earlier.allowed else { return earlier.allowed != nil && self.allowed == nil }
      guard let limit = Self.upperBound(allowed), let other = Self.upperBound(before) else { return true }
      return limit < other
    }

    private static func upperBound(_ range: String) -> Double? {
      range.split(separator: "…").last.flatMap { Double($0) }
    }
  }

  private var complaint: Complaint? {
    switch self {
    case .wrongKind(let path, _, let value, let origin):
      Complaint(path: path, value: value, origin: origin, allowed: nil)
    case .outOfRange(let path, let value, let allowed, let origin):
      Complaint(path: path, value: value, origin: origin, allowed: allowed)
    default: nil
    }
  }
}
