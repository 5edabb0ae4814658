import Randomness

/// Which training example every slot of every optimizer step visits, for a whole run: a pure function of the phases and the
/// seed, so a resumed run needs only its step number.
public struct VisitSchedule: Sendable, Equatable {
  /// One phase: a pool of examples, visited `epochs` times in fresh random orders, mixed with replay of earlier pools.
  public struct Phase: Sendable, Equatable {
    public let id: String
    /// Indices of the examples that belong to this phase.
    public let pool: [Int32]
    /// Passes over the pool; fractions allowed.
    public let epochs: Double
    /// Share of each step drawn from earlier phases' pools, in 0..<1; the first phase has nothing to replay.
    public let replayRatio: Double

    public init(id: String, pool: [Int32], epochs: Double, replayRatio: Double) {
      self.id = id
      self.pool = pool
      self.epochs = epochs
      self.replayRatio = replayRatio
    }
  }

  /// Example indices, `batchSize` per step, in step order.
  public private(set) var visits: [Int32] = []
  public let batchSize: Int
  /// For each phase, the step after its last: `phaseEnds.last` is the number of steps.
  public private(set) var phaseEnds: [Int] = []

  /// - Parameter shuffled: The control: the same visits in one random order over all phases.
  ///
  /// Streams: `("training/order", phase, epoch)`, `("training/replay", phase)`, `("training/shuffle")`.
  public init(phases: [Phase], batchSize: Int, seed: UInt64, shuffled: Bool) {
    precondition(batchSize > 0)
    self.batchSize = batchSize
    var earlier: [Int32] = []
    for phase in phases {
      let replayed = earlier.isEmpty ? 0 : Int(phase.replayRatio * Double(batchSize))
      let fresh = batchSize - replayed
      let steps = Int((phase.epochs * Double(phase.pool.count) / Double(fresh)).rounded(.up))
      var replay = RandomStream(seed: seed, "training/replay", phase.id)
      var order = Order(pool: phase.pool, seed: seed, phase: phase.id)
      for _ in 0..<(phase.pool.isEmpty ? 0 : steps) {
        for _ in 0..<fresh { visits.append(order.next()) }
        for _ in 0..<replayed { visits.append(earlier[replay.index(below: earlier.count)]) }
      }
      phaseEnds.append(visits.count / batchSize)
      earlier += phase.pool
    }
    if shuffled {
      var random = RandomStream(seed: seed, "training/shuffle")
      random.shuffle(&visits)
    }
  }

  public var steps: Int { visits.count / batchSize }

  /// The examples of `step` (counted from 0).
  public func examples(at step: Int) -> ArraySlice<Int32> { visits[step * batchSize..<(step + 1) * batchSize] }

  /// The phase that `step` (counted from 0) belongs to.
  public func phase(at step: Int) -> Int { phaseEnds.firstIndex { step < $0 } ?? phaseEnds.count - 1 }

  /// Endless passes over a pool, each in its own random order.
  private struct Order {
    let pool: [Int32]
    let seed: UInt64
    let phase: String
    var epoch = 0
    var remaining: [Int32] = []

    mutating func next() -> Int32 {
      if remaining.isEmpty {
        var random = RandomStream(seed: seed, "training/order", phase, epoch)
        remaining = pool
        random.shuffle(&remaining)
        epoch += 1
      }
      return remaining.removeLast()
    }
  }
}
