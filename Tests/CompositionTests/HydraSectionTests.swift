import Composition
import Storage
import Testing

/// Sources/Composition/HydraSection.swift and the search path.
@Suite struct HydraSectionTests {
  private static let extra = ["more": ["db/c.yaml": "n: c\n", "db/a.yaml": "n: shadowed\n"]]
  private static let files = [
    "config.yaml": "defaults: [db: a]\nhydra: {searchpath: [more], run: {dir: x}}\nt: 1\n", "db/a.yaml": "n: a\n",
    "plain.yaml": "defaults: [config@_here_]\n", "none.yaml": "t: 1\n",
  ]
  private let composer = Composer(ConfigSources(builtIn: files, searchable: extra))

  @Test func searchPath_comesAfterTheConfigsThemselves() throws {
    let composed = try composer.composeUnresolved(config: "config", overrides: ["db=c"])
    #expect(try canonical(composed.root.json) == "{\"db\":{\"n\":\"c\"},\"t\":1}")
    #expect(
      composed.searchPath.map { "\($0.provider): \($0.path)" } == [
        "built-in: built-in configs", "hydra.searchpath in main: more",
      ])
    #expect(try canonical(composer.composeUnresolved(config: "config").root.json) == "{\"db\":{\"n\":\"a\"},\"t\":1}")
  }

  @Test func searchPath_ofTheCommandLineReplacesIt() throws {
    #expect(
      message { try composer.composeUnresolved(config: "config", overrides: ["hydra.searchpath=[]", "db=c"]) }
        == "override 2 ('db=c'): In 'config': Could not find 'db/c'. Available: a.")
    let composed = try composer.composeUnresolved(config: "none", overrides: ["hydra.searchpath=[more]", "+db=c"])
    #expect(composed.searchPath.last?.provider == "hydra.searchpath in command-line")
  }

  @Test(arguments: [
    (
      "config", ["hydra.searchpath=[less]"],
      "override 1 ('hydra.searchpath=[less]'): hydra.searchpath: 'less' is not there. Name a directory that exists."
    ),
    (
      "config", ["hydra.searchpath=more"],
      "override 1 ('hydra.searchpath=more'): 'hydra.searchpath' is 'more'; expected a list of texts. Override with 'hydra.searchpath=<value>'."
    ),
    (
      "plain", [],
      "built-in configs/config.yaml:2:21: In 'config': Overriding hydra.searchpath is only supported from the primary config. Move it there."
    ),
    (
      "config", ["hydra.sweeper.parms=1"],
      "override 1 ('hydra.sweeper.parms=1'): Could not override 'hydra.sweeper.parms'. No such setting. Did you mean 'hydra.sweeper.params'? To add it, use '+hydra.sweeper.parms=…'."
    ),
    (
      "config", ["++hydra=1"],
      "override 1 ('++hydra=1'): 'hydra' is 1; expected a mapping of Hydra's settings. Override with 'hydra=<value>'."
    ),
  ])
  func searchPath_refuses(config: String, overrides: [String], sentence: String) {
    #expect(message { try composer.composeUnresolved(config: config, overrides: overrides) } == sentence)
  }

  @Test func searchPath_staysBelowTheRoot() throws {
    let workspace = try TemporaryWorkspace([
      "configs/config.yaml": "defaults: [db: c]\nhydra: {searchpath: ['file://shared/more']}\n",
      "shared/more/db/c.yaml": "n: c\n",
    ])
    let sources = try ConfigSources(workspace: workspace.root, builtIn: [:])
    let composed = try Composer(sources).composeUnresolved(config: "config")
    #expect(try canonical(composed.root.json) == "{\"db\":{\"n\":\"c\"}}")
    for (entry, problem) in [
      ("../up", "leads out of"), ("/etc", "leads out of"), ("pkg://a.b", "is not on this machine's disk"),
      ("shared/none", "is no directory"),
    ] {
      let got = message {
        try Composer(sources).composeUnresolved(config: "config", overrides: ["hydra.searchpath=['\(entry)']"])
      }
      #expect(got?.contains("'\(entry)' \(problem)") == true, "\(got ?? "composed")")
    }
  }
}
