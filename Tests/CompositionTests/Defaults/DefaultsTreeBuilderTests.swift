import Composition
import Testing

/// Sources/Composition/Defaults; the rules one by one. ComposerTests has them in random combination.
@Suite struct DefaultsTreeBuilderTests {
  private func json(_ composed: ComposedConfig) throws -> String { try canonical(composed.root.json) }

  private static let files = [
    "config.yaml": "defaults:\n- db: a\n- _self_\nx: own\n", "db/a.yaml": "name: a\n", "db/b.yaml": "name: b\n",
  ]

  @Test func build_ownContentWinsWhereSelfIsLast() throws {
    let last = ["config.yaml": "defaults: [part, _self_]\na: own\n", "part.yaml": "a: part\n"]
    let first = ["config.yaml": "defaults: [_self_, part]\na: own\n", "part.yaml": "a: part\n"]
    let implied = ["config.yaml": "defaults: [part]\na: own\n", "part.yaml": "a: part\n"]
    #expect(try json(compose(last)) == "{\"a\":\"own\"}")
    #expect(try json(compose(first)) == "{\"a\":\"part\"}")
    #expect(try json(compose(implied)) == "{\"a\":\"own\"}")
  }

  @Test func build_choosesAndDeletesGroups() throws {
    #expect(try json(compose(Self.files)) == "{\"db\":{\"name\":\"a\"},\"x\":\"own\"}")
    #expect(try json(compose(Self.files, "db=b")) == "{\"db\":{\"name\":\"b\"},\"x\":\"own\"}")
    #expect(try json(compose(Self.files, "~db")) == "{\"x\":\"own\"}")
    #expect(try json(compose(Self.files, "db=[a,b]")) == "{\"db\":{\"name\":\"b\"},\"x\":\"own\"}")
    #expect(try json(compose(Self.files, "db=[null]", "db=b")) == "{\"db\":{\"name\":\"b\"},\"x\":\"own\"}")
    #expect(
      try json(compose(Self.files, "+db@spare=b"))
        == "{\"db\":{\"name\":\"a\"},\"spare\":{\"name\":\"b\"},\"x\":\"own\"}")
  }

  @Test(arguments: [
    ("db@_here_: a", "{\"name\":\"a\"}"), ("db@_global_.s: a", "{\"s\":{\"name\":\"a\"}}"),
    ("db@x.y: a", "{\"x\":{\"y\":{\"name\":\"a\"}}}"), ("db@_group_: a", "{\"db\":{\"name\":\"a\"}}"),
    ("db: null", "{}"),
    ("optional db: zz", "{}"), ("/db: a", "{\"db\":{\"name\":\"a\"}}"), ("db: head", "{\"h\":{\"name\":\"h\"}}"),
  ])
  func build_packages(entry: String, expected: String) throws {
    let files = [
      "config.yaml": "defaults:\n- \(entry)\n", "db/a.yaml": "name: a\n", "db/head.yaml": "# @package h\nname: h\n",
    ]
    #expect(try json(compose(files)) == expected)
  }

  @Test func build_overridesDeepChoices() throws {
    let files = [
      "config.yaml": "defaults: [server: apache, override server/db: b]\n", "server/apache.yaml": "defaults: [db: a]\n",
      "server/db/a.yaml": "n: a\n", "server/db/b.yaml": "n: b\n",
    ]
    #expect(try json(compose(files)) == "{\"server\":{\"db\":{\"n\":\"b\"}}}")
  }

  @Test func build_interpolatesChoices() throws {
    let files = [
      "config.yaml": "defaults: [db: a, os: x, combo: '${os}_${db}']\n", "db/a.yaml": "", "db/b.yaml": "",
      "os/x.yaml": "",
      "combo/x_a.yaml": "c: xa\n", "combo/x_b.yaml": "c: xb\n",
    ]
    #expect(try json(compose(files, "db=b")) == "{\"combo\":{\"c\":\"xb\"},\"db\":{},\"os\":{}}")
  }

  @Test(
    arguments: [
      (["db=zz"], "override 1 ('db=zz'): In 'config': Could not find 'db/zz'. Available: a, b."),
      (["cache=a"], "override 1 ('cache=a'): Could not override 'cache'. No such setting. To add it, use '+cache=…'."),
      (["db=[null]"], "'db=[null]': 'db' is a config group; its value must be a name or a list of names."),
      (["db=1"], "'db=1': 'db' is a config group; its value must be a name or a list of names."),
      (
        ["db@p=b"],
        "override 1 ('db@p=b'): Could not override 'db@p'. Did you mean to override db? To append to your default list use +db@p=b"
      ),
      (["++db=b"], "force-add of config groups is not supported: '++db=b'. Use one '+' to append, none to replace."),
      (["+db=b"], "built-in configs/config.yaml:2:7: Multiple values for db. To override a value use 'override db: b'"),
      (["~db=b"], "override 1 ('~db=b'): Could not delete 'db=b'. No match in the defaults list."),
      (
        ["y@p=1"],
        "Override y@p=1 looks like a config group override, but config group 'y' does not exist. Leave '@…' out to set a value."
      ),
      (
        ["bd@p=1"],
        "Override bd@p=1 looks like a config group override, but config group 'bd' does not exist. Did you mean 'db'?"
      ),
    ] as [([String], String)])
  func build_refusesOverrides(overrides: [String], sentence: String) {
    let composer = Composer(ConfigSources(builtIn: Self.files))
    #expect(message { try composer.composeUnresolved(config: "config", overrides: overrides) } == sentence)
  }

  @Test(arguments: [
    (
      "defaults: {db: a}\n",
      "built-in configs/config.yaml:1:11: Invalid defaults list in 'config': defaults must be a list (got a mapping)."
    ),
    (
      "defaults: [_self_, _self_]\n",
      "built-in configs/config.yaml:1:20: Invalid defaults list in 'config': Duplicate _self_ defined in config."
    ),
    (
      "defaults: [_self_@x]\n",
      "built-in configs/config.yaml:1:12: Invalid defaults list in 'config': _self_@PACKAGE is not supported."
    ),
    (
      "defaults:\n- db: ???\n",
      "built-in configs/config.yaml:2:7: You must specify 'db', e.g, db=<OPTION>. Available: a, b."
    ),
    (
      "defaults: [db: 1]\n",
      "built-in configs/config.yaml:1:16: Invalid defaults list in 'config': unsupported value an integer; a choice is a name, a list of names or null."
    ),
    (
      "defaults: [override db: b, db: a]\n",
      "built-in configs/config.yaml:1:25: In config: Override 'db : b' is defined before 'db: a'. Overrides must be at the end of the defaults list."
    ),
    (
      "defaults: [override db: b]\n",
      "built-in configs/config.yaml:1:25: In 'config': Could not override 'db'. No match in the defaults list."
    ),
    (
      "defaults: [../up]\n",
      "built-in configs/config.yaml:1:12: '../up' is no config name: it leads up or stays. Name the config from the root: '/group/name'."
    ),
    (
      "defaults: ['db\\a']\n",
      "built-in configs/config.yaml:1:12: 'db\\a' is no config name: it has a '\\'. Separate groups by '/'."
    ),
    (
      "defaults: [db: a.yaml]\n",
      "built-in configs/config.yaml:1:16: 'db/a.yaml' is no config name: it has the suffix of a file. Leave the suffix out; files end in '.yaml'."
    ),
    (
      "defaults: [db: '']\n",
      "built-in configs/config.yaml:1:16: 'db/' is no config name: a part of it is empty. Name a config, or null for none."
    ),
    (
      "defaults: ['db/a b']\n",
      "built-in configs/config.yaml:1:12: 'db/a b' is no config name: it has other characters. Use letters, digits, '_', '-' and '.', separated by '/'."
    ),
    (
      "# @package _group_.x\n",
      "built-in configs/config.yaml:1:1: not readable YAML: '_group_.x': '_group_' and '_name_' mean nothing in a header; without it, a config's package is its group"
    ),
    (
      "defaults: [config@a]\n",
      "built-in configs/config.yaml:1:12: configs include one another more than 32 deep (… → config → config → config → …). Remove one of these entries."
    ),
    ("- a\n", "built-in configs/config.yaml:1:1: not readable YAML: a config must be a mapping, this is a list"),
    (
      "# @package a b\n",
      "built-in configs/config.yaml:1:1: not readable YAML: a header line must read '# @package NAME'"
    ),
  ])
  func build_refusesLists(text: String, sentence: String) {
    var files = Self.files
    files["config.yaml"] = text
    #expect(message { try compose(files) } == sentence)
  }

  @Test func build_namesNearPrimaries() {
    #expect(
      message { try compose(Self.files, config: "confg") }
        == "Cannot find primary config 'confg'. Did you mean 'config'?")
    #expect(
      message { try compose(Self.files, config: "nothing/like/it") }
        == "Cannot find primary config 'nothing/like/it'. 'codex init' writes the built-in ones out, to choose from.")
  }
}
