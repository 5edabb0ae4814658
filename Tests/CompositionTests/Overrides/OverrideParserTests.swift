import Composition
import Testing

/// Sources/Composition/Overrides.
@Suite struct OverrideParserTests {
  @Test(arguments: [
    ("a=1", "1"), ("a=-1", "-1"), ("a=.5", "0.5"), ("a=1e3", "1000.0"), ("a=1_000", "1000"), ("a=012", "'012'"),
    ("a=1__0", "'1__0'"), ("a=-inf", "-.inf"), ("a=NaN", ".nan"), ("a=tRue", "true"), ("a=NULL", "null"),
    ("a=yes", "'yes'"), ("a=", "''"), ("a=x y", "'x y'"), ("a= x ", "'x'"), ("a=\\ x", "' x'"), ("a='1'", "'1'"),
    ("a='a\\'b'", "'a'b'"), ("a='a\\\\'", "'a\\'"), ("a=\"a\\b\"", "'a\\b'"), ("a=a\\,b", "'a,b'"), ("a=a:b", "'a:b'"),
    ("a=C:\\x", "'C:\\x'"), ("a=1.2.3", "'1.2.3'"), ("a=inf_x", "'inf_x'"), ("a=${x}", "'${x}'"),
    ("a=${x.${y}}", "'${x.${y}}'"), ("a=[]", "[]"), ("a=[ 1 , b c ]", "[1, 'b c']"),
    ("a={x:1,y:[2,{z:3}]}", "{x: 1, y: [2, {z: 3}]}"), ("a={a b:1}", "{a b: 1}"), ("a=[a:b]", "['a:b']"),
  ])
  func parse_values(text: String, spelled: String) throws {
    guard case .element(let element)? = try OverrideParser.parse(text).value else {
      Issue.record("not one value: \(text)")
      return
    }
    #expect(ConfigText.brief(element.node(at: .implied).value) == spelled)
  }

  @Test(
    arguments: [
      ("a.b=1", Override.Action.change, "a.b", nil), ("+a=1", .add, "a", nil), ("++a=1", .forceAdd, "a", nil),
      ("~a", .delete, "a", nil), ("~a/b@p=x", .delete, "a/b", "p"), ("a@=1", .change, "a", ""),
      ("a.0=1", .change, "a.0", nil),
      ("a$=1", .change, "a$", nil), ("=1", .change, "", nil),
    ] as [(String, Override.Action, String, String?)])
  func parse_keys(text: String, action: Override.Action, key: String, package: String?) throws {
    let override = try OverrideParser.parse(text)
    #expect(override.action == action && override.key == key && override.package == package)
  }

  @Test(arguments: [
    "0=1", "-a=1", "a@p:q=1", "a/b.c=1", "a b=1", "a =1", "a=b=c", "a=é", "a=a#b", "a=a<b", "a=~", "a=''''", "a=a'b",
    "~~a", "++a",
    "a={x}", "a=(", "a=,", "a=1,", "a=[1,2", "a={a:1", "a='x", "a=99999999999999999999",
  ])
  func parse_refuses(text: String) { #expect(message { try OverrideParser.parse(text) } != nil) }

  @Test func parse_pointsAtTheColumn() {
    #expect(
      message { try OverrideParser.parse("optim.lr=[1,2") } == """
        Cannot read the override at column 14: expected ',' or ']', got the end.
          optim.lr=[1,2
                       ^
        Quote the value to use a text.
        """)
    #expect(
      message { try OverrideParser.parse("a=x;y") } == """
        Cannot read the override at column 4: unexpected ';'.
          a=x;y
             ^
        Quote the value: key='…' (inside shell quotes).
        """)
  }

  @Test func parse_boundsDepthAndSize() {
    let deep = "a=" + String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
    #expect(message { try OverrideParser.parse(deep) }?.contains("more than 32 nested values") == true)
    let long = "a=" + String(repeating: "x", count: CompositionLimits.overrideByteCount)
    #expect(message { try OverrideParser.parse(long) }?.contains("more than 65536 bytes") == true)
    #expect(
      message { try OverrideParser.parse(Array(repeating: "a=1", count: 1025)) }?.contains("1024 overrides") == true)
  }
}
