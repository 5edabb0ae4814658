import Ledger
import Schemas

extension BadEvidence {
  /// A waiver of M0 that is refused.
  private static func waived(
    _ description: String, _ reason: GateReason, _ changes: [String: String?],
    _ spoil: @escaping @Sendable (inout Scene) -> Void = { _ in }
  ) -> BadEvidence {
    no(description, reason, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      try scene.waiveM0(waiver(changes))
      spoil(&scene)
    }
  }

  private static func excuses(_ clause: String, _ reason: String, _ value: String) -> String {
    "{clause: \(clause), reason: \(reason), value: \(value)}"
  }

  /// Opens M0's figure, whose lower end is 0.963007, and closes its item.
  private static let figure: @Sendable (inout Scene) -> Void = { scene in
    scene.files["status_updates/M0.md"] = nil
    scene.milestones = scene.milestones?.replacing("threshold: 0.95", with: "threshold: 0.97")
  }

  static let waivers: [BadEvidence] =
    [
      "", "TEAM", "owner", "todo", "T.B.D.", "n/a", "\"?\"", "someone", "<owner>", "<platform>", "\"[name]\"",
      "Your Name", "x",
      "\"42\"",
    ].map { (owner: String) in waived("the owner \(owner)", .waiverUnreadable, ["owner": owner]) }
    + [
      "", "one sentence", "Four words are few.", "There is no end to it", "... ... ... ... ....", "\"a b c d e\"",
      String(repeating: "very long ", count: 100) + "indeed.",
    ].enumerated().map {
      waived("reason \($0.offset), which is no sentence", .waiverUnreadable, ["reason": $0.element])
    }
    + ["milestone", "owner", "expires", "reason", "excuses"].map { (key: String) in
      waived("no key \(key)", .waiverUnreadable, [key: String?.none])
    }
    + [
      "[]", "null", "action_items", "[action_items]", "[{clause: action_items, reason: open_action_item}]",
      "[{clause: action_items, value: null}]", "[{reason: open_action_item, value: null}]",
      "[{clause: action_items, reason: open_action_item, value: \"none\"}]",
      "[{clause: action_items, reason: open_action_item, value: .inf}]",
      "[{clause: action_items, reason: open_action_item, value: .nan}]",
      "[{clause: action_items, reason: open_action_item, value: null, until: 3}]",
      "[{clause: action_items, reason: ok, value: null}]", "[{clause: action_items, reason: waived, value: null}]",
      "[{clause: action_items, reason: open, value: null}]", "[{clause: \"\", reason: open_action_item, value: null}]",
      "[\(excuses("action_items", "open_action_item", "null")), \(excuses("action_items", "open_action_item", "null"))]",
    ].map { (text: String) in waived("the excuses \(text)", .waiverUnreadable, ["excuses": text]) }
    + [
      waived(
        "another clause excused", .waiverExcusesOtherClause,
        ["excuses": "[\(excuses("trace_coverage", "below_threshold", "0.9"))]"]),
      waived(
        "another reason excused", .waiverExcusesOtherClause,
        ["excuses": "[\(excuses("action_items", "unreadable_section", "null"))]"]),
      waived("one of two failing clauses excused", .waiverExcusesOtherClause, [:]) { scene in
        scene.set("value", nil, in: "M0")
      },
      waived(
        "a figure excused that is stale by now", .waiverExcusesOtherClause,
        ["excuses": "[\(excuses("trace_coverage", "below_threshold", "0.9"))]"]
      ) { scene in
        figure(&scene)
        scene.set("recorded_at", .double(Scene.now - 31 * 86_400), in: "M0")
      },
      waived(
        "a figure excused without it", .waiverWithoutFigure,
        ["excuses": "[\(excuses("trace_coverage", "below_threshold", "null"))]"], figure),
      waived(
        "a figure worse than excused", .waiverFigureWorse,
        ["excuses": "[\(excuses("trace_coverage", "below_threshold", "0.965"))]"], figure),
      waived(
        "a figure a little worse than excused", .waiverFigureWorse,
        ["excuses": "[\(excuses("trace_coverage", "below_threshold", "0.963009"))]"], figure),
      waived(
        "a figure excused where there is none", .waiverFigureWorse,
        ["excuses": "[\(excuses("action_items", "open_action_item", "1"))]"]),
    ]
}
