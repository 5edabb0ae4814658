import Composition
import Testing

/// Sources/Composition/Merging: ConfigMerge.swift and ConfigEdit.swift.
@Suite struct ConfigEditTests {
  private static let files = ["config.yaml": "a: 1\nb: {c: x, d: null, e: '???'}\nl: [1, {k: 2}]\n"]

  private func edited(_ override: String) throws -> String {
    try canonical(compose(Self.files, override).root.json)
  }

  @Test func merge_deepensMappingsReplacesListsAndKeepsWhatIsMissing() throws {
    let files = [
      "config.yaml": "defaults: [p, q]\n", "p.yaml": "m: {a: 1, b: 2}\nl: [1, 2]\ns: 1\n",
      "q.yaml": "m: {b: 3, c: 4}\nl: [9]\ns: ???\n",
    ]
    #expect(try canonical(compose(files).root.json) == "{\"l\":[9],\"m\":{\"a\":1,\"b\":3,\"c\":4},\"s\":1}")
  }

  @Test(arguments: [
    ("a: ${t}\nt: {x: 1, y: 2}\n", "{\"a\":{\"x\":9,\"y\":2},\"t\":{\"x\":1,\"y\":2}}"),
    ("a: ${t}\nt: 5\n", "{\"a\":{\"x\":9},\"t\":5}"), ("a: ${zz}\n", "{\"a\":{\"x\":9}}"),
    ("a: {x: '${t}'}\nt: {q: 1}\n", "{\"a\":{\"x\":9},\"t\":{\"q\":1}}"),
    ("a: '${oc.create:{y: 2}}'\n", "{\"a\":{\"x\":9,\"y\":2}}"),
  ])
  func merge_meetsACopyOfWhatAnInterpolationLeadsTo(text: String, expected: String) throws {
    let files = ["config.yaml": "defaults: [p, q]\n", "p.yaml": text, "q.yaml": "a: {x: 9}\n"]
    #expect(try canonical(compose(files).root.json) == expected)
  }

  @Test func merge_refusesListsForMappings() {
    let files = ["config.yaml": "defaults: [p, q]\n", "p.yaml": "m: {a: {b: 1}}\n", "q.yaml": "m: {a: [1]}\n"]
    #expect(
      message { try compose(files) }
        == "built-in configs/q.yaml:1:8: cannot merge a list into 'm.a', which holds a mapping (built-in configs/p.yaml:1:8). Make both the same, or use another key."
    )
  }

  @Test func apply_suggestsSettings() {
    let files = ["config.yaml": "training: {rate: 1, steps: 2}\nmodel: {depth: 3}\n"]
    for (override, hint) in [
      ("trainig.rate=1", "Did you mean 'training.rate'?"), ("training.rat=1", "Did you mean 'training.rate'?"),
      ("depth=1", "Did you mean 'model.depth'?"), ("nothing=1", "No such setting. To add"),
    ] {
      let got = message { try compose(files, override) }
      #expect(got?.contains(hint) == true, "\(got ?? "composed")")
    }
  }

  @Test(arguments: [
    ("a=2", "{\"a\":2,\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[1,{\"k\":2}]}"),
    ("b={c:y}", "{\"a\":1,\"b\":{\"c\":\"y\",\"d\":null,\"e\":\"???\"},\"l\":[1,{\"k\":2}]}"),
    ("l=[]", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[]}"),
    ("l.1.k=5", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[1,{\"k\":5}]}"),
    ("+b.f.g=1", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\",\"f\":{\"g\":1}},\"l\":[1,{\"k\":2}]}"),
    ("+b.d=1", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":1,\"e\":\"???\"},\"l\":[1,{\"k\":2}]}"),
    ("++a.b=1", "{\"a\":{\"b\":1},\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[1,{\"k\":2}]}"),
    ("~b", "{\"a\":1,\"l\":[1,{\"k\":2}]}"),
    ("~l.0", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[{\"k\":2}]}"),
    ("l=append(3,x)", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[1,{\"k\":2},3,\"x\"]}"),
    ("l=prepend([0])", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[[0],1,{\"k\":2}]}"),
    ("++l=remove({k:2})", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[1]}"),
    (
      "+b.n.m=append(1)", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\",\"n\":{\"m\":[1]}},\"l\":[1,{\"k\":2}]}"
    ),
    ("++b.d=append(1)", "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":[1],\"e\":\"???\"},\"l\":[1,{\"k\":2}]}"),
    ("~a=null", "{\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[1,{\"k\":2}]}"),
    ("~a=1.0", "{\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[1,{\"k\":2}]}"),
    ("~a=1", "{\"b\":{\"c\":\"x\",\"d\":null,\"e\":\"???\"},\"l\":[1,{\"k\":2}]}"),
  ])
  func apply_edits(override: String, expected: String) throws { #expect(try edited(override) == expected) }

  @Test(arguments: [
    ("b.cc=1", "Could not override 'b.cc'. No such setting. Did you mean 'b.c'? To add it, use '+b.cc=…'."),
    ("b={cc:1}", "Could not override 'b.cc'. No such setting. Did you mean 'b.c'? To add it, use '+b.cc=…'."),
    ("a.b=1", "Could not override 'a.b'. No such setting. To add it, use '+a.b=…'."),
    (
      "+a=2",
      "Could not append to config. An item is already at 'a'. To change it: 'a=2'; to change or add it: '++a=2'."
    ),
    ("~zz", "Could not delete from config. 'zz' does not exist."),
    ("~a=2", "Could not delete from config. The value of 'a' is 1 and not 2."),
    ("l.7=1", "'l' is a list of 2; '7' is no index of it. To add an element, write 'l=append(…)'."),
    ("l=remove(7)", "7 is not in 'l'. It has: 1, {k: 2}."),
    ("a=append(7)", "'a' is 1, not a list. To make it one, write 'a=[…]'."),
    ("b.d=append(7)", "'b.d' is null, not a list. To make it one, write 'b.d=[…]'."),
    (
      "ll=append(7)",
      "Could not override 'll'. No such setting. Did you mean 'l'? To add it, use '+ll=…'."
    ),
    (
      "+l=append(1)",
      "Could not append to config. An item is already at 'l'. To change it: 'l=append(1)'; to change or add it: '++l=append(1)'."
    ),
    (
      "b=[1]",
      "cannot merge a list into 'b', which holds a mapping (built-in configs/config.yaml:2:4). Delete it first with '~b'."
    ),
  ])
  func apply_refuses(override: String, sentence: String) {
    #expect(message { try edited(override) } == "override 1 ('\(override)'): \(sentence)")
  }
}
