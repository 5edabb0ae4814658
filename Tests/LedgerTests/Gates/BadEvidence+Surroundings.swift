import Foundation
import Ledger
import Schemas
import Storage

extension BadEvidence {
  // MARK: The run compared with

  static let references: [BadEvidence] = [
    no("no reference", .noReference, ["M1"]) { $0.set("reference", nil, in: $1) },
    no("a reference that is no run here", .unknownReference, ["M1"]) {
      $0.set("reference.run_id", .string("gone"), in: $1)
    },
    no("a reference whose configuration was changed", .hiddenRun, ["M1"]) { scene, _ in
      scene.controlConfig += "extra: 1\n"
    },
    no("a reference without readable metadata", .hiddenRun, ["M1"]) { scene, _ in
      scene.files["runs/control/\(Scene.control)/run_metadata.json"] = "{}"
    },
    no("another run in the reference's place", .hiddenRun, ["M1"]) { scene, _ in
      scene.files["runs/control/\(Scene.control)/run_metadata.json"] =
        String(decoding: try RecordEncoder().bytes(of: scene.metadata), as: UTF8.self)
      scene.controlConfig = scene.runConfig
    },
    no("a reference that was trained further", .alteredReference, ["M1"]) { scene, _ in
      scene.controlMetadata.weightsDigest = Digest(of: "further")
    },
    no("a reference whose weights were changed", .alteredReference, ["M1"]) { scene, _ in
      scene.files["runs/control/\(Scene.control)/checkpoints/1/model.safetensors"] = "other weights"
    },
    no("a reference whose place was taken by another variant", .alteredReference, ["M1"]) { scene, _ in
      try scene.changeControl(to: Scene.config(shuffled: true, output: "runs/other"), inLedger: false)
    },
    no("a reference measured in another mode", .notPaired, ["M1"]) { scene, _ in
      scene.lines[scene.controlRecord].data[at: "mode"] = .string("greedy")
    },
    no("a reference's answers in another mode", .notPaired, ["M1"]) { scene, _ in
      for position in scene.controlStart..<scene.controlRecord {
        scene.lines[position].data[at: "sample.mode"] = .string("greedy")
      }
    },
    no("a reference trained since", .alteredReference, ["M1"]) { $0.set("reference.weights_digest", other, in: $1) },
    no("a reference under another configuration", .alteredReference, ["M1"]) {
      $0.set("reference.run_config_digest", other, in: $1)
    },
    no("a reference that also has another seed", .wrongReference, ["M1"]) { scene, _ in
      try scene.changeControl(
        to: Scene.config(shuffled: true, output: "runs/control").replacing("seed: 0", with: "seed: 1"))
    },
    no("a reference with a setting more", .wrongReference, ["M1"]) { scene, _ in
      try scene.changeControl(to: Scene.config(shuffled: true, output: "runs/control") + "extra: 1\n")
    },
    no("a reference that is not shuffled", .referenceIsNoControl, ["M1"]) { scene, _ in
      try scene.changeControl(to: Scene.config(shuffled: false, output: "runs/control"))
    },
    no("a reference without a measurement", .notPaired, ["M1"]) {
      $0.set("reference.measurement_id", .string("none"), in: $1)
    },
    no("a reference measured afterwards", .notPaired, ["M1"]) { scene, _ in
      let block = scene.lines[scene.controlStart...scene.controlRecord]
      scene.lines = Array(scene.lines[..<scene.controlStart] + scene.lines[(scene.controlRecord + 1)...] + block)
    },
    no("a reference asked other problems", .notPaired, ["M1"]) { scene, _ in
      scene.lines[scene.controlRecord].data[at: "identity.problems"] = other
    },
    no("a reference asked under other settings", .notPaired, ["M1"]) { scene, _ in
      scene.lines[scene.controlRecord].data[at: "identity.evaluation"] = .string("cot_lite@\(Digest(of: "x"))")
    },
    no("a reference asked another dataset", .notPaired, ["M1"]) { scene, _ in
      scene.lines[scene.controlRecord].data[at: "identity.dataset"] = .string("reasoning/cot_lite@\(Digest(of: "x"))")
    },
    no("a reference's answers that are to other problems", .notPaired, ["M1"]) { scene, _ in
      scene.lines[scene.controlStart + 4].data[at: "sample.problem_id"] = other
    },
    no("a reference's answers of another run", .foreignItems, ["M1"]) { scene, _ in
      scene.lines[scene.controlStart + 4].data[at: "run_id"] = .string("x")
    },
    no("a reference's measurement of another run", .alteredReference, ["M1"]) { scene, _ in
      scene.lines[scene.controlRecord].data[at: "identity.run_id"] = .string("x")
    },
    no("a reference's measurement with other weights", .alteredReference, ["M1"]) { scene, _ in
      scene.lines[scene.controlRecord].data[at: "identity.weights"] = other
    },
    no("a reference's measurement under another configuration", .alteredReference, ["M1"]) { scene, _ in
      scene.lines[scene.controlRecord].data[at: "identity.run_config"] = other
    },
  ]

  // MARK: Pages

  /// A page that waives M0 for an open item; a change to nil leaves the key out.
  static func waiver(_ changes: [String: String?] = [:]) -> String {
    let values: [String: String?] = [
      "milestone": "M0", "owner": "reasoning-foundations", "expires": "2027-02-01",
      "reason": "The item is about a page, not about a figure.",
      "excuses": "[{clause: action_items, reason: open_action_item, value: null}]",
    ]
    return "---\n"
      + values.merging(changes) { $1 }.compactMap { key, value in value.map { "\(key): \($0)\n" } }.joined()
      + "---\n# Waiver\n"
  }

  static let pages: [BadEvidence] = [
    no("an open action item", .openActionItem, clause: "action_items", ["M0", "M1", "M2", "M3"]) { scene, milestone in
      scene.files["status_updates/\(milestone).md"] = "# Open\n\n- [x] done\n  * [ ] not done\n"
    },
    no("an earlier milestone's open item", .milestoneOpen, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      scene.files["status_updates/M0.md"] = "- [ ] not done\n"
    },
    no("an earlier milestone's bad figure", .milestoneOpen, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      scene.set("value", nil, in: "M0")
    },
    no("a waiver that is not there", .waiverMissing, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      try scene.waiveM0(nil)
    },
    no("a waiver without front matter", .waiverUnreadable, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      try scene.waiveM0("# Waived\n")
    },
    no("a waiver without an owner", .waiverUnreadable, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      try scene.waiveM0(waiver(["owner": ""]))
    },
    no("a waiver with another key", .waiverUnreadable, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      try scene.waiveM0(waiver(["until": "2027-02-01"]))
    },
    no("a waiver until no day", .waiverUnreadable, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      try scene.waiveM0(waiver(["expires": "2027-02-30"]))
    },
    no("another milestone's waiver", .waiverOfOtherMilestone, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      try scene.waiveM0(waiver(["milestone": "M1"]))
    },
    no("an expired waiver", .waiverExpired, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      try scene.waiveM0(waiver(["expires": "2027-01-14"]))
    },
    no("a waiver for longer than allowed", .waiverTooLong, clause: "requires_M0", ["M1", "M2", "M3"]) { scene, _ in
      try scene.waiveM0(waiver(["expires": "2027-04-16"]))
    },
    no("an item that GitHub numbers", .openActionItem, clause: "action_items", ["M0", "M1", "M2", "M3"]) {
      $0.files["status_updates/\($1).md"] = "1. [ ] not done\n"
    },
    no("a page whose code is never closed", .unreadableSection, clause: "action_items", ["M0", "M1", "M2", "M3"]) {
      $0.files["status_updates/\($1).md"] = "```\n- [ ] not done\n"
    },
    no("a page whose comment is never closed", .unreadableSection, clause: "action_items", ["M0", "M1", "M2", "M3"]) {
      $0.files["status_updates/\($1).md"] = "<!-- - [ ] not done\n"
    },
    no("a page in lower case", .misnamedPage, clause: "action_items", ["M0", "M1", "M2", "M3"]) {
      $0.files["status_updates/\($1.lowercased()).md"] = "Nothing is open.\n"
    },
    no("a page in lower case beside its page", .misnamedPage, clause: "action_items", ["M0", "M1", "M2", "M3"]) {
      $0.files["status_updates/\($1).md"] = "Nothing is open.\n"
      $0.files["status_updates/\($1).MD"] = "- [ ] not done\n"
    },
    unreadable("a status page of more than 1 MiB", .unreadablePage, exit: 65) {
      $0.files["status_updates/\($1).md"] = String(repeating: "a\n", count: 1 << 19) + "a"
    },
    unreadable("a status page that is no file", .unreadablePage, exit: 65) { scene, milestone in
      scene.afterwards = {
        try FileManager.default.createDirectory(
          at: $0.appendingPathComponent("status_updates/\(milestone).md"), withIntermediateDirectories: true)
      }
    },
  ]

  // MARK: Deployments

  private static func rollouts(
    _ change: @escaping @Sendable (inout SceneLine) -> Void
  ) -> @Sendable (inout Scene, String) throws -> Void {
    { scene, _ in for position in scene.reports { change(&scene.lines[position]) } }
  }

  static let deployments: [BadEvidence] = [
    no("no deployments", .noDeployments, ["M3"]) { scene, _ in scene.lines.remove(scene.renderings + scene.reports) },
    no("deployments of another pod", .noDeployments, ["M3"]) { scene, _ in
      scene.changeDeployments { $0[at: "pod"] = .string("other") }
    },
    no("manifests that were rendered and nothing more", .notReported, ["M3"]) { scene, _ in
      scene.lines.remove(scene.reports)
    },
    no("roll-outs that failed", .notReported, ["M3"], rollouts { $0.data[at: "outcome"] = .string("failed") }),
    no(
      "roll-outs that were rolled back", .notReported, ["M3"],
      rollouts { $0.data[at: "outcome"] = .string("rolled-back") }),
    no("a roll-out that was rolled back later", .missedWindow, ["M3"]) { scene, _ in
      var later = scene.lines[scene.reports[3]]
      later.data[at: "outcome"] = .string("rolled-back")
      scene.lines.append(later)
    },
    no(
      "reports on other lines", .notReported, ["M3"],
      rollouts {
        $0.keepsRendering = true
      }),
    no("a report with another manifest", .contradictory, ["M3"]) { scene, _ in
      scene.lines[scene.reports[2]].data[at: "manifest_digest"] = other
    },
    no("a report with another pod", .contradictory, ["M3"]) { scene, _ in
      scene.lines[scene.reports[2]].data[at: "pod"] = .string("other")
    },
    no("a deployment of another run", .otherRun, ["M3"]) { scene, _ in
      scene.lines[scene.renderings[3]].data[at: "run_id"] = .string("x")
    },
    no("a deployment of another bundle", .unregistered, ["M3"]) { scene, _ in
      scene.lines[scene.renderings[1]].data[at: "bundle_digest"] = other
    },
    no("no log of tags", .unregistered, ["M3"]) { scene, _ in
      scene.afterwards = { try FileManager.default.removeItem(at: $0.appendingPathComponent("artifacts")) }
    },
    no("a deployment under another configuration", .wrongPodConfig, ["M3"]) { scene, _ in
      scene.lines[scene.renderings[0]].data[at: "pod_config_digest"] = other
    },
    no("a pod configuration that was pinned since", .wrongPodConfig, ["M3"]) { scene, _ in
      scene.milestones = scene.milestones?.replacing(
        "pod_config: reasoning_pod@\(Digest(of: "reasoning_pod"))",
        with: "pod_config: reasoning_pod@\(Digest(of: "lax"))")
    },
    no("a week without a deployment", .missedWindow, ["M3"]) { scene, _ in
      scene.lines.remove([scene.renderings[2], scene.reports[2]])
    },
    no("no deployment four weeks ago", .missedWindow, ["M3"]) { scene, _ in
      scene.lines.remove([scene.renderings[0], scene.reports[0]])
    },
    no("a week whose deployment nobody reported", .missedWindow, ["M3"]) { scene, _ in
      scene.lines.remove(at: scene.reports[1])
    },
    no("no deployment this week", .missedWindow, ["M3"]) { scene, _ in
      scene.lines[scene.reports[3]].data[at: "at"] = .double(Scene.now - 7 * 86_400)
    },
    no("a deployment from the future", .fromTheFuture, ["M3"]) { scene, _ in
      scene.lines[scene.reports[3]].data[at: "at"] = .double(Scene.now + 61)
    },
    no("four weeks in ten seconds, the clock set back", .contradictory, ["M3"]) { scene, _ in
      // As they would be with the measurements of today above them.
      for index in scene.lines.indices where scene.lines[index].schema == MetricRecord.schema {
        scene.lines[index].data[at: "recorded_at"] = .double(Scene.now - 10)
      }
    },
    no("a rendering dated before the line above it", .contradictory, ["M3"]) { scene, _ in
      scene.lines[scene.renderings[2]].data[at: "recorded_at"] = .double(Scene.now - 18 * 86_400)
    },
    no("a report dated before the line above it", .contradictory, ["M3"]) { scene, _ in
      scene.lines[scene.reports[2]].data[at: "recorded_at"] = .double(Scene.now - 10.5 * 86_400)
    },
    no("a report dated before a line between it and its rendering", .contradictory, ["M3"]) { scene, _ in
      var between = scene.lines[scene.controlRecord]
      between.data[at: "recorded_at"] = .double(Scene.now - 9 * 86_400)
      scene.lines.insert(between, at: scene.reports[2])
    },
    no("a rendering dated before its run began", .contradictory, ["M3"]) { scene, _ in
      scene.metadata = try scene.metadata.started(at: Scene.now - 20 * 86_400)
    },
    no("a rendering dated before its tag", .contradictory, ["M3"]) { scene, _ in
      scene.lines[scene.renderings[0]].data[at: "recorded_at"] = .double(Scene.now - 25.5 * 86_400)
    },
    no("applied before it was rendered", .contradictory, ["M3"]) { scene, _ in
      scene.lines[scene.reports[1]].data[at: "at"] = .double(Scene.now - 17 * 86_400 - 5)
    },
    no("applied after it was reported", .contradictory, ["M3"]) { scene, _ in
      scene.lines[scene.reports[1]].data[at: "at"] = .double(Scene.now - 17 * 86_400 + 700)
    },
    no("reported more than a day later", .contradictory, ["M3"]) { scene, _ in
      scene.lines[scene.reports[1]].data[at: "recorded_at"] = .double(Scene.now - 17 * 86_400 + 600 + 86_401)
    },
    no("a deployment with an override", .overridden, ["M3"]) { scene, _ in
      scene.lines[scene.renderings[0]].data[at: "overrides"] = .array([.string("replicas=2")])
    },
    no("a deployment with an override that nobody reported", .overridden, ["M3"]) { scene, _ in
      var another = scene.lines[scene.renderings[3]]
      another.data[at: "overrides"] = .array([.string("replicas=2")])
      scene.lines.append(another)
    },
    no("an open override on the page", .openOverride, ["M3"]) { scene, _ in
      scene.files["docs/deployment/reasoning_pod.md"] = "## Overrides\n\n- [ ] replicas by hand\n"
    },
    no("an override below a heading of the section", .openOverride, ["M3"]) { scene, _ in
      scene.files["docs/deployment/reasoning_pod.md"] = "## Overrides\n\n### 2026-11-20\n\nreplicas=2 by hand\n"
    },
    no("an override that begins with a number sign", .openOverride, ["M3"]) { scene, _ in
      scene.files["docs/deployment/reasoning_pod.md"] = "## Overrides\n\n#812: replicas=2 by hand\n"
    },
    no("an open item in a ticked one", .openOverride, ["M3"]) { scene, _ in
      scene.files["docs/deployment/reasoning_pod.md"] = "## Overrides\n\n- [x] a\n  - [ ] b\n"
    },
    no("a second section of overrides", .openOverride, ["M3"]) { scene, _ in
      scene.files["docs/deployment/reasoning_pod.md"] =
        "## Overrides\n\nNone.\n\n## Overrides (2026-11)\n\nreplicas=2\n"
    },
    no("a page of overrides whose code is never closed", .unreadableSection, ["M3"]) { scene, _ in
      scene.files["docs/deployment/reasoning_pod.md"] = "## Overrides\n\nNone.\n\n## Notes\n\n~~~\n"
    },
    no("a page without a section for overrides", .openOverride, ["M3"]) { scene, _ in
      scene.files["docs/deployment/reasoning_pod.md"] = "# Pod\n\nNone.\n"
    },
    no("no page for overrides", .openOverride, ["M3"]) { scene, _ in
      scene.files["docs/deployment/reasoning_pod.md"] = nil
    },
    no("an empty ledger", .emptyLedger, ["M3"]) { scene, _ in scene.lines = [] },
  ]
}

extension Scene {
  /// Gives the control another configuration, in its metadata and wherever the ledger names it.
  mutating func changeControl(to config: String, inLedger: Bool = true) throws {
    let old = controlMetadata.configDigest
    let new = try Self.configDigest(of: config)
    controlConfig = config
    controlMetadata = try Self.metadata(
      controlMetadata.runID, controlMetadata.weightsDigest ?? Digest(of: ""), new, seed: 0)
    for index in lines.indices where inLedger {
      for path in ["identity.run_config", "reference.run_config_digest"]
      where lines[index].data[at: path] == .string(old.description) && old != self.metadata.configDigest {
        lines[index].data[at: path] = .string(new.description)
      }
    }
  }

  /// Opens M0 and names a waiver for it; nil writes none.
  mutating func waiveM0(_ page: String?) throws {
    files["status_updates/M0.md"] = "- [ ] not done\n"
    files["status_updates/waiver.md"] = page
    guard let range = milestones?.range(of: "waiver: null") else { return }
    milestones?.replaceSubrange(range, with: "waiver: status_updates/waiver.md")
  }

  mutating func changeDeployments(_ change: (inout JSONValue) -> Void) {
    for index in lines.indices where lines[index].schema == DeploymentRecord.schema { change(&lines[index].data) }
  }
}

extension RunMetadata {
  /// The same run, begun at another instant.
  func started(at instant: Double) throws -> RunMetadata {
    var data = try RecordEncoder().value(of: self)
    data[at: "started_at"] = .double(instant)
    return try RecordDecoder().value(RunMetadata.self, from: data)
  }
}
