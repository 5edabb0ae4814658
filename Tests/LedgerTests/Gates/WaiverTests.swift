import Foundation
import Ledger
import Schemas
import Testing

/// Waivers that hold, and where they stop: Sources/Ledger/Gates/Waiver+Excuses.swift. Those refused are in `BadEvidence`.
@Suite struct WaiverTests {
  private func requirement(
    _ milestone: String, of earlier: String = "M0", _ change: (inout Scene) throws -> Void
  ) throws -> ClauseVerdict {
    var scene = try Scene()
    try change(&scene)
    guard case .verdict(let verdict) = try scene.judge(milestone) else { throw NoVerdict() }
    return try #require(verdict.clauses.first { $0.clause == "requires_\(earlier)" })
  }

  private struct NoVerdict: Error {}

  /// M0's lower end is 0.963007 in print.
  private func reason(excusing value: String) throws -> String {
    try requirement("M1") { scene in
      try scene.waiveM0(
        BadEvidence.waiver(["excuses": "[{clause: trace_coverage, reason: below_threshold, value: \(value)}]"]))
      scene.files["status_updates/M0.md"] = nil
      scene.milestones = scene.milestones?.replacing("threshold: 0.95", with: "threshold: 0.97")
    }.reason
  }

  @Test(arguments: [
    ("0", "waived"), ("0.96", "waived"), ("0.963", "waived"), ("0.9630068", "waived"), ("0.963007", "waived"),
    ("0.9630078", "waived"), ("0.963009", "waiver_figure_worse"), ("0.97", "waiver_figure_worse"),
    ("1e300", "waiver_figure_worse"), ("-1", "waived"),
  ])
  func ratio_mayNotBeBelowTheOneExcused(value: String, expected: String) throws {
    #expect(try reason(excusing: value) == expected)
  }

  @Test(arguments: [
    ("94", "waiver_figure_worse"), ("94.9998", "waiver_figure_worse"), ("94.99995", "waived"), ("95", "waived"),
    ("96", "waived"), ("1000000", "waived"),
  ])
  func latency_mayNotBeAboveTheOneExcused(value: String, expected: String) throws {
    let verdict = try requirement("M3", of: "M2") { scene in
      scene.files["status_updates/waiver.md"] = BadEvidence.waiver([
        "milestone": "M2", "excuses": "[{clause: shadow_latency, reason: above_threshold, value: \(value)}]",
      ])
      var parts = scene.milestones?.components(separatedBy: "waiver: null") ?? []
      parts[2] += "waiver: status_updates/waiver.md" + parts.remove(at: 3)
      scene.milestones = parts.joined(separator: "waiver: null").replacing("threshold: 700", with: "threshold: 90")
    }
    #expect(verdict.reason == expected, "\(verdict.message)")
  }

  @Test func verdict_saysWhatWasExcused() throws {
    let verdict = try requirement("M1") { scene in
      try scene.waiveM0(
        BadEvidence.waiver([
          "excuses": "[{clause: action_items, reason: open_action_item, value: null}, "
            + "{clause: trace_coverage, reason: below_threshold, value: 0.96}]"
        ]))
      scene.milestones = scene.milestones?.replacing("threshold: 0.95", with: "threshold: 0.97")
    }
    #expect(verdict.passed)
    #expect(
      verdict.message
        == "M0 is open (trace_coverage: below_threshold), waived by reasoning-foundations until 2027-02-01 "
        + "(status_updates/waiver.md), which excuses trace_coverage (below_threshold) at 0.963007 (as far as 0.96), "
        + "action_items (open_action_item): The item is about a page, not about a figure.")
  }

  @Test func pageOfAnEarlierVersion_isRefusedWithTheKeyThatItLacks() throws {
    let verdict = try requirement("M1") { try $0.waiveM0(BadEvidence.waiver(["excuses": nil])) }
    #expect(verdict.reason == "waiver_unreadable")
    #expect(verdict.message.contains("'excuses'"))
    #expect(
      verdict.message.hasSuffix("excuses: [{clause: trace_coverage, reason: below_threshold, value: 0.93}]."))
  }

  @Test func refusal_saysWhatWouldHaveToBeExcused() throws {
    let verdict = try requirement("M1") { scene in
      try scene.waiveM0(BadEvidence.waiver(["excuses": "[{clause: x, reason: stale, value: 1}]"]))
    }
    #expect(
      verdict.message
        == "status_updates/waiver.md excuses x (stale), not action_items (open_action_item), which fails too: "
        + "status_updates/M0.md:1: '- [ ] not done' is open. Finish and tick it. Close it, or have "
        + "reasoning-foundations add {clause: action_items, reason: open_action_item, value: null}.")
  }

  @Test(arguments: [
    ["owner": "Team Müller"], ["owner": "li"], ["reason": "Is this a reason, or what?"],
    ["reason": "We go on at once, now!"],
    ["reason": "a b c d e."], ["reason": String(repeating: "Long ", count: 199) + "end.."],
    [
      "excuses": "[{clause: action_items, reason: open_action_item, value: null}, {clause: x, reason: stale, value: 1}]"
    ],
  ])
  func answers_thatAreNoPlaceholders(changes: [String: String?]) throws {
    #expect(try requirement("M1") { try $0.waiveM0(BadEvidence.waiver(changes)) }.reason == "waived")
  }

  @Test func reason_mayHaveAThousandCharacters() throws {
    func reason(_ count: Int) throws -> String {
      let text = "One two three four " + String(repeating: "x", count: count - 20) + "."
      return try requirement("M1") { try $0.waiveM0(BadEvidence.waiver(["reason": text])) }.reason
    }
    #expect(try reason(1000) == "waived")
    #expect(try reason(1001) == "waiver_unreadable")
  }

  @Test func page_mayHaveOtherLineEndings() throws {
    let verdict = try requirement("M1") {
      try $0.waiveM0(BadEvidence.waiver().replacing("\n", with: "\r\n"))
    }
    #expect(verdict.reason == "waived", "\(verdict.message)")
  }
}
