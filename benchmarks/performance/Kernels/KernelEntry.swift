import CKernels

/// A kernel of the table and how it is called on a model's shape. A new kernel is one more entry.
struct KernelEntry: Sendable {
  /// The field of `ck_kernels`, then, where it is called in several ways, what tells them apart.
  let name: String
  let make: @Sendable (KernelInputs) -> KernelCall

  init(_ name: String, _ make: @escaping @Sendable (KernelInputs) -> KernelCall) {
    self.name = name
    self.make = make
  }

  /// The field of `ck_kernels`.
  var kernel: Substring { name.prefix { $0 != " " } }

  static var names: String { all.map(\.name).joined(separator: ", ") }

  static let all: [KernelEntry] = products + attention + stored + rows + optimizers

  /// Fields that are not kernels, or are what kernels are measured by.
  private static let untimed: Set = ["level", "packed_words", "panel", "page_words", "peak", "read_rate"]

  /// Where entries and fields of the table do not match: fields that nobody times, entries without a field.
  static func disagreements(with kernels: ck_kernels) -> [String] {
    let fields = Set(Mirror(reflecting: kernels).children.compactMap(\.label)).subtracting(untimed)
    return fields.symmetricDifference(all.map { String($0.kernel) }).sorted()
  }
}
