import Tensors

extension Machine {
  /// Names what the arithmetic of a run depends on, so that no run is resumed with other rounding: kernels, library,
  /// its core type. Names no path: the same library elsewhere computes the same.
  var numericsFingerprint: String {
    let instructions = kernels.instructionSet.rawValue
    guard let library else { return "built-in \(instructions)" }
    return [library.configuration, library.coreName, instructions].filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
