import Tensors

/// Keys and values of the tokens seen so far, for several sequences (*slots*) of at most `capacity` tokens.
///
/// Memory: 2·L·slots·capacity·G·D floats.
public final class KeyValueCache {
  public let slots: Int
  public let capacity: Int
  private let rowWidth: Int
  private let keys: [FloatBuffer]
  private let values: [FloatBuffer]
  /// Tokens held per slot.
  public private(set) var lengths: [Int]

  public init(_ shape: ModelShape, slots: Int, capacity: Int) {
    precondition(slots > 0 && capacity > 0 && capacity <= shape.positions)
    self.slots = slots
    self.capacity = capacity
    let width = shape.kvHeads * shape.headWidth
    rowWidth = width
    keys = (0..<shape.layers).map { _ in FloatBuffer(count: slots * capacity * width) }
    values = (0..<shape.layers).map { _ in FloatBuffer(count: slots * capacity * width) }
    lengths = Array(repeating: 0, count: slots)
  }

  /// First key row of `slot` in `layer`: (capacity, G·D).
  func keyRows(layer: Int, slot: Int) -> UnsafeMutablePointer<Float> {
    keys[layer].pointer + slot * capacity * rowWidth
  }

  /// First value row of `slot` in `layer`: (capacity, G·D).
  func valueRows(layer: Int, slot: Int) -> UnsafeMutablePointer<Float> {
    values[layer].pointer + slot * capacity * rowWidth
  }

  /// Forgets all but the first `count` tokens of a slot; a no-op when it holds fewer.
  public func truncate(_ slot: Int, to count: Int) { lengths[slot] = min(lengths[slot], count) }

  func advance(_ slot: Int, by count: Int) {
    lengths[slot] += count
    precondition(lengths[slot] <= capacity)
  }
}
