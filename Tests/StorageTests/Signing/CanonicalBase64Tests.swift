import Foundation
import Storage
import TestSupport
import Testing

@Suite struct CanonicalBase64Tests {
  @Test func text_equalsFoundations_andIsReadBack() {
    withEvery("count", in: 0..<70) { count in
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
      let text = CanonicalBase64.text(of: bytes)
      #expect(text == Data(bytes).base64EncodedString())
      #expect(CanonicalBase64.bytes(of: text) == bytes)
    }
  }

  @Test func bytes_acceptsOneSpellingOnly() {
    // Every text of four characters of a small alphabet: those accepted are those that are written.
    let characters = Array("AB/w=-_ \n")
    for a in characters {
      for b in characters {
        for c in characters {
          for d in characters {
            let text = String([a, b, c, d])
            if let bytes = CanonicalBase64.bytes(of: text) {
              #expect(CanonicalBase64.text(of: bytes) == text)
            } else {
              let foundation = Data(base64Encoded: text)?.base64EncodedString()
              #expect(foundation != text, "'\(text)' is canonical and was refused")
            }
          }
        }
      }
    }
    #expect(CanonicalBase64.bytes(of: "YQ") == nil && CanonicalBase64.bytes(of: "YQ==YQ==") == nil)
  }
}
