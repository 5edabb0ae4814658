import Composition
import Testing

/// Sources/Composition/Interpolation: ResolverCall.swift, WallClockTime+Format.swift.
@Suite struct ResolverCallTests {
  private static let inputs = ResolverInputs(
    environment: ["NAME": "x y", "EMPTY": ""], now: WallClockTime(unixSeconds: 1_709_211_845.25, utcOffsetSeconds: 3600)
  )

  private func resolved(_ text: String) throws -> String {
    let sources = ConfigSources(builtIn: ["config.yaml": text])
    return try canonical(Composer(sources, inputs: Self.inputs).compose(config: "config").root["v"].json)
  }

  @Test(arguments: [
    ("v: ${oc.env:NAME}", "\"x y\""), ("v: ${oc.env:EMPTY,d}", "\"\""), ("v: ${oc.env:NO,1.50}", "\"1.5\""),
    ("v: ${oc.env:NO,null}", "null"), ("v: a${oc.env:NO,b}c", "\"abc\""), ("v: v_${a}\na: ${oc.env:NAME}", "\"v_x y\""),
    ("v: v_${a}\na: \\${b}", "\"v_${b}\""), ("a: NAME\nv: '${oc.env:${a}}'", "\"x y\""),
    ("a: 1\nv: ${oc.select:a}", "1"), ("v: ${oc.select:zz}", "null"), ("v: ${oc.select:zz,7}", "7"),
    ("a: ???\nv: ${oc.select:a,7}", "7"), ("a: 1\nv: ${oc.select:a.b,7}", "7"),
    ("m: {a: 1}\nv: ${oc.select:m}", "{\"a\":1}"),
    ("m: {a: 1, b: '${oc.select:.a}'}\nv: ${m.b}", "1"), ("v: '${oc.select:zz,[1,{a: b c}]}'", "[1,{\"a\":\"b c\"}]"),
    ("v: '${oc.select:zz,\"a, b\"}'", "\"a, b\""), ("b: 2\nv: '${oc.select:zz,\"a${b}\"}'", "\"a2\""),
    ("v: ${oc.select:zz,}", "\"\""), ("v: '${oc.select:zz, a b }'", "\"a b\""), ("v: '${oc.select:zz,a:b}'", "\"a:b\""),
    ("v: '${oc.select:zz,a\\,b}'", "\"a,b\""), ("v: ${oc.decode:'12'}", "12"),
    ("v: '${oc.decode:\"[1, {a: 0x1}]\"}'", "[1,{\"a\":\"0x1\"}]"),
    ("s: '{a: ${b}}'\nb: 3\nv: ${oc.decode:${s}}", "{\"a\":3}"), ("v: ${oc.decode:null}", "null"),
    ("b: 3\nv: '${oc.create:{a: 1, b: \"${b}\"}}'", "{\"a\":1,\"b\":\"3\"}"),
    ("v: '${oc.create:\"a: 1\"}'", "{\"a\":1}"),
    ("v: '${oc.create:x}'", "{\"x\":null}"), ("m: {a: 1, b: 2}\nv: ${oc.dict.keys:m}", "[\"a\",\"b\"]"),
    ("m: {a: 1, b: '${.a}'}\nv: ${oc.dict.values:m}", "[1,1]"),
    ("m: {a: 1, b: '${v.0}'}\nv: ${oc.dict.values:m}", "[1,1]"),
    ("m: {'a b': 1}\nv: ${oc.dict.values:m}", "[1]"), ("a: 5\nv: ${oc.deprecated:a}", "5"),
    ("a: {x: 1, y: '${c.x}'}\nc: ${a}\nv: ${c.y}", "1"),
    ("v: ${now:%Y-%m-%d_%H:%M:%S.%f}", "\"2024-02-29_14:04:05.250000\""),
    ("v: '${now:%j %a %A %b %p %I %y %u %%}'", "\"060 Thu Thursday Feb PM 02 24 4 %\""),
    ("f: select\na: 1\nv: '${oc.${f}:a}'", "1"), ("v: ${hydra:job.config_name}", "\"config\""),
    ("v: ${codex:runtime.choices}", "{}"),
  ])
  func outcome_ofCalls(text: String, expected: String) throws { #expect(try resolved(text) == expected, "\(text)") }

  @Test(arguments: [
    ("v: ${oc.env:NO}", "the environment variable 'NO' is not given"),
    ("v: ${oc.env:1}", "argument 1 of oc.env is an integer, not a text"),
    ("v: ${oc.select:}", "oc.select takes 1 or 2 arguments, not 0"),
    ("v: ${oc.decode:1}", "oc.decode reads a text, not an integer"),
    ("v: '${oc.decode:\"[1\"}'", "expected ',' or ']'"), ("v: ${oc.dict.keys:zz}", "no setting 'zz'"),
    ("a: 1\nv: ${oc.dict.keys:a}", "'a' is an integer, not a mapping"),
    ("v: ${oc.deprecated:zz}", "no setting 'zz', which 'v' was replaced by"),
    ("v: ${oc.create:1}", "oc.create makes no configuration of an integer"),
    ("v: '${now:%Q}'", "'%Q' is no pattern of a time"),
    ("v: ${hydra:runtime.cwd}", "'hydra:runtime.cwd' is not known here"),
    ("a: {v: '${oc.select:a}'}\n", "it contains itself (a.v → a)"),
    ("v: ${exec:ls}", "there is no resolver 'exec'"),
    ("f: 1\nv: '${oc.${f}:a}'", "'${f}' stands for a key and is an integer"),
  ])
  func outcome_refuses(text: String, problem: String) {
    let got = message { try resolved(text) }
    #expect(got?.contains(problem) == true, "\(got ?? "resolved")")
  }

  @Test func notices_nameTheNewKey() throws {
    let resolved = try Composer(
      ConfigSources(builtIn: [
        "config.yaml":
          "new: 1\nold: ${oc.deprecated:new}\nm: {old: '${oc.deprecated:new,\"$OLD_KEY is $NEW_KEY\"}'}\n"
      ])
    ).compose(config: "config")
    #expect(
      resolved.notices.map(\.message) == [
        "'old' is deprecated. Change your code and config to use 'new'", "m.old is new",
      ])
  }

  @Test(
    arguments: [
      (0, "1970-01-01 00:00:00 4"), (951_782_400, "2000-02-29 00:00:00 2"), (-1, "1969-12-31 23:59:59 3"),
      (4_107_542_400, "2100-03-01 00:00:00 1"), (1_735_689_599, "2024-12-31 23:59:59 2"),
    ] as [(Double, String)])
  func formatted_dates(seconds: Double, expected: String) {
    #expect(WallClockTime(unixSeconds: seconds).formatted("%F %T %w") == expected)
  }
}

extension ConfigNode {
  fileprivate subscript(key: String) -> ConfigNode {
    self[child: key] ?? ConfigNode(.string("absent"), origin: .implied)
  }
}
