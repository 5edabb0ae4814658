import Composition
import TestSupport
import Testing

/// Sources/Composition/YAML/YAMLReader.swift, YAMLParser.swift and YAMLScalar.swift.
@Suite struct YAMLReaderTests {
  @Test func read_agreesWithOmegaConf() throws {
    for example in try cases("yaml_scalars.jsonl") {
      let text = example["yaml"]?.text ?? ""
      guard let expected = example["value"] else {
        #expect(message { try yaml(text) } != nil, "\(text)")
        continue
      }
      let node = try yaml(text)
      var actual = try canonical(node[child: "a"]?.json ?? .null)
      if example["type"]?.text == "float" {
        actual = actual.replacing("\".", with: "\"").replacing("-.inf", with: "-inf")
      }
      #expect(actual == (try canonical(expected)), "\(text)")
      #expect(YAMLPrinter.print(node) == example["dump"]?.text, "\(text)")
    }
  }

  @Test func read_keepsLinesAndColumns() throws {
    let node = try yaml("a:\n  - x\n  - b: é\n")
    #expect(node[path: "a.1.b"]?.origin == .file(path: "x.yaml", line: 3, column: 8))
  }

  @Test func read_ofNothingIsAnEmptyMapping() throws {
    for text in ["", "# only a comment\n", "---\n", "null\n"] { #expect(try yaml(text).entries?.isEmpty == true) }
  }

  @Test func read_mergesAliases() throws {
    let node = try yaml("base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  y: 3\n")
    #expect(try canonical(node[child: "own"]?.json ?? .null) == "{\"x\":1,\"y\":3}")
  }

  @Test(arguments: [
    ("a: 1\na: 2\n", "x.yaml:2:1: found duplicate key 'a'. Keep one of the two."),
    ("a: [1\n", "x.yaml:2:1: not readable YAML: ']' or '}' is missing; add it, or quote the text"),
    ("a: *b\n", "x.yaml:1:4: not readable YAML: '*b' names no anchor before it; write '&b' at the value it stands for"),
    ("a: !x 1\n", "x.yaml:1:4: not readable YAML: unsupported: the tag '!x'; leave it out"),
    (
      "a: !!set {b}\n",
      "x.yaml:1:4: not readable YAML: unsupported: the tag 'tag:yaml.org,2002:set' on a mapping; leave it out"
    ),
    (
      "a: 99999999999999999999\n",
      "x.yaml:1:4: not readable YAML: the integer 99999999999999999999 does not fit 64 bits"
    ),
    (
      "[a]: 1\n",
      "x.yaml:1:4: not readable YAML: unsupported: a key that is no scalar on one line; quote the text if it is no key"
    ),
  ])
  func read_refuses(text: String, sentence: String) { #expect(message { try yaml(text) } == sentence) }

  @Test func read_refusesBytesThatAreNotText() {
    let sentence = message { try YAMLReader.read([0x61, 0x3A, 0x20, 0xFF], file: "x.yaml") }
    #expect(sentence == "x.yaml:1:1: not readable YAML: the bytes are not UTF-8; save the file as UTF-8")
  }

  @Test func read_boundsSizeDepthAndAliases() throws {
    let depth = CompositionLimits.yamlDepth
    let flow = { (count: Int) in "a: " + String(repeating: "[", count: count) + String(repeating: "]", count: count) }
    #expect(message { try yaml(flow(depth - 1)) } == nil)
    #expect(message { try yaml(flow(depth)) } == "x.yaml:1:67: more than 64 nested collections. Split or shorten it.")
    #expect(message { try yaml(flow(100_000)) }?.contains("nested collections") == true)
    let block = (0..<100).map { String(repeating: " ", count: $0) + "k:\n" }.joined()
    #expect(message { try yaml(block) } == "x.yaml:65:65: more than 64 nested collections. Split or shorten it.")
    #expect(message { try yaml(String(repeating: "- ", count: 100) + "1") }?.contains("nested collections") == true)
    func bomb(_ scalar: String) -> String {
      "a0: &a0 \(scalar)\n" + (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
    }
    #expect(message { try yaml(bomb("x")) } == "x.yaml:16:18: more than 100000 values. Split or shorten it.")
    let big = message { try yaml(bomb(String(repeating: "x", count: 100))) }
    #expect(big == "x.yaml:14:12: more than 1048576 bytes with aliases expanded. Split or shorten it.")
    let wide = "a: &a [\(String(repeating: "1,", count: 9_000))]\nb: [\(String(repeating: "*a,", count: 20))]\n"
    #expect(message { try yaml(wide) }?.contains("more than 100000 values") == true)
    let long = String(repeating: "#", count: CompositionLimits.yamlByteCount + 1)
    #expect(message { try yaml(long) } == "x.yaml:1:1: more than 262144 bytes. Split or shorten it.")
  }

  /// The sign counts before the magnitude is judged, in every base.
  @Test(arguments: [
    ("-9223372036854775808", Int.min), ("-0x8000000000000000", .min), ("-01000000000000000000000", .min),
    ("9223372036854775807", .max), ("-9223372036854775807", -.max), ("-9_223_372_036_854_775_808", .min),
  ])
  func integers_reachBothEnds(text: String, value: Int) throws {
    let composed = try Composer(ConfigSources(builtIn: ["x.yaml": "x: \(text)\n"])).compose(config: "x")
    guard case .int(value)? = composed.subtree("x")?.value else {
      Issue.record("\(String(describing: composed.subtree("x")))")
      return
    }
    let again = try Composer(ConfigSources(builtIn: ["x.yaml": composed.resolvedYAML])).compose(config: "x")
    #expect(again.digest == composed.digest, "what codex prints it reads")
  }

  @Test(arguments: ["9223372036854775808", "-9223372036854775809", "0x8000000000000000", "18446744073709551616"])
  func integers_beyondAreRefused(text: String) {
    #expect(throws: ConfigError.self) {
      try Composer(ConfigSources(builtIn: ["x.yaml": "x: \(text)\n"])).compose(config: "x")
    }
  }
}
