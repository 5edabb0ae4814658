/// Holm's adjustment of p values: compare each with the level itself, and the chance of any false finding among all stays
/// below it, however they depend on each other.
///
/// - Formula: in ascending order the i-th of m, from 1, becomes the largest (m-j+1)·p₍ⱼ₎ over j ≤ i, at most 1. Source: Holm 1979.
/// - Returns: Adjusted values in the order of `pValues`; none is smaller than it was. Cost: one sort.
/// - Throws: `StatisticsError` without values, and for one outside [0, 1].
public func holmAdjusted(_ pValues: [Double]) throws -> [Double] {
  guard !pValues.isEmpty else { throw StatisticsError.noSamples(statistic: "Holm adjustment") }
  if let bad = pValues.firstIndex(where: { !(0...1).contains($0) }) {
    throw StatisticsError.outOfRange(argument: "p value \(bad)", value: "\(pValues[bad])", allowed: "0...1")
  }
  var adjusted = pValues
  var largest = 0.0
  for (position, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
    largest = max(largest, Double(pValues.count - position) * pValues[index])
    adjusted[index] = min(1, largest)
  }
  return adjusted
}
