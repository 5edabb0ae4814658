import Composition
import Testing

/// Sources/Composition/Sweeps.
@Suite struct SweepPlanTests {
  private static let files = [
    "config.yaml": "defaults: [db: a]\nlr: 1\nsteps: 1\nl: [1]\n", "db/a.yaml": "n: a\n",
    "db/b.yaml": "n: b\n", "db/big.yaml": "n: big\n", "must.yaml": "defaults: [db: '???', _self_]\n",
    "params.yaml": "defaults: [config]\nhydra: {sweeper: {params: {db: 'a,b', lr: 2, +x: 'range(0,2)'}}}\n",
    "block.yaml": """
    defaults: [config, _self_]
    codex:
      sweep:
        product: {db: [a, b]}
        zip: {lr: [0.1, 0.2], steps: 'range(10,30,10)'}

    """,
    "union.yaml": "defaults: [config, _self_]\ncodex: {sweep: [{product: {lr: '1,2'}}, {product: {steps: 5}}]}\n",
    "bare.yaml": "a: 0\nb: 0\n", "brings/e1.yaml": "# @package _global_\ncodex: {sweep: {product: {a: '1,2'}}}\n",
    "brings/e2.yaml": "# @package _global_\ncodex: {sweep: {product: {b: '3,4'}}}\n",
    "brings/none.yaml": "# @package _global_\na: 9\n",
    "brings/more.yaml": "# @package _global_\ncodex: {sweep: {product: {+further/brings: 'e1,e2'}}}\n",
    "further/brings/e1.yaml": "# @package _global_\ncodex: {sweep: {product: {a: '5,6'}}}\n",
    "further/brings/e2.yaml": "# @package _global_\nb: 7\n",
    "hydra_params.yaml": "defaults: [bare]\nhydra: {sweeper: {params: {+brings: 'e1,e2'}}}\n",
    "key/one.yaml": "k: 1\n", "key/two.yaml": "k: 2\nl: 3\n",
    "seeds/three.yaml": "# @package _global_\ncodex: {sweep: {product: {+seed: 'range(3)'}}}\n",
  ]

  private func runs(_ overrides: [String], config: String = "config") throws -> [String] {
    try Composer(ConfigSources(builtIn: Self.files)).sweep(config: config, overrides: overrides).runs.map {
      $0.texts.joined(separator: " ")
    }
  }

  @Test(
    arguments: [
      ([], [""]), (["lr=2"], ["lr=2"]), (["lr=1,2", "db=a,b"], ["lr=1 db=a", "lr=1 db=b", "lr=2 db=a", "lr=2 db=b"]),
      (["lr=range(-1,1.5)"], ["lr=-1.0", "lr=0.0", "lr=1.0"]),
      (["lr=range(1,4)", "steps=9"], ["lr=1 steps=9", "lr=2 steps=9", "lr=3 steps=9"]),
      (["lr=1,2", "steps=9", "lr=5"], ["lr=5 steps=9"]), (["db=glob(*,exclude=b*)"], ["db=a"]),
      (["db=glob([b*,a])"], ["db=a", "db=b", "db=big"]), (["db=[a],[a,b]"], ["db=[a]", "db=[a,b]"]),
      (
        ["lr=zip(1,2)", "db=a,b", "steps=zip(10,20)"],
        [
          "lr=1 db=a steps=10", "lr=1 db=b steps=10", "lr=2 db=a steps=20", "lr=2 db=b steps=20",
        ]
      ),
      (["lr=zip(1,2)", "steps=zip(3,4,group=g)"], ["lr=1 steps=3", "lr=1 steps=4", "lr=2 steps=3", "lr=2 steps=4"]),
      (["lr='1','2'"], ["lr='1'", "lr='2'"]), (["lr=choice('1',a b)"], ["lr='1'", "lr='a b'"]),
      (["l=append(2)", "l=append(3)", "lr=1,2"], ["l=append(2) l=append(3) lr=1", "l=append(2) l=append(3) lr=2"]),
      // A sorted range has its own values, whatever its step misses.
      (["lr=sort(range(0,5,2),reverse=true)"], ["lr=4", "lr=2", "lr=0"]),
      (["lr=sort(range(5,0,-2))"], ["lr=1", "lr=3", "lr=5"]), (["lr=sort(range(0,5,2))"], ["lr=0", "lr=2", "lr=4"]),
      (["lr=sort(range(5,0,-2),reverse=true)"], ["lr=5", "lr=3", "lr=1"]),
      (["lr=sort(range(0,1,0.4),reverse=true)"], ["lr=0.8", "lr=0.4", "lr=0.0"]),
      (["~db", "lr=1,2"], ["~db lr=1", "~db lr=2"]), (["lr=tag(x,sort(3,1,2))"], ["lr=1", "lr=2", "lr=3"]),
    ] as [([String], [String])])
  func runs_expand(overrides: [String], expected: [String]) throws { #expect(try runs(overrides) == expected) }

  @Test(
    arguments: [
      ("params", [], ["db=a lr=2 +x=0", "db=a lr=2 +x=1", "db=b lr=2 +x=0", "db=b lr=2 +x=1"]),
      ("params", ["+x=7", "db=b", "steps=1,2"], ["db=b lr=2 +x=7 steps=1", "db=b lr=2 +x=7 steps=2"]),
      (
        "block", [],
        [
          "db=a lr=0.1 steps=10", "db=a lr=0.2 steps=20", "db=b lr=0.1 steps=10", "db=b lr=0.2 steps=20",
        ]
      ),
      ("union", ["db=a,b"], ["lr=1 db=a", "lr=1 db=b", "lr=2 db=a", "lr=2 db=b", "steps=5 db=a", "steps=5 db=b"]),
      ("config", ["+seeds=three"], ["+seed=0 +seeds=three", "+seed=1 +seeds=three", "+seed=2 +seeds=three"]),
      ("must", ["db=a,b"], ["db=a", "db=b"]),
      // Options that bring sweeps, and options of those.
      (
        "bare", ["+brings=e1,e2"],
        ["a=1 +brings=e1", "a=2 +brings=e1", "b=3 +brings=e2", "b=4 +brings=e2"]
      ),
      ("bare", ["+brings=e1,none"], ["a=1 +brings=e1", "a=2 +brings=e1", "+brings=none"]),
      (
        "bare", ["b=7,8", "+brings=e1,none"],
        ["a=1 b=7 +brings=e1", "a=1 b=8 +brings=e1", "a=2 b=7 +brings=e1", "a=2 b=8 +brings=e1"]
          + ["b=7 +brings=none", "b=8 +brings=none"]
      ),
      ("bare", ["a=5", "+brings=e1,e2"], ["a=5 +brings=e1", "b=3 a=5 +brings=e2", "b=4 a=5 +brings=e2"]),
      ("bare", ["+brings=glob(e*)"], ["a=1 +brings=e1", "a=2 +brings=e1", "b=3 +brings=e2", "b=4 +brings=e2"]),
      (
        "bare", ["+brings=more"],
        ["+further/brings=e1 a=5 +brings=more", "+further/brings=e1 a=6 +brings=more"]
          + ["+further/brings=e2 +brings=more"]
      ),
      ("hydra_params", [], ["+brings=e1 a=1", "+brings=e1 a=2", "+brings=e2 b=3", "+brings=e2 b=4"]),
      // Settings that only what is swept has.
      ("bare", ["+key=one,two", "key.k=5"], ["+key=one key.k=5", "+key=two key.k=5"]),
      ("bare", ["+c={d: 1},{d: 2}", "c.d=5"], ["+c={d:1} c.d=5", "+c={d:2} c.d=5"]),
    ] as [(String, [String], [String])])
  func runs_readTheConfigsSweeps(config: String, overrides: [String], expected: [String]) throws {
    #expect(try runs(overrides, config: config) == expected)
  }

  @Test func runs_compose() throws {
    let composer = Composer(ConfigSources(builtIn: Self.files))
    for config in ["block", "params"] {
      for run in try composer.sweep(config: config, overrides: []).runs {
        let resolved = try composer.compose(config: config, overrides: run.texts)
        #expect(resolved.root[path: "codex"] == nil && resolved.root[path: "hydra"] == nil)
        #expect(
          resolved.root[path: "db.n"]?.value.hasSameContent(
            as: .string(run.texts[0].contains("b='a'") || run.texts[0] == "db=a" ? "a" : "b")) == true)
      }
    }
  }

  @Test func runs_ofShufflesDependOnTheSeedAlone() throws {
    let first = try runs(["lr=shuffle(range(0,20))"])
    #expect(first == (try runs(["lr=shuffle(range(0,20))"])) && first.sorted() != first)
    #expect(first != (try runs(["lr=shuffle(range(0,20),seed=1)"])))
    #expect(Set(first) == Set(try runs(["lr=range(0,20)"])))
  }

  @Test(arguments: [
    (
      ["lr=interval(0,1)"],
      "Cannot sweep over 'lr=interval(0,1)': an interval has no end of values, and here each value is tried. Write steps, range(0,1,0.1), or values, choice(0.1,0.5)."
    ),
    (
      ["lr=glob(*)"],
      "Cannot sweep over 'lr=glob(*)': 'lr' is no config group. glob(…) picks options of a group; to try values, write choice(…)."
    ),
    (["db=glob(z*)"], "Cannot sweep over 'db=glob(z*)': no option of 'db' matches. Available: a, b, big."),
    (
      ["lr=zip(1,2)", "steps=zip(1,2,3)"],
      "Cannot sweep over 'steps=zip(1,2,3)': it has 3 values, and 'lr', zipped with it, has 2. Give both as many, or set one apart with zip(…, group=<name>)."
    ),
    (
      ["hydra.searchpath=1,2"],
      "Cannot sweep over 'hydra.searchpath=1,2': the settings of the sweep itself cannot be swept. Give one value."
    ),
    (
      ["lr=range(5,1)"],
      "Cannot sweep over 'lr=range(5,1)': the range is empty. Its start, its stop and the sign of its step do not go together."
    ),
    (
      ["lr=range(0,1000)", "steps=range(0,1000)"],
      "override 2 ('steps=range(0,1000)'): more than 100000 runs of one sweep. Split or shorten it."
    ),
  ])
  func runs_refuse(overrides: [String], sentence: String) {
    #expect(message { try runs(overrides) } == sentence)
  }

  @Test(arguments: [
    (
      "codex: {swep: {}}\n",
      "built-in configs/x.yaml:1:15: no setting 'codex.swep'. Did you mean 'sweep'? Remove it: nothing reads it."
    ),
    (
      "codex: {sweep: {product: {a: 'range('}}}\n",
      "built-in configs/x.yaml:1:30: In the sweep of 'a': Cannot read the override at column 9: expected a value, got the end.\n  a=range(\n          ^\nQuote the value to use a text."
    ),
    (
      "codex: {sweep: {zip: {a: 1}}}\n",
      "built-in configs/x.yaml:1:26: 'codex.sweep.zip.a' is 1; expected several values. Override with 'codex.sweep.zip.a=<value>'."
    ),
    (
      "hydra: {sweeper: {params: {a: [1]}}}\n",
      "built-in configs/x.yaml:1:31: 'hydra.sweeper.params.a' is [1]; expected text, as after '=' on the command line. Override with 'hydra.sweeper.params.a=<value>'."
    ),
  ])
  func blocks_refuse(text: String, sentence: String) {
    let composer = Composer(ConfigSources(builtIn: ["x.yaml": text]))
    #expect(message { try composer.sweep(config: "x", overrides: []) } == sentence)
  }

  @Test(arguments: [
    ("*", "abc", true), ("a*c", "abc", true), ("a?c", "ac", false), ("[a-c]x", "bx", true), ("[!a-c]x", "bx", false),
    ("[]]", "]", true), ("[a", "[a", true), ("a*b*c", "axxbyyb", false), ("", "", true), ("**a", "a", true),
    ("A", "a", false),
  ])
  func globPattern_matches(pattern: String, name: String, expected: Bool) {
    #expect(GlobPattern(pattern).matches(name) == expected)
  }
}
