import Plans

/// In which passes the tokens of several plans are computed, so that a token that plans share is computed once.
///
/// The first pass runs the longest plan of each group that continues the same cached tokens; plans that leave it on the way
/// continue from there in the next pass, and so on: as many passes as plans branch off one another, usually two.
package struct SharedPasses {
  /// What a sequence continues.
  package enum Base: Equatable {
    /// Nothing, or a branch of the cache by its sequence.
    case cached(Int?)
    /// An earlier run.
    case run(pass: Int, index: Int)
  }

  /// One sequence's part of a pass: the tokens of a plan from `known` on.
  package struct Run: Equatable {
    package let base: Base
    package let known: Int
    package let plan: Int
    /// Plans that end within the run, this one among them.
    package let ends: [Int]
  }

  package private(set) var passes: [[Run]] = []

  /// - Parameters:
  ///   - plans: Their tokens; at least one each.
  ///   - known: The branch that holds the longest beginning of a plan's tokens, and how many of them, fewer than all.
  package init(_ plans: [[PlanToken]], known: (_ plan: Int) -> (branch: Int?, shared: Int)) {
    var groups = Self.groups(plans, known)
    while !groups.isEmpty {
      var pass: [Run] = []
      var next: [Group] = []
      for group in groups {
        let spine = group.members.max { (plans[$0].count, $1) < (plans[$1].count, $0) } ?? group.members[0]
        var ends: [Int] = []
        var forks: [Branching: [Int]] = [:]
        for plan in group.members {
          let shared = Self.sharedCount(plans[plan][...], plans[spine][...])
          if shared == plans[plan].count {
            ends.append(plan)
          } else {
            forks[Branching(after: shared, next: plans[plan][shared]), default: []].append(plan)
          }
        }
        next += forks.sorted { $0.key < $1.key }.map {
          Group(base: .run(pass: passes.count, index: pass.count), known: $0.key.after, members: $0.value)
        }
        pass.append(Run(base: group.base, known: group.known, plan: spine, ends: ends))
      }
      passes.append(pass)
      groups = next
    }
  }

  /// Where plans leave another, and by which token.
  private struct Branching: Hashable, Comparable {
    let after: Int
    let next: PlanToken

    static func < (left: Branching, right: Branching) -> Bool { (left.after, left.next) < (right.after, right.next) }
  }

  /// Plans that continue the same `known` tokens by the same one.
  private struct Group {
    let base: Base
    let known: Int
    var members: [Int]
  }

  private static func groups(
    _ plans: [[PlanToken]], _ known: (Int) -> (branch: Int?, shared: Int)
  ) -> [Group] {
    var groups: [Group] = []
    for plan in plans.indices {
      let (branch, shared) = known(plan)
      let same = groups.firstIndex {
        $0.known == shared && plans[$0.members[0]].prefix(shared + 1) == plans[plan].prefix(shared + 1)
      }
      if let same {
        groups[same].members.append(plan)
      } else {
        groups.append(Group(base: .cached(branch), known: shared, members: [plan]))
      }
    }
    return groups
  }

  /// Tokens that both begin with.
  static func sharedCount(_ left: ArraySlice<PlanToken>, _ right: ArraySlice<PlanToken>) -> Int {
    let count = min(left.count, right.count)
    var shared = 0
    while shared < count, left[left.startIndex + shared] == right[right.startIndex + shared] { shared += 1 }
    return shared
  }
}
