import Datasets
import Randomness
import Schemas
import Storage

/// Which training example every slot of every optimizer step visits, for a whole run: a pure function of the phases and the
/// seed, so a resumed run needs only its step number.
///
/// A control visits the same list, permuted: the same examples as often, each with the detour it has in the curriculum's order.
public struct VisitSchedule: Sendable, Equatable {
  /// One phase: a pool of examples, visited in fresh random orders for so many epochs or steps, mixed with replay of earlier pools.
  public struct Phase: Sendable, Equatable {
    public let id: String
    /// Indices of the examples that belong to this phase.
    public let pool: [Int32]
    public let duration: CurriculumStage.Duration
    /// Share of each step drawn from earlier phases' pools, in 0..<1; the first phase has nothing to replay.
    public let replayRatio: Double

    public init(id: String, pool: [Int32], duration: CurriculumStage.Duration, replayRatio: Double) {
      self.id = id
      self.pool = pool
      self.duration = duration
      self.replayRatio = replayRatio
    }

    /// Slots of a step that earlier phases' pools fill.
    func replayed(of batchSize: Int, isFirst: Bool) -> Int { isFirst ? 0 : Int(replayRatio * Double(batchSize)) }

    /// Steps of the phase when each brings `fresh` examples of its pool.
    func steps(fresh: Int) -> Int {
      switch duration {
      case .steps(let count): count
      case .epochs(let count): (count * pool.count + fresh - 1) / fresh
      }
    }
  }

  /// One visit of an example.
  public struct Visit: Sendable, Equatable {
    /// Index of the example.
    public let example: Int32
    /// Step and slot that the visit has in the curriculum's order, whether or not a permutation moved it: what else it brings
    /// (a detour, and which) depends on them and moves along.
    public let originStep: Int
    public let originSlot: Int
  }

  /// Example indices, `batchSize` per step, in step order.
  public private(set) var visits: [Int32] = []
  /// For each of `visits`, its place in the curriculum's order; `nil` where nothing was permuted.
  public private(set) var origins: [Int32]?
  public let batchSize: Int
  /// For each phase, the step after its last: `phaseEnds.last` is the number of steps.
  public private(set) var phaseEnds: [Int] = []

  /// Streams: `("training/order", phase, epoch)`, `("training/replay", phase)` and, if permuted, `("training/permutation")`.
  ///
  /// - Precondition: No phase is empty.
  /// - Parameters:
  ///   - maximumSteps: Visits after so many steps are not drawn; the phases' ends are those of the whole schedule.
  ///   - isPermuted: Whether the visits drawn are put into one uniformly random order; steps and phases' ends stay.
  /// - Complexity: Linear in the visits; 4 bytes each, 8 if permuted.
  public init(phases: [Phase], batchSize: Int, seed: UInt64, maximumSteps: Int = .max, isPermuted: Bool = false) {
    precondition(batchSize > 0 && phases.allSatisfy { !$0.pool.isEmpty })
    self.batchSize = batchSize
    var earlier: [Int32] = []
    for phase in phases {
      let replayed = phase.replayed(of: batchSize, isFirst: earlier.isEmpty)
      let fresh = batchSize - replayed
      let steps = phase.steps(fresh: fresh)
      var replay = RandomStream(seed: seed, "training/replay", phase.id)
      var order = Order(pool: phase.pool, seed: seed, phase: phase.id)
      for _ in 0..<max(0, min(steps, maximumSteps - visits.count / batchSize)) {
        for _ in 0..<fresh { visits.append(order.next()) }
        for _ in 0..<replayed { visits.append(earlier[replay.index(below: earlier.count)]) }
      }
      phaseEnds.append((phaseEnds.last ?? 0) + steps)
      earlier += phase.pool
    }
    if isPermuted { permute(seed) }
  }

  private mutating func permute(_ seed: UInt64) {
    var random = RandomStream(seed: seed, "training/permutation")
    var places = visits.indices.map { Int32($0) }
    random.shuffle(&places)
    visits = places.map { visits[Int($0)] }
    origins = places
  }

  /// Optimizer steps of the whole schedule.
  public var steps: Int { phaseEnds.last ?? 0 }

  /// The most visits that a schedule may hold.
  public static let maximumVisits = 1 << 28

  /// Optimizer steps of `phases`, without drawing a visit.
  public static func steps(of phases: [Phase], batchSize: Int) -> Int {
    phases.enumerated().reduce(0) { sum, phase in
      sum + phase.element.steps(fresh: batchSize - phase.element.replayed(of: batchSize, isFirst: phase.offset == 0))
    }
  }

  /// The visits of `step` (counted from 0), slot by slot.
  public func visits(at step: Int) -> [Visit] {
    (step * batchSize..<(step + 1) * batchSize).map { place in
      let origin = origins.map { Int($0[place]) } ?? place
      return Visit(example: visits[place], originStep: origin / batchSize, originSlot: origin % batchSize)
    }
  }

  /// SHA-256 over `visits` and `origins`, 4 bytes each, the low one first: equal for runs that learn from the same sequences
  /// in the same order.
  public var digest: Digest {
    var stream = DigestStream()
    for list in [visits, origins ?? []] { list.map(\.littleEndian).withUnsafeBytes { stream.update($0) } }
    return stream.finish()
  }

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
