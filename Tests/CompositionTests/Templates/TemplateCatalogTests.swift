import Composition
import Testing

/// Sources/Composition/Templates.
@Suite struct TemplateCatalogTests {
  private let catalog = TemplateCatalog(ConfigSources(builtIn: BuiltInConfigs.files))

  @Test func explain_saysWhatATemplateIs() throws {
    let text = try catalog.explain("curriculum", overrides: ["training.max_steps=10"], trainingMemory: { _ in 3 << 20 })
    for line in [
      "# Template curriculum", "| A | reasoning/curriculum | 2 epochs | reasoning.trace_coverage |",
      "853,249 parameters and 128 for each token of the vocabulary", "- Evaluation: configs/evaluation/reasoning.yaml.",
      "- Deployment: configs/deploy/reasoning_pod.yaml, ring 0D_base_.", "- Overrides: `training.max_steps=10`.",
    ] { #expect(text.contains(line), "\(line)") }
    #expect(
      text.contains("- Digest: \(try catalog.compose("curriculum", overrides: ["training.max_steps=10"]).digest)."))
  }

  @Test func template_namesNearOnes() {
    #expect(
      message { try catalog.template("baselin") }
        == "no template 'baselin'. Did you mean 'baseline'? 'codex reasoning-templates list' names all.")
  }

  @Test func summary_refusesWhatNothingReads() throws {
    let resolved = try catalog.compose("baseline", overrides: ["+trainig={}"])
    #expect(
      message { try TemplateSummary(resolved) }
        == "override 1 ('+trainig={}'): no setting 'trainig'. Did you mean 'training'? Remove it: nothing reads it.")
  }

  @Test func validate_noticesChangesWithoutABump() throws {
    let version = try #require(catalog.manifest().entries["baseline"]?.version)
    var files = BuiltInConfigs.files
    files["model/nano.yaml"] = files["model/nano.yaml"]?.replacing("hidden_size: 128", with: "hidden_size: 64")
    let changed = TemplateCatalog(ConfigSources(builtIn: files))
    let verdicts = try changed.validate(["baseline"])
    #expect(
      verdicts.count == 1
        && verdicts[0].description.hasPrefix("baseline: changed without a bump: version \(version) is sha256:")
    )
    files["model/nano.yaml"]?.append("\n# a comment changes nothing\n")
    #expect(
      try TemplateCatalog(ConfigSources(builtIn: files)).compose("baseline").digest
        == changed.compose("baseline").digest)
  }

  @Test func validate_reportsEveryKindOfFinding() throws {
    var files = BuiltInConfigs.files
    files["training/reasoning/extra.yaml"] = files["training/reasoning/baseline.yaml"]
    files["training/reasoning/countdown.yaml"] = "a: [\n"
    files["training/reasoning/tool_execution.yaml"] = nil
    let verdicts = try TemplateCatalog(ConfigSources(builtIn: files)).validate { resolved in
      if resolved.root[path: "dataset.style"]?.json == .string("chain_of_thought") {
        throw ConfigError.noWorkspace(action: "be accepted")
      }
    }
    let findings = verdicts.map { verdict in
      switch verdict.finding {
      case nil: "\(verdict.name) sound"
      case .unreadable: "\(verdict.name) unreadable"
      case .unrecorded: "\(verdict.name) unrecorded"
      case .changed: "\(verdict.name) changed"
      case .vanished: "\(verdict.name) vanished"
      }
    }
    #expect(
      findings == [
        "baseline sound", "chain_of_thought unreadable", "countdown unreadable", "curriculum sound", "extra unrecorded",
        "tool_execution vanished",
      ])
  }

  @Test func bump_recordsVersionPinsAndNotice() throws {
    let old = try catalog.template("baseline").digest
    let version = try #require(catalog.manifest().entries["baseline"]?.version) + 1
    let workspace = try TemporaryWorkspace([
      "configs/deploy/pod.yaml": "reasoning:\n  template_digest: \(old)\n",
      "configs/model/nano.yaml": try #require(BuiltInConfigs.files["model/nano.yaml"]).replacing("384", with: "256"),
    ])
    let changed = TemplateCatalog(try ConfigSources(workspace: workspace.root))
    let bump = try #require(try changed.bump("baseline", in: workspace.root))
    #expect(bump.version == version && bump.oldDigest == old && bump.digest != old)
    #expect(bump.pins.map(\.path) == ["reasoning.template_digest"])
    #expect(bump.pins.map(\.origin.description) == ["configs/deploy/pod.yaml:2:20"])
    let notice = try workspace.text("status_updates/template_baseline_v\(version).md")
    #expect(notice.contains("- [ ] configs/deploy/pod.yaml:2:20: `reasoning.template_digest`"))
    #expect(notice.contains("- Digest now: \(bump.digest)."))

    let bumped = TemplateCatalog(try ConfigSources(workspace: workspace.root))
    #expect(try bumped.validate(["baseline"]).allSatisfy(\.isSound))
    #expect(try bumped.manifest().entries.count == 5)
    #expect(try bumped.bump("baseline", in: workspace.root) == nil)
  }
}
