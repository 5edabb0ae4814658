import Plans
import Randomness
import Reasoner
import TestSupport
import Testing

@Suite struct SharedPassesTests {  // Sources/Reasoner/Inference/SharedPasses.swift
  /// Token lists over a small alphabet, so that many share beginnings, are beginnings of others, or come twice.
  private func plans(_ random: inout RandomStream) -> [[PlanToken]] {
    (0..<random.integer(in: 1...14)).map { _ in
      (0..<random.integer(in: 1...7)).map { _ in PlanToken(rawValue: UInt16(random.index(below: 2))) }
    }
  }

  /// Checks that every run continues what its base holds, and that each plan ends once, behind what was known.
  private func check(_ shared: SharedPasses, _ plans: [[PlanToken]], holding branches: [[PlanToken]]) {
    var ends: [Int] = []
    for (number, pass) in shared.passes.enumerated() {
      for run in pass {
        let held: [PlanToken]
        switch run.base {
        case .cached(let branch): held = branch.map { branches[$0] } ?? []
        case .run(let earlier, let index):
          #expect(earlier < number)
          held = plans[shared.passes[earlier][index].plan]
        }
        #expect(held.prefix(run.known) == plans[run.plan].prefix(run.known))
        #expect(run.known < plans[run.plan].count && run.known <= held.count)
        #expect(run.ends.contains(run.plan))
        for plan in run.ends {
          #expect(plans[run.plan].starts(with: plans[plan]) && plans[plan].count > run.known)
        }
        ends += run.ends
      }
    }
    #expect(ends.sorted() == Array(plans.indices))
  }

  private func tokens(_ shared: SharedPasses, _ plans: [[PlanToken]]) -> Int {
    shared.passes.joined().reduce(0) { $0 + plans[$1.plan].count - $1.known }
  }

  @Test func passes_computeEveryDistinctTokenOnce() {
    withEvery("seed", in: UInt64(0)..<300) { seed in
      var random = RandomStream(seed: seed, "tests/passes")
      let plans = plans(&random)
      let shared = SharedPasses(plans) { _ in (nil, 0) }
      check(shared, plans, holding: [])
      let distinct = Set(plans.flatMap { plan in plan.indices.map { Array(plan[...$0]) } })
      #expect(tokens(shared, plans) == distinct.count)
    }
  }

  @Test func passes_continueWhatIsCached() {
    withEvery("seed", in: UInt64(0)..<300) { seed in
      var random = RandomStream(seed: seed, "tests/cached")
      let (branches, plans) = (plans(&random), plans(&random))
      func known(_ plan: Int) -> (branch: Int?, shared: Int) {
        var best: (branch: Int?, shared: Int) = (nil, 0)
        for (index, branch) in branches.enumerated() {
          let shared = zip(branch, plans[plan].dropLast()).prefix { $0 == $1 }.count
          if shared > best.shared { best = (index, shared) }
        }
        return best
      }
      let shared = SharedPasses(plans, known: known)
      check(shared, plans, holding: branches)
      // At most what is not cached, and the last token of plans that are.
      let held = Set(branches.flatMap { branch in branch.indices.map { Array(branch[...$0]) } })
      let distinct = Set(plans.flatMap { plan in plan.indices.map { Array(plan[...$0]) } })
      let repeated = Set(plans.filter { held.contains($0) }).count
      #expect(tokens(shared, plans) <= distinct.subtracting(held).count + repeated)
    }
  }

  /// Plans that fan out from one beginning take two passes, however many they are.
  @Test func passes_areAsManyAsPlansBranchOff() {
    let stem = (0..<5).map { PlanToken(rawValue: $0) }
    let fan = (0..<32).map { stem + [PlanToken(rawValue: 100 + $0), PlanToken(rawValue: 200 + $0)] }
    let shared = SharedPasses(fan) { _ in (nil, 0) }
    #expect(shared.passes.map(\.count) == [1, 31])
    #expect(tokens(shared, fan) == 5 + 32 * 2)
  }
}
