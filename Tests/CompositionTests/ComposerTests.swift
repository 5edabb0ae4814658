import Composition
import Storage
import Testing

/// Sources/Composition/Composer.swift, against answers of Hydra 1.3.2 (Tests/Fixtures/hydra/README.md).
@Suite struct ComposerTests {
  /// Why our answer differs from Hydra's; nil if it does not.
  private func difference(_ example: JSONValue) throws -> String? {
    let sources = ConfigSources(builtIn: example["tree"]?.files ?? [:])
    do {
      let composed = try Composer(sources).composeUnresolved(
        config: "config", overrides: example["overrides"]?.texts ?? [])
      guard let expected = example["expected"] else {
        return "composed, should fail: \(example["message"]?.text ?? "")"
      }
      let choices = JSONValue.object(
        JSONObject(composed.choices.map { .init($0.group, $0.choice.map { .string($0) } ?? .null) }))
      if try canonical(choices) != canonical(example["choices"] ?? .null) { return "choices are \(choices)" }
      let tree = try canonical(composed.root.json)
      return tree == (try canonical(expected)) ? nil : "composed \(tree)"
    } catch let error as ConfigError {
      guard let message = example["message"]?.text?.split(separator: "\n").first else { return "fails: \(error)" }
      return error.description.contains(message) ? nil : "fails with another sentence: \(error)"
    }
  }

  @Test func composeUnresolved_agreesWithHydra() throws {
    let examples = try cases("compose.jsonl")
    #expect(examples.count > 40)
    for example in examples {
      // Hydra words this one by the kind of entry, and we do not.
      if example["message"]?.text?.contains("Could not load") == true { continue }
      #expect(try difference(example) == nil, "\(example["id"]?.text ?? "") \(example["overrides"]?.texts ?? [])")
    }
  }

  /// The control: a wrong expectation is noticed.
  @Test func difference_noticesWrongAnswers() throws {
    let wrong: JSONValue = .object([
      "tree": .object(["config.yaml": .string("a: 1\n")]), "overrides": .array([]), "expected": .object(["a": .int(2)]),
      "choices": .object([:]),
    ])
    #expect(try difference(wrong) == "composed {\"a\":1}")
  }

  @Test func composeUnresolved_deletesWhateverWasChosenIfNullIsGiven() throws {
    let files = ["config.yaml": "defaults: [db: a]\nk: 1\n", "db/a.yaml": "n: a\n"]
    #expect(YAMLPrinter.print(try compose(files, "~db=null").root) == "k: 1\n")
  }

  /// What stands before `=` names a setting.
  @Test func composeUnresolved_refusesOverridesWithoutKey() {
    let sentence = "Cannot read the override at column 1: there is no key.\n  ++=1\n  ^\nWrite 'key=value'."
    #expect(message { try compose(["config.yaml": "a: 1\n"], "++=1") } == sentence)
  }

  @Test func compose_digestDependsOnValuesAlone() throws {
    let plain = try Composer(ConfigSources(builtIn: ["config.yaml": "a: 1\nb: {c: x, d: 1.5}\n"])).compose(
      config: "config")
    let other = try Composer(
      ConfigSources(builtIn: [
        "config.yaml": "# comment\ndefaults: [part@b, _self_]\na:   1\nref: null\n", "part.yaml": "d: 1.50\nc: \"x\"\n",
      ])
    ).compose(config: "config", overrides: ["~ref", "b.c=${a}", "b.c=x"])
    #expect(plain.digest == other.digest)
    let changed = try Composer(ConfigSources(builtIn: ["config.yaml": "a: 2\nb: {c: x, d: 1.5}\n"])).compose(
      config: "config")
    #expect(plain.digest != changed.digest)
  }

  @Test func compose_keepsOrigins() throws {
    let resolved = try Composer(
      ConfigSources(builtIn: ["config.yaml": "a: 1\nb:\n  c: 2\n", "db/x.yaml": "p: 3\n"])
    ).compose(config: "config", overrides: ["+db=x", "b.c=5"])
    #expect(resolved.origin(of: "a") == .file(path: "built-in configs/config.yaml", line: 1, column: 4))
    #expect(resolved.origin(of: "db.p") == .file(path: "built-in configs/db/x.yaml", line: 1, column: 4))
    #expect(resolved.origin(of: "b.c") == .override(index: 2, text: "b.c=5"))
  }

  /// A config cannot override what the command line appends: its choice would be dropped without a word.
  @Test(arguments: [[], ["+db=mysql"], ["+db=sqlite"]])
  func danglingOverrides_areRefused(overrides: [String]) {
    let sources = ConfigSources(builtIn: [
      "x.yaml": "defaults:\n- override db: sqlite\n", "db/mysql.yaml": "n: mysql\n", "db/sqlite.yaml": "n: sqlite\n",
    ])
    let error = #expect(throws: ConfigError.self) { try Composer(sources).compose(config: "x", overrides: overrides) }
    #expect(error?.description.contains("Could not override 'db'. No match in the defaults list") == true)
  }
}
