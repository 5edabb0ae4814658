import Randomness
import Storage
import TestSupport
import Testing

@Suite struct CanonicalJSONTests {
  /// RFC 8785, appendix B: the bits of a double and its text.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"), (0x4340_0000_0000_0000, "9007199254740992"),
      (0xc340_0000_0000_0000, "-9007199254740992"), (0x4430_0000_0000_0000, "295147905179352830000"),
      (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"), (0x44b5_2d02_c7e1_4af6, "1e+23"),
      (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"), (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
      (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"), (0x444b_1ae4_d6e2_ef50, "1e+21"),
      (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"), (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
      (0x41b3_de43_5555_5553, "333333333.3333332"), (0x41b3_de43_5555_5554, "333333333.33333325"),
      (0x41b3_de43_5555_5555, "333333333.3333333"), (0x41b3_de43_5555_5556, "333333333.3333334"),
      (0x41b3_de43_5555_5557, "333333333.33333343"), (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)]) func write_formatsDoublesLikeECMAScript(bits: UInt64, text: String) throws
  {
    #expect(try string(.double(Double(bitPattern: bits))) == text)
  }

  /// RFC 8785, section 3.2.2: the sample of literals, numbers and escapes.
  @Test func write_agreesWithTheSampleOfTheRFC() throws {
    let input = #"""
      {
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
      }
      """#
    let expected =
      #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
      + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
    #expect(try string(JSONReader.parse(Array(input.utf8))) == expected)
  }

  /// RFC 8785, section 3.2.3: keys in order of UTF-16 code units, in which 😀 comes before U+FB33.
  @Test func write_sortsKeysByUTF16() throws {
    let input = #"{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}"#
    let value = try JSONReader.parse(Array(input.utf8))
    #expect(try string(value) == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\u{fb33}\":3}")
  }

  @Test func write_escapesControlCharactersOnly() throws {
    #expect(
      try string(.string("\0\u{1}\u{8}\t\n\u{b}\u{c}\r\u{1f} \u{7f}/é\"\\")) == #""\u0000\u0001\b\t\n\u000b\f\r\u001f "#
        + "\u{7f}" + #"/é\"\\""#)
  }

  @Test func write_keepsLargeIntegersExact() throws {
    #expect(try string(.array([.int(.max), .int(.min)])) == "[9223372036854775807,-9223372036854775808]")
  }

  @Test func write_refusesWhatJSONCannotSay() {
    for value in [Double.nan, .infinity, -.infinity] {
      #expect(storageError { _ = try CanonicalJSON.write(.array([.double(value)])) }?.kind == .cannotCreate)
    }
    #expect(storageError { _ = try CanonicalJSON.write(.object(["a": .null, "b": .null, "a": .null])) } != nil)
  }

  /// parse(write(v)) = v for values in normal form, and write is a fixed point: canonical bytes do not change again.
  @Test func write_roundTrips() throws {
    try withEvery("seed", in: 0..<500) { seed in
      var random = RandomStream(seed: UInt64(seed), "json")
      let value = Self.value(&random, depth: 0)
      let bytes = try CanonicalJSON.write(value)
      let again = try JSONReader.parse(bytes)
      #expect(try CanonicalJSON.write(again) == bytes)
      #expect(try string(again) == String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Every double comes back bit for bit (-0 as 0).
  @Test func write_roundTripsRandomDoubles() throws {
    var random = RandomStream(seed: 1, "doubles")
    for _ in 0..<20_000 {
      let double = Double(bitPattern: random.next())
      guard double.isFinite else { continue }
      switch try JSONReader.parse(CanonicalJSON.write(.double(double))) {
      case .double(let back): #expect(back == double)
      case .int(let back): #expect(Double(back) == double)
      default: Issue.record("\(double) came back as something else")
      }
    }
  }

  private func string(_ value: JSONValue) throws -> String {
    String(decoding: try CanonicalJSON.write(value), as: UTF8.self)
  }

  private static func value(_ random: inout RandomStream, depth: Int) -> JSONValue {
    switch random.index(below: depth < 5 ? 7 : 5) {
    case 0: .null
    case 1: .bool(random.index(below: 2) == 0)
    case 2: .int(Int64(bitPattern: random.next() >> UInt64(random.index(below: 64))))
    case 3: .double(random.normal() * 1e3)
    case 4: .string(text(&random))
    case 5: .array((0..<random.index(below: 5)).map { _ in value(&random, depth: depth + 1) })
    default:
      .object(
        JSONObject(
          (0..<random.index(below: 5)).map {
            JSONObject.Member("\($0)" + text(&random), value(&random, depth: depth + 1))
          }))
    }
  }

  private static func text(_ random: inout RandomStream) -> String {
    String(
      (0..<random.index(below: 24)).map { _ in
        ["a", "\"", "\\", "\n", "\u{1}", "é", "😀", "\u{fb33}", "z"][random.index(below: 9)] as Character
      })
  }
}
