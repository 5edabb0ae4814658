import Composition
import Ledger
import Schemas
import Storage
import Testing

/// Files are pinned where they pin something, and completed where an earlier version wrote them.
@Suite struct GatesFileEditTests {  // Sources/Ledger/Gates/Editing
  private let present = PresentDigests(
    template: { $0 == "tool_execution" ? nil : Digest(of: "template \($0)") },
    evaluation: { Digest(of: "config \($0)") },
    dataset: { $0 == "reasoning/cot_lite" ? Digest(of: "cot") : nil },
    trainingData: { template in
      template == "tool_execution"
        ? nil
        : .init(name: "reasoning/\(template)/000000000000") { Digest(of: "data of \(template)") }
    },
    problems: { $0 == "cot_lite" ? Digest(of: "problems") : nil })
  private let shipped = BuiltInConfigs.files["gates/milestones.yaml"] ?? ""

  private func gates(_ text: String) throws -> GatesConfig {
    try GatesConfig(
      Composer(ConfigSources(builtIn: ["gates/milestones.yaml": text])).compose(config: GatesConfig.standardName))
  }

  @Test func pinning_writesWhatIsThereNowAndNothingElse() throws {
    let edit = try GatesFileEdit.pinning(Array(shipped.utf8), file: "milestones.yaml", to: present)
    #expect(edit.notes == [])
    let clauses = try gates(edit.after).milestones.flatMap(\.clauses)
    #expect(clauses[0].identity[.evaluation] == .values(["reasoning@\(Digest(of: "config reasoning"))"]))
    #expect(clauses[1].identity[.template] == .values(["curriculum@\(Digest(of: "template curriculum"))"]))
    #expect(clauses[1].identity[.dataset] == .values(["reasoning/cot_lite@\(Digest(of: "cot"))"]))
    #expect(clauses[1].identity[.problems] == .values(["\(Digest(of: "problems"))"]))
    #expect(clauses[2].identity[.evaluation] == .values(["reasoning_pod@\(Digest(of: "config reasoning_pod"))"]))
    let pod = try gates(edit.after).milestones[3].cadence[0].podConfig
    #expect(pod == PinnedName("reasoning_pod", Digest(of: "config reasoning_pod")))
    #expect(
      clauses[0].identity[.trainedOn]
        == .values(
          ["baseline", "countdown", "curriculum"].map { "reasoning/\($0)/000000000000@\(Digest(of: "data of \($0)"))" })
    )
    #expect(
      clauses[1].identity[.trainedOn]
        == .values(["reasoning/curriculum/000000000000@\(Digest(of: "data of curriculum"))"]))
    // Digests apart, the files are the same, comments included.
    func withoutDigests(_ text: String) throws -> String {
      text.replacing(try Regex("(/[0-9a-f]{12})?@?sha256:[0-9a-f]{64}"), with: "sha256:")
    }
    #expect(try withoutDigests(edit.after) == withoutDigests(edit.before))
    let again = try GatesFileEdit.pinning(Array(edit.after.utf8), file: "milestones.yaml", to: present)
    #expect(again.after == again.before)
  }

  @Test func pinning_saysWhatItCannotPin() throws {
    let text = shipped.replacing("countdown@", with: "tool_execution@")
    let edit = try GatesFileEdit.pinning(Array(text.utf8), file: "milestones.yaml", to: present)
    #expect(edit.notes.count == 2 && edit.notes.allSatisfy { $0.contains("tool_execution") }, "\(edit.notes)")
  }

  /// What stands in its old place has its old bytes: nothing is made.
  @Test func pinning_makesOnlyDataOfAnotherPlace() throws {
    let place = try #require(shipped.firstMatch(of: #/reasoning/baseline/[0-9a-f]{12}/#).map { String($0.output) })
    let present = PresentDigests(
      template: { _ in nil }, evaluation: { _ in nil }, dataset: { _ in nil },
      trainingData: { template in
        .init(name: template == "baseline" ? place : "elsewhere/\(template)") { Digest(of: "made") }
      }, problems: { _ in nil })
    let edit = try GatesFileEdit.pinning(Array(shipped.utf8), file: "milestones.yaml", to: present)
    let made = Digest(of: "made")
    func pins(_ text: String) throws -> [String] {
      guard case .values(let texts) = try gates(text).milestones[0].clauses[0].identity[.trainedOn] else { return [] }
      return texts
    }
    #expect(
      try pins(edit.after) == [pins(shipped)[0], "elsewhere/countdown@\(made)", "elsewhere/curriculum@\(made)"])
  }

  @Test func pinning_asksForADatasetForEachTemplate() throws {
    let text = shipped.replacing(try Regex("      - reasoning/countdown/.*\n"), with: "")
    let edit = try GatesFileEdit.pinning(Array(text.utf8), file: "milestones.yaml", to: present)
    #expect(edit.notes.count == 1 && edit.notes[0].contains("2 datasets for 3 templates"), "\(edit.notes)")
  }

  @Test func migrating_completesAFileOfVersion0_1_0() throws {
    #expect(throws: IncompleteGatesFile.self) { try gates(Self.old) }
    let edit = try GatesFileEdit.migrating(
      Array(Self.old.utf8), file: "milestones.yaml", standard: Array(shipped.utf8), present: present)
    let migrated = try gates(edit.after)
    let pinned = try gates(GatesFileEdit.pinning(Array(shipped.utf8), file: "milestones.yaml", to: present).after)
    #expect(migrated.milestones.map(\.id) == pinned.milestones.map(\.id))
    for (mine, shipped) in zip(migrated.milestones, pinned.milestones) {
      #expect(mine.title == shipped.title && mine.waiver == shipped.waiver)
      #expect(mine.clauses.map(\.threshold) == shipped.clauses.map(\.threshold))
      for (mine, shipped) in zip(mine.clauses, shipped.clauses) {
        for field in IdentityField.allCases {
          #expect(mine.identity[field] == shipped.identity[field], "\(mine.id): \(field.rawValue)")
        }
        #expect(mine.counts == shipped.counts && mine.declared == shipped.declared)
        #expect(mine.reference == shipped.reference)
        #expect(mine.digest == shipped.digest)
      }
      #expect(mine.cadence == shipped.cadence)
    }
  }

  /// Any one default that is missing, and any one key of a clause that the built-in milestones answer, comes back.
  @Test(
    arguments: IdentityField.allCases.map { "    \($0.rawValue):" } + [
      "          counts:", "          declared:", "          reference:", "          pod_config:", "            seeds:",
    ])
  func migrating_completesSingleKeys(key: String) throws {
    var lines = shipped.split(separator: "\n", omittingEmptySubsequences: false)
    let number = try #require(lines.firstIndex { $0.hasPrefix(key) })
    lines.remove(at: number)
    let deeper = String(repeating: " ", count: key.prefix { $0 == " " }.count + 1)
    while lines[number].hasPrefix(deeper) { lines.remove(at: number) }
    let lacking = lines.joined(separator: "\n")
    #expect(throws: ConfigError.self) { try gates(lacking) }
    let here = try PinnedName("reasoning_pod", #require(gates(shipped).milestones[3].cadence[0].podConfig).digest)
    let present = PresentDigests(
      template: { _ in Digest(of: "another") }, evaluation: { $0 == here.name ? here.digest : Digest(of: "another") },
      dataset: { _ in Digest(of: "another") },
      trainingData: { name in .init(name: name) { Digest(of: "another") } }, problems: { _ in Digest(of: "another") })
    let edit = try GatesFileEdit.migrating(
      Array(lacking.utf8), file: "milestones.yaml", standard: Array(shipped.utf8), present: present)
    #expect(try gates(edit.after).milestones == gates(shipped).milestones)
  }

  /// A default that each clause states itself is not missing.
  @Test func migrating_asksForNoDefaultThatNobodyNeeds() throws {
    let field = "    seed: 0\n"
    let lacking = shipped.replacing(field, with: "").replacing(
      "          max_age_days: 30\n", with: "          max_age_days: 30\n          seed: 0\n")
    #expect(lacking != shipped)
    _ = try gates(lacking)
    let edit = try GatesFileEdit.migrating(
      Array(lacking.utf8), file: "milestones.yaml", standard: Array(shipped.utf8), present: present)
    #expect(edit.before == edit.after)
  }

  @Test func migrating_leavesACompleteFileAlone() throws {
    let edit = try GatesFileEdit.migrating(
      Array(shipped.utf8), file: "milestones.yaml", standard: Array(shipped.utf8), present: present)
    #expect(edit.before == edit.after)
  }

  private static let old = """
    # @package _global_
    # Judge with: codex gate --milestone M0, or --all. Every key must be there (docs/reference/gates.md).

    gates:
      # In order: a milestone requires those before it, or their waivers.
      milestones:
        - id: M0
          title: plans are traced and verified
          # A page of status_updates/ whose front matter lets later milestones pass while this one is open.
          waiver: null
          clauses:
            - id: trace_coverage
              metric: reasoning.trace_coverage
              # Curated templates; one joins when the lower end of its interval reaches the threshold.
              templates: [baseline, countdown, curriculum]
              # null: the dataset that the run was trained with.
              dataset: null
              mode: best-first
              group: all
              comparator: ">="
              threshold: 0.95
              # The figure compared: value, or the lower or upper end of the 95 % interval.
              side: lower
              min_n: 500
              max_age_days: 30
              reference: null
          cadence: []
        - id: M1
          title: the curriculum beats its shuffled control
          waiver: null
          clauses:
            - id: win_rate
              metric: reasoning.win_rate
              templates: [curriculum]
              # The frozen benchmark, by its content.
              dataset:
                preset: reasoning/cot_lite
                digest: sha256:cd209a40d0e821048c9c89735c1b389ffda3b02997af082bc380cb54d60da9f9
              # The search-free mode: best-first leaves no room between the two.
              mode: greedy
              group: all
              comparator: ">="
              threshold: 0.55
              side: lower
              min_n: 1000
              max_age_days: 30
              # The run compared with: the same but for these keys.
              reference:
                differs_only_in: [curriculum.shuffled]
          cadence: []
        - id: M2
          title: plans come in time
          waiver: null
          clauses:
            - id: shadow_latency
              metric: reasoning.shadow_latency_p95
              templates: [baseline, countdown, curriculum]
              dataset: null
              mode: best-first
              group: all
              comparator: "<="
              # Milliseconds.
              threshold: 700
              side: value
              min_n: 200
              max_age_days: 30
              reference: null
          cadence: []
        - id: M3
          title: the pod is redeployed weekly, without overrides
          waiver: null
          clauses: []
          cadence:
            - id: weekly_redeploys
              # Name of the pod in its deployment records.
              pod: codex-reasoning-pod
              # Windows of seven days before now, each with a deployment.
              weeks: 4
              # Its section 'Overrides' must have no open line.
              notes: docs/deployment/reasoning_pod.md

    """
}
