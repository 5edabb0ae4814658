import Composition
import OrderedCollections
import Randomness
import TestSupport
import Testing

/// Sources/Composition/YAML/YAMLPrinter.swift, YAMLStringStyle.swift and YAMLStringWriter.swift. The texts expected
/// here were printed by OmegaConf 2.3.0.
@Suite struct YAMLPrinterTests {
  @Test func print_layout() throws {
    let text =
      "{a: [], b: {}, c: [1, [2, {d: x, e: [y]}]], n: 1e-5, 'yes': 1e16, f: .inf, g: '${a}', h: '???', i: '1_000'}"
    #expect(
      YAMLPrinter.print(try yaml(text)) == """
        a: []
        b: {}
        c:
        - 1
        - - 2
          - d: x
            e:
            - 'y'
        'n': 1.0e-05
        'yes': 1.0e+16
        f: .inf
        g: ${a}
        h: ???
        i: '1_000'

        """)
  }

  @Test func print_foldsAtColumn80() throws {
    let words = Array(repeating: "seven77", count: 14).joined(separator: " ")
    #expect(
      YAMLPrinter.print(try yaml("a:\n  b: \(words)\n  c: '\(words): x'\n")) == """
        a:
          b: seven77 seven77 seven77 seven77 seven77 seven77 seven77 seven77 seven77 seven77
            seven77 seven77 seven77 seven77
          c: 'seven77 seven77 seven77 seven77 seven77 seven77 seven77 seven77 seven77 seven77
            seven77 seven77 seven77 seven77: x'

        """)
  }

  /// What is printed is read back equal.
  @Test func print_thenRead() throws {
    try withEvery("seed", in: 0..<200) { seed in
      var random = RandomStream(seed: UInt64(seed), "yaml printer")
      let node = ConfigNode(.mapping(["root": Self.value(&random, depth: 0)]), origin: .implied)
      let text = YAMLPrinter.print(node)
      let read = try yaml(text)
      #expect(read.value.hasSameContent(as: node.value), "\(text)")
    }
  }

  /// The control: a string printed as it stands is not always read back equal.
  @Test func read_ofBareStringsDiffers() throws {
    let string = ConfigValue.mapping(["a": ConfigNode(.string("yes"), origin: .implied)])
    #expect(try !yaml("a: yes").value.hasSameContent(as: string))
  }

  private static let pieces = [
    "a", "b c", " ", ":", ": ", "#", " #", "\n", "\t", "é", "\u{85}", "\u{2028}", "\u{7}", "'", "\"", "\\", "[", "}",
    "-", "?",
    "yes", "null", "~", "1e3", "0x1F", "12:30", "2020-01-01", "<<", "=", "&x", "*x", "!", "|", ">", "%", "@", "`", ",",
    "lorem ipsum dolor sit amet consetetur sadipscing elitr sed diam nonumy eirmod tempor invidunt ut labore",
  ]

  private static func text(_ random: inout RandomStream) -> String {
    (0..<random.index(below: 5)).map { _ in pieces[random.index(below: pieces.count)] }.joined()
  }

  private static func value(_ random: inout RandomStream, depth: Int) -> ConfigNode {
    let kind = random.index(below: depth < 3 ? 8 : 6)
    let value: ConfigValue
    switch kind {
    case 0: value = .null
    case 1: value = .bool(random.index(below: 2) == 0)
    case 2: value = .int(random.index(below: 2_000) - 1_000)
    case 3: value = .float(Double(random.index(below: 1_000_000) - 500_000) * 1e-9)
    case 4, 5: value = .string(text(&random))
    case 6: value = .list((0..<random.index(below: 4)).map { _ in Self.value(&random, depth: depth + 1) })
    default:
      var entries: OrderedDictionary<String, ConfigNode> = [:]
      for _ in 0..<random.index(below: 4) {
        let key = text(&random)
        if key != "<<" { entries[key] = Self.value(&random, depth: depth + 1) }
      }
      value = .mapping(entries)
    }
    return ConfigNode(value, origin: .implied)
  }
}
