import Composition
import Testing

/// Sources/Composition/Interpolation.
@Suite struct InterpolationResolverTests {
  private func resolved(_ text: String) throws -> String {
    let sources = ConfigSources(builtIn: ["config.yaml": text])
    return try canonical(Composer(sources).compose(config: "config").root.json)
  }

  @Test(arguments: [
    ("a: 1\nb: ${a}\n", "{\"a\":1,\"b\":1}"),
    ("a: {x: [7, 8]}\nb: ${a.x[1]}\nc: ${a[x].0}\n", "{\"a\":{\"x\":[7,8]},\"b\":8,\"c\":7}"),
    ("m: {x: 1, y: '${.x}', z: {w: '${..x}'}}\n", "{\"m\":{\"x\":1,\"y\":1,\"z\":{\"w\":1}}}"),
    (
      "l: [{id: p, ref: '${.id}', other: '${..1.id}'}, {id: q}]\n",
      "{\"l\":[{\"id\":\"p\",\"other\":\"q\",\"ref\":\"p\"},{\"id\":\"q\"}]}"
    ),
    ("k: x\nm: {x: 3}\nb: ${m.${k}}\n", "{\"b\":3,\"k\":\"x\",\"m\":{\"x\":3}}"),
    ("n: null\nt: true\nf: 1.0\ns: ${n}-${t}-${f}\n", "{\"f\":1,\"n\":null,\"s\":\"None-True-1.0\",\"t\":true}"),
    ("a: {x: '${.y}', y: 2}\nb: ${a}\nc: ${b.x}\n", "{\"a\":{\"x\":2,\"y\":2},\"b\":{\"x\":2,\"y\":2},\"c\":2}"),
    ("a: \\${x}\nb: 1\nc: \\\\${b}\n", "{\"a\":\"${x}\",\"b\":1,\"c\":\"\\\\1\"}"), ("a: ???\n", "{\"a\":\"???\"}"),
  ])
  func resolve_replaces(text: String, expected: String) throws { #expect(try resolved(text) == expected) }

  @Test(arguments: [
    ("a: ${b}\nb: ${a}\n", "'${b}' at 'a': it refers to itself (a → b → a). Give one of them a value."),
    ("a: {b: '${a}'}\n", "'${a}' at 'a.b': it contains itself (a.b → a). Refer to one of its values."),
    (
      "train: 1\na: ${tran}\n",
      "'${tran}' at 'a': no setting 'tran' (did you mean 'train'?). Write a path from the root, or '.' for a neighbour."
    ),
    ("a: ${...x}\n", "'${...x}' at 'a': '${...x}' leaves the configuration. Use fewer dots."),
    ("a: ???\nb: ${a}\n", "'${a}' at 'b': 'a' must be given (it is '???'). Set it with 'a=<value>'."),
    (
      "a: {}\nb: x${a}\n",
      "'x${a}' at 'b': '${a}' is a mapping, which has no place in a string. Refer to one of its values."
    ),
    (
      "a: 1\nb: {c: '${l.${a}}'}\nl: [x, y]\n",
      "'${l.${a}}' at 'b.c': '${a}' stands for a key and is an integer, not a text. Quote the value there."
    ),
    ("l: [1]\nb: ${l.x}\n", "'${l.x}' at 'b': 'x' is no index of the list 'l'. Write a number."),
    (
      "a: {x: '${b}'}\nb: {y: '${a}'}\n",
      "'${b}' at 'a.x': it contains itself (a.x → b → a.x). Refer to one of its values."
    ),
    ("a: ${b\n", "'${b' at 'a': '${' is not closed: expected '.', '[' or '}'. Add '}'."),
    ("a: ${}\n", "'${}' at 'a': expected a key at column 3, got '}'. Write ${path.to.value}, or '\\${' for the text."),
    (
      "a: ${..}\n",
      "'${..}' at 'a': expected a key at column 5, got '}'. Write ${path.to.value}, or '\\${' for the text."
    ),
    (
      "a: ${x${y}}\n",
      "'${x${y}}' at 'a': expected '.', '[' or '}' at column 5, got '{'. Write ${path.to.value}, or '\\${' for the text."
    ),
    (
      "a: ${oc.env:HOME}\n",
      "'${oc.env:HOME}' at 'a': the environment variable 'HOME' is not given to configurations. Allow it, give a default (${oc.env:HOME,default}), or pass the value as an override."
    ),
    (
      "a: ${oc.selct:b}\n",
      "'${oc.selct:b}' at 'a': there is no resolver 'oc.selct' (did you mean 'oc.select'?). Known: codex, hydra, now, oc.create, oc.decode, oc.deprecated, oc.dict.keys, oc.dict.values, oc.env, oc.select."
    ),
    (
      "a: '${now:%Y}'\n",
      "'${now:%Y}' at 'a': configurations have no clock here. Write the time out, or pass it as an override."
    ),
  ])
  func resolve_refuses(text: String, sentence: String) {
    let got = message { try resolved(text) }
    #expect(got?.hasSuffix("cannot resolve " + sentence) == true, "\(got ?? "nothing thrown")")
  }

  @Test func resolve_boundsExpansion() {
    let bomb = "a0: [x, x]\n" + (1...20).map { "a\($0): ['${a\($0 - 1)}', '${a\($0 - 1)}']\n" }.joined()
    #expect(message { try resolved(bomb) }?.contains("more than 100000 resolved values") == true)
    let text = "a0: xxxxxxxx\n" + (1...20).map { "a\($0): ${a\($0 - 1)}${a\($0 - 1)}\n" }.joined()
    #expect(message { try resolved(text) }?.contains("the text passes 65536 bytes") == true)
    let chain = "a0: 1\n" + (1...100).map { "a\($0): ${a\($0 - 1)}\n" }.reversed().joined()
    #expect(message { try resolved(chain) }?.contains("more than 64 references in a chain") == true)
  }
}
