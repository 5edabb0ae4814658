import Serving
import Testing

@Suite struct RequestHeadTests {  // Sources/Serving/HTTP/RequestHead.swift
  private func read(_ text: String, _ limits: ServingLimits = ServingLimits()) throws -> RequestHead {
    try RequestHead(parsing: Array(text.utf8), limits: limits)
  }

  @Test func head_isRead() throws {
    let head = try read(
      "POST /v1/responses?x=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\nX-A:  b \t\r\n\r\n")
    #expect(head.method == "POST" && head.path == "/v1/responses" && head.bodyByteCount == 12)
    #expect(head["host"] == "localhost" && head["x-a"] == "b" && head["nothing"] == nil)
    #expect(!head.expectsContinue)
    #expect(try read("GET / HTTP/1.1\r\nHost: h\r\nExpect: 100-Continue\r\n\r\n").expectsContinue)
  }

  @Test(arguments: [
    "", "\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", "GET /\r\nHost: a\r\n\r\n", "GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n", "GET http://u@a/x HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET a:80 HTTP/1.1\r\nHost: a\r\n\r\n", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", "GET / HTTP/1.a\r\nHost: a\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n\r\n",
    "GET * HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTQ/1.1\r\nHost: a\r\n\r\n", "G@T / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\r\nHost: a\n\r\n", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n X: folded\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\tX: folded\r\n\r\n",
    "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\n: empty\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\u{0}b\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: ä\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x5\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n",
  ])
  func head_thatIsAmbiguousIsRefused(text: String) {
    let error = #expect(throws: APIError.self) { try read(text) }
    #expect(error?.status == 400 && error?.code == "malformed_request", "\(String(describing: error))")
  }

  @Test(arguments: [
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
    ("GET / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n", 417), ("GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
    ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
  ])
  func head_thatCannotBeServedSaysWhy(text: String, status: Int) {
    #expect(#expect(throws: APIError.self) { try read(text) }?.status == status)
  }

  /// Targets, versions and blank lines that RFC 9112 has servers accept.
  @Test(arguments: [
    ("GET http://B:80/x?y HTTP/1.1\r\nHost: a\r\n\r\n", "/x", "B:80"),
    ("GET http://b HTTP/1.1\r\nHost: a\r\n\r\n", "/", "b"),
    ("GET http://b?q HTTP/1.1\r\nHost: a\r\n\r\n", "/", "b"), ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "*", "a"),
    ("GET / HTTP/1.0\r\nHost: a\r\nExpect: 200-ok\r\n\r\n", "/", "a"), ("GET / HTTP/1.2\r\nHost: a\r\n\r\n", "/", "a"),
    ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "/", "a"),
  ])
  func head_isReadInEveryFormThatServersAccept(text: String, path: String, host: String) throws {
    let head = try read(text)
    #expect(head.path == path && head["host"] == host && !head.expectsContinue)
  }

  @Test func head_isLimitedInAll() throws {
    func head(fields: Int, bytes: Int) -> String {
      let size = bytes / fields - 6
      return "GET / HTTP/1.1\r\n"
        + (0..<fields).map { $0 == 0 ? "Host: a\r\n" : "X\($0 % 10): " + String(repeating: "a", count: size) + "\r\n" }
        .joined()
        + "\r\n"
    }
    #expect(throws: Never.self) { try read(head(fields: 64, bytes: 16 << 10)) }
    #expect(#expect(throws: APIError.self) { try read(head(fields: 65, bytes: 8 << 10)) }?.status == 431)
    #expect(#expect(throws: APIError.self) { try read(head(fields: 20, bytes: 18 << 10)) }?.status == 431)
    #expect(
      #expect(throws: APIError.self) {
        try read("GET /" + String(repeating: "a", count: 8 << 10) + " HTTP/1.1\r\nHost: a\r\n\r\n")
      }?.status == 414)
  }

  @Test func control_withoutTheLimitTheSameHeadIsRead() throws {
    let text = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n"
    var limits = ServingLimits()
    limits.bodyByteCount = 1 << 21
    #expect(try read(text, limits).bodyByteCount == 1_048_577)
  }
}
