import Storage
import Testing

@Suite struct JSONReaderTests {
  static let accepted: [(String, JSONValue)] = [
    ("null", .null), ("true", .bool(true)), ("false", .bool(false)), (" \t\r\n null \n", .null),
    ("0", .int(0)), ("-0", .double(-0.0)), ("1", .int(1)), ("-1", .int(-1)), ("10", .int(10)),
    ("9223372036854775807", .int(.max)), ("-9223372036854775808", .int(.min)),
    ("9007199254740993", .int(9_007_199_254_740_993)), ("100000000000000000000", .double(1e20)),
    ("0.0", .double(0)), ("1.0", .double(1)), ("0.1", .double(0.1)), ("-2.5", .double(-2.5)), ("1e0", .double(1)),
    ("1E+2", .double(100)), ("1e-2", .double(0.01)), ("123.456e3", .double(123_456)),
    ("5e-324", .double(.leastNonzeroMagnitude)),
    ("1.7976931348623157e308", .double(.greatestFiniteMagnitude)), ("1e-999", .double(0)),
    ("0.30000000000000004", .double(0.1 + 0.2)),
    ("2.2250738585072011e-308", .double(Double.leastNormalMagnitude.nextDown)),
    ("9007199254740993.0", .double(9_007_199_254_740_992)), ("1e23", .double(1e23)),
    ("123456789012345678901234567890e-10", .double(12_345_678_901_234_567_890.123456789)),
    ("\"\"", .string("")), ("\"a\"", .string("a")),
    ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", .string("\"\\/\u{8}\u{c}\n\r\t")),
    ("\"\\u0041\"", .string("A")), ("\"\\u0000\"", .string("\0")), ("\"\\uD83D\\uDE00\"", .string("😀")),
    ("\"\\ud83d\\ude00x\"", .string("😀x")), ("\"é😀\"", .string("é😀")), ("\"\u{7f}\"", .string("\u{7f}")),
    ("\"\u{2028}\"", .string("\u{2028}")), ("\"longer than fifteen bytes\"", .string("longer than fifteen bytes")),
    ("\"\\uFFFF\"", .string("\u{FFFF}")), ("\"a\\nb\"", .string("a\nb")),
    ("[]", .array([])), ("[ ]", .array([])), ("[1]", .array([.int(1)])),
    ("[1, [2, []]]", .array([.int(1), .array([.int(2), .array([])])])),
    ("{}", .object([:])), ("{ }", .object([:])), ("{\"a\":1}", .object(["a": .int(1)])),
    ("{\"b\":1,\"a\":2}", .object(["b": .int(1), "a": .int(2)])), ("{\"\":null}", .object(["": .null])),
    ("{ \"a\" : { \"a\" : [ ] } }", .object(["a": .object(["a": .array([])])])),
    (
      String(repeating: "[", count: 64) + String(repeating: "]", count: 64),
      (0..<64).reduce(nil) { inner, _ in .array(inner.map { [$0] } ?? []) } ?? .null
    ),
  ]

  @Test(arguments: accepted.indices) func parse_accepts(index: Int) throws {
    let (text, expected) = Self.accepted[index]
    #expect(try JSONReader.parse(Array(text.utf8)) == expected, "\(text)")
  }

  static let refused: [String] = [
    "", " ", "nul", "nulll", "True", "tru", "none", "undefined", "NaN", "Infinity", "-Infinity", "+1", "01", "-01",
    "00",
    "1.", ".5", "-", "-.5", "1e", "1e+", "1.e3", "0x10", "1_000", "1 2", "1,", "--1", "1e999", "-1e999", "1.8e308",
    "9223372036854775808", "-9223372036854775809", "18446744073709551615", "123456789012345678901234567890",
    "\"", "\"a", "'a'", "\"\\x\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\U0041\"", "\"\\\"", "\"a\nb\"", "\"a\tb\"",
    "\"\u{0}\"",
    "\"\u{1f}\"", "\"\\uD800\"", "\"\\uDC00\"", "\"\\uD800\\uD800\"", "\"\\uD800x\"", "\"\\uD800\\n\"",
    "\"\\uDE00\\uD83D\"",
    "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1,,2]", "[1}", "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1",
    "{\"a\":1,}",
    "{a:1}", "{'a':1}", "{1:1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{,}", "{\"a\":1]", "{\"a\":1}}", "[][]", "{}x",
    "null\0",
    "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "{\"b\":{\"x\":1,\"x\":1}}", "\u{feff}1", "[1]//c", "/*c*/1",
    "\u{a0}1",
    "\u{b}1", String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
    String(repeating: "{\"a\":", count: 65) + "1" + String(repeating: "}", count: 65),
    String(repeating: "[", count: 100_000),
    String(repeating: "{\"a\":", count: 100_000),
  ]

  @Test(arguments: refused.indices) func parse_refuses(index: Int) {
    let error = storageError { _ = try JSONReader.parse(Array(Self.refused[index].utf8)) }
    #expect(error?.kind == .badData, "\(Self.refused[index].prefix(80))")
  }

  /// Bytes that are no UTF-8, in and outside strings.
  @Test(
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0x80, 0x22], [0xFF], [0xFE, 0xFF, 0x00, 0x31],
      [0x31, 0x00],
      [0xEF, 0xBB, 0xBF, 0x31],
    ] as [[UInt8]]) func parse_refusesBytes(bytes: [UInt8])
  {
    #expect(storageError { _ = try JSONReader.parse(bytes) }?.kind == .badData)
  }

  @Test func parse_findsRepeatedKeysAmongMany() throws {
    let keys = (0..<1_000).map { "\"k\($0)\":\($0)" }
    #expect(try JSONReader.parse(Array("{\(keys.joined(separator: ","))}".utf8))["k999"] == .int(999))
    for repeated in [0, 15, 16, 17, 998] {
      let text = "{\(keys.joined(separator: ",")),\"k\(repeated)\":0}"
      #expect(storageError { _ = try JSONReader.parse(Array(text.utf8)) } != nil)
    }
  }

  @Test func parse_obeysByteLimit() {
    #expect(
      storageError { _ = try JSONReader.parse(Array("[1,2]".utf8), maximumByteCount: 4) }
        == .tooLarge(path: "JSON", byteCount: 5, limit: 4))
  }

  @Test func errors_nameTheByte() {
    func message(_ text: String) -> String {
      storageError { _ = try JSONReader.parse(Array(text.utf8)) }.map { "\($0)" } ?? ""
    }
    #expect(
      message("{\"a\":1,\"a\":2}")
        == "JSON: byte 7: expected distinct keys, got a second \"a\". "
        + "Restore the file from its source or write it again."
    )
    #expect(message("[1,]").hasPrefix("JSON: byte 3: expected a JSON value, got ']'."))
    #expect(message("[1").hasPrefix("JSON: byte 2: expected ',' or ']', got the end of the input."))
    #expect(message("\u{1b}[2J").hasPrefix("JSON: byte 0: expected a JSON value, got '\\u{1B}'."))
  }
}
