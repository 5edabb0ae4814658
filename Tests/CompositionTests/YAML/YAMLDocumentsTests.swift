import Composition
import Storage
import Testing

/// Sources/Composition/YAML/YAMLParser.swift and its parts, over documents of every category of YAML 1.2, valid and invalid
/// (Tests/Fixtures/hydra/README.md).
@Suite struct YAMLDocumentsTests {
  private func read(_ example: JSONValue) -> String {
    do {
      return try canonical(yaml(example["text"]?.text ?? "").json)
    } catch { return "refused: \(error)" }
  }

  /// None that is invalid is read; what is valid has the value that PyYAML reads, or is refused as unsupported.
  @Test func documents_areReadOrRefused() throws {
    var read = 0, unsupported = 0, invalid = 0
    for example in try cases("yaml_documents.jsonl") {
      let name = example["case"]?.text ?? "", got = self.read(example)
      if let value = example["value"] {
        read += 1
        #expect(got == (try canonical(value)), "\(name)")
      } else if example["unsupported"] != nil {
        unsupported += 1
        #expect(got.hasPrefix("refused: x.yaml:") && got.contains(": unsupported: "), "\(name): \(got)")
      } else {
        invalid += 1
        #expect(got.hasPrefix("refused: x.yaml:"), "\(name): \(got)")
      }
    }
    // docs/reference/composition.md gives these figures.
    #expect([read, unsupported, invalid] == [125, 22, 150])
  }

  /// The control: a wrong value, and a text that is read, are told from what is expected.
  @Test func read_tellsValuesApart() throws {
    #expect(read(.object(["text": .string("a: 1\n")])) == "{\"a\":1}")
    #expect(read(.object(["text": .string("a: '1'\n")])) != "{\"a\":1}")
  }

  @Test(arguments: [
    ("a: [1]#no\n", "x.yaml:1:7: not readable YAML: a comment needs a space before '#'; add it, or quote the value"),
    (
      "a: [1,\n2]\n",
      "x.yaml:2:1: not readable YAML: this line goes on with a value and is not indented; indent it more than the key"
    ),
    (
      "a: 'x\ny'\n",
      "x.yaml:2:1: not readable YAML: this line goes on with a quoted value and is not indented; indent it more than the key"
    ),
    ("a: 1\n\tb: 2\n", "x.yaml:2:2: not readable YAML: a tab before an entry; indent with spaces"),
    (
      "a: é: c\n",
      "x.yaml:1:4: not readable YAML: a mapping starts on a line of its own; move it there, or quote the text that has ': '"
    ),
    ("é: [1, 2\n", "x.yaml:2:1: not readable YAML: ']' or '}' is missing; add it, or quote the text"),
    ("a: \"x\n", "x.yaml:1:4: not readable YAML: this quote is not closed; add the other one"),
    (
      "a: 1\n---\nb: 2\n",
      "x.yaml:2:1: not readable YAML: unsupported: several documents; keep one of them in this file"
    ),
  ])
  func read_pointsAtTheDefect(text: String, sentence: String) { #expect(message { try yaml(text) } == sentence) }

  /// Aliases count by what they stand for, wherever quotes and comments try to hide them.
  @Test func read_boundsAliases() {
    let levels = (1...30).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
    for (start, end) in [
      ("", ""), ("z: x\n  'y\n", ""), ("z: \"x\"\n# '\n", ""), ("z: |\n '\n", ""), ("z: it's\n", ""),
      ("z: [a, it's]\n", ""),
      ("", "? *a30\n: 1\n"), ("z: >1\n '\n", ""), ("? x'\n: 1\n", ""), ("z: [a?'a', -'b']\n", ""),
    ] {
      let got = message { try yaml(start + "a0: &a0 xxxxxxxx\n" + levels + end) }
      #expect(got?.contains("more than 100000 values") == true, "\(start)\(got ?? "read")")
    }
    let flow =
      "{a0: &a0 x, "
      + (1...40).map { "a\($0): &a\($0) [*a\($0 - 1),*a\($0 - 1)], \"k\($0)\":*a\($0)" }.joined(separator: ",") + "}"
    #expect(message { try yaml(flow) }?.contains("more than 100000 values") == true)
    #expect(message { try yaml("a: &a [1, *a]\n") } != nil)
    #expect(message { try yaml("a: &x 1\nb: &x [*x]\n") }?.contains("'*x' names no anchor before it") == true)
  }
}
