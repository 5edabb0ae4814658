import Ledger
import Schemas
import Testing

/// What the pages of a workspace keep open: Sources/Ledger/Gates/MilestonePages.swift and Waiver.swift, through files.
@Suite struct PagesTests {
  private func reason(_ milestone: String, _ clause: String, _ change: (inout Scene) throws -> Void) throws -> String {
    var scene = try Scene()
    try change(&scene)
    guard case .verdict(let verdict) = try scene.judge(milestone) else { return "no verdict" }
    return verdict.clauses.first { $0.clause == clause }?.reason ?? "no such clause"
  }

  @Test(arguments: [
    "- [ ] a", "* [ ] a", "+ [ ] a", "    - [ ] deep", "\t- [ ] tab", "> - [ ] quoted", "- [] careless", "-   [ ] wide",
    "- [x] done\r\n- [ ] a\r\n",
  ])
  func item_keepsItsMilestoneOpen(text: String) throws {
    #expect(
      try reason("M0", "action_items") { $0.files["status_updates/M0.md"] = "# M0\n\n\(text)\n" } == "open_action_item")
  }

  @Test(arguments: ["- [x] a", "- [X] a", "[ ] no bullet", "text - [ ] inside", "- a [ ]", "", "- [link](x)"])
  func otherText_doesNot(text: String) throws {
    #expect(try reason("M0", "action_items") { $0.files["status_updates/M0.md"] = text } == "ok")
  }

  @Test(arguments: [
    ("## Overrides\n\nNone.\n", "ok"), ("## Overrides\n", "ok"),
    ("## Overrides\n\n- [x] 2027-01-02 replicas\n  taken back on the 3rd\n", "ok"),
    ("## Overrides\n\n- [x] done\n- [ ] open\n", "open_override"),
    ("## Overrides\n\n- a plain item\n", "open_override"),
    ("## Overrides\n\nreplicas by hand\n", "open_override"),
    ("## Overrides\n\n- [x] done\nnot part of the item\n", "open_override"),
    ("## Overrides\n\nNone.\n\n## Notes\n\n- [ ] something else\n", "ok"),
    ("# Pod\n\n- [ ] before\n\n## Overrides\n\nNone.\n", "ok"),
    ("## Overrides\n\nNone.\n\n## Overrides\n\n- [ ] again\n", "open_override"),
    ("## Override\n\nNone.\n", "open_override"),
  ])
  func overrides_areReadInTheirSection(page: String, expected: String) throws {
    #expect(
      try reason("M3", "weekly_redeploys") { $0.files["docs/deployment/reasoning_pod.md"] = page } == expected)
  }

  /// 2028-02-29, a leap day, at noon.
  @Test(arguments: [
    ("2028-02-29", "waived"), ("2028-02-28", "waiver_expired"), ("2028-05-29", "waived"),
    ("2028-05-30", "waiver_too_long"), ("2027-02-29", "waiver_unreadable"), ("2100-02-29", "waiver_unreadable"),
    ("2000-02-29", "waiver_expired"), ("2028-13-01", "waiver_unreadable"), ("2028-00-10", "waiver_unreadable"),
    ("2028-04-31", "waiver_unreadable"), ("2028-04-00", "waiver_unreadable"), ("2028-3-10", "waiver_unreadable"),
    ("28-03-10", "waiver_unreadable"), ("2028-03-1O", "waiver_unreadable"), ("2028/03/10", "waiver_unreadable"),
    ("2028-12-31", "waiver_too_long"), ("soon", "waiver_unreadable"), ("+028-03-10", "waiver_unreadable"),
  ])
  func waiver_daysAreThoseOfTheCalendar(expires: String, expected: String) throws {
    #expect(
      try reason("M1", "requires_M0") { scene in
        scene.now = 1_835_438_400
        // By then the figure is stale too.
        let stale = "{clause: trace_coverage, reason: stale, value: 0.96}"
        let item = "{clause: action_items, reason: open_action_item, value: null}"
        try scene.waiveM0(BadEvidence.waiver(["expires": expires, "excuses": "[\(item), \(stale)]"]))
      } == expected)
  }

  @Test func unknownMilestone_isAFailure() throws {
    guard case .failure(let failure) = try Scene().judge("M9") else {
      Issue.record("expected a failure")
      return
    }
    #expect(failure.reason == .unknownMilestone)
    #expect("\(failure)" == "unknown_milestone: 'M9' is no milestone; allowed: M0, M1, M2, M3. Name one of them.")
  }
}
