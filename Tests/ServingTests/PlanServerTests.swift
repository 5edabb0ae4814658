import Serving
import Storage
import Testing

/// Tests that block a thread while they wait for a server: one at a time, for the server's tasks need a thread, too.
@Suite(.serialized) enum BlockingTests {}

extension BlockingTests {
  /// A server on a real socket of this machine, and clients that behave and misbehave.
  @Suite struct PlanServerTests {  // Sources/Serving/Server/
    /// Runs `body` against a server and stops it.
    private func withServer<R>(
      _ limits: ServingLimits = ServingLimits(), endless: Bool = false, _ body: (PlanServer) throws -> R
    ) throws -> R {
      let server = try PlanServer.start(
        Fixture.service(limits: limits, search: endless ? Fixture.endless : nil), host: "127.0.0.1", port: 0)
      defer { server.stop() }
      return try body(server)
    }

    private func ask(_ server: PlanServer, _ text: String, seconds: Double = 10) throws -> RawClient.Reply {
      let client = try #require(RawClient(port: server.port))
      client.send(text)
      return client.receive(seconds: seconds)
    }

    @Test func request_isAnsweredAndTheConnectionCloses() throws {
      try withServer { (server) throws in
        let reply = try ask(server, RawRequest.plan("3 + 4", more: #","reasoning":{"effort":"high"}"#))
        #expect(reply.status == 200 && reply.isClosed && reply.answerCount == 1)
        #expect(reply.json?["output"]?[0]?["content"]?[0]?["type"] == .string("output_text"))
        #expect(reply.text.lowercased().contains("\r\nx-request-id: req_"))
      }
    }

    @Test func bytesThatComeOneByOne_areARequest() throws {
      try withServer { (server) throws in
        let client = try #require(RawClient(port: server.port))
        for byte in RawRequest.plan("3 + 4").utf8 { client.send([byte]) }
        #expect(client.receive().status == 200)
        let waiting = try #require(RawClient(port: server.port))
        let parts = RawRequest.plan("3 + 4", fields: "Expect: 100-continue\r\n").split(separator: "{", maxSplits: 1)
        waiting.send(String(parts[0]))
        let goOn = waiting.receive(seconds: 0.5)
        #expect(goOn.text == "HTTP/1.1 100 Continue\r\n\r\n")
        waiting.send("{" + parts[1])
        #expect(waiting.receive().status == 200)
      }
    }

    /// Methods and their headers as RFC 9110 has them, whatever the path; an answer to HEAD ends with its head.
    @Test(arguments: [
      ("HEAD", "/healthz", 200, nil), ("HEAD", "/v1/models", 200, nil), ("HEAD", "/nothing", 404, nil),
      ("HEAD", "/v1/responses", 405, "POST, OPTIONS"), ("OPTIONS", "/v1/responses", 204, "POST, OPTIONS"),
      ("OPTIONS", "/healthz", 204, "GET, HEAD, OPTIONS"), ("OPTIONS", "*", 204, "GET, HEAD, POST, OPTIONS"),
      ("PUT", "/v1/models", 405, "GET, HEAD, OPTIONS"), ("TRACE", "/readyz", 405, "GET, HEAD, OPTIONS"),
      ("BREW", "/healthz", 501, nil), ("get", "/healthz", 501, nil), ("GET", "http://localhost/healthz", 200, nil),
    ])
    func method_isAnsweredAsTheStandardSays(method: String, path: String, status: Int, allow: String?) throws {
      try withServer { (server) throws in
        let reply = try ask(server, "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n")
        #expect(reply.status == status && reply.isClosed, "\(reply.text)")
        let field = reply.text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("allow:") }
        #expect(field.map { String($0.dropFirst(7)) } == allow, "\(reply.text)")
        if method == "HEAD" || status == 204 { #expect(reply.text.hasSuffix("\r\n\r\n"), "\(reply.text)") }
        if status == 204 { #expect(!reply.text.lowercased().contains("content-length")) }
      }
    }

    @Test func refusalsOfHEAD_haveNoBody() throws {
      try withServer { (server) throws in
        for head in ["HEAD / HTTP/2.0\r\nHost: localhost\r\n\r\n", "HEAD /v1/models HTTP/1.1\r\nHost: other\r\n\r\n"] {
          let reply = try ask(server, head)
          #expect([403, 505].contains(reply.status) && reply.text.hasSuffix("\r\n\r\n"), "\(reply.text)")
        }
      }
    }

    /// Each smuggles a second request, which must not be answered.
    @Test(arguments: [
      ("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
      ("Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n", 400),
      ("Content-Length: 0\r\nContent-Length: 44\r\n\r\n", 400), ("Content-Length: +0\r\n\r\n", 400),
      ("Content-Length: 0x0\r\n\r\n", 400), ("Content-Length : 0\r\n\r\n", 400), ("Content-Length: 0\n\r\n", 400),
      ("Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
      ("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400),
      ("Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400), ("X: a\r\n folded: b\r\nContent-Length: 0\r\n\r\n", 400),
      ("Content-Length: 0\r\nX: a\rb\r\n\r\n", 400), ("Content-Length: 0\r\nX: \u{0}\r\n\r\n", 400),
      ("Connection: keep-alive\r\nContent-Length: 0\r\n\r\n", 415), ("Content-Length: 0\r\n\r\n", 415),
      ("Upgrade: h2c\r\nConnection: Upgrade\r\nContent-Length: 0\r\n\r\n", 415),
    ])
    func secondRequest_isNeverRead(fields: String, status: Int) throws {
      try withServer { (server) throws in
        let reply = try ask(
          server, "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\n" + fields + RawRequest.health + RawRequest.health)
        #expect(reply.status == status, "\(reply.text)")
        #expect(reply.answerCount == 1 && reply.isClosed && !reply.text.contains("\"ok\""))
        #expect(try ask(server, RawRequest.health).status == 200, "others are served on")
      }
    }

    @Test func oversizedRequests_areRefusedBeforeTheyAreWhole() throws {
      try withServer { (server) throws in
        let cases = [
          ("GET /" + String(repeating: "a", count: 9 << 10), 414),
          ("GET / HTTP/1.1\r\nHost: localhost\r\nX: " + String(repeating: "a", count: 30 << 10), 431),
          ("GET / HTTP/1.1\r\nHost: localhost\r\n" + String(repeating: "X: a\r\n", count: 100), 431),
          ("POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10485760\r\n\r\n{", 413),
        ]
        for (text, status) in cases {
          let reply = try ask(server, text)
          #expect(reply.status == status && reply.isClosed, "\(reply.text.prefix(200))")
          #expect(reply.json?["error"]?["message"] != nil)
        }
        let client = try #require(RawClient(port: server.port))
        client.send("POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10485760\r\n\r\n")
        for _ in 0..<40 where client.send([UInt8](repeating: 0x20, count: 1 << 18)) {}
        #expect(client.receive().status == 413, "also while the body is still being sent")
      }
    }

    @Test func slowClients_areClosed() throws {
      var limits = ServingLimits()
      (limits.requestSeconds, limits.idleSeconds, limits.lingerSeconds) = (0.6, 0.6, 0.2)
      try withServer(limits) { (server) throws in
        let silent = try #require(RawClient(port: server.port))
        let starts = ["GET / HT", "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{"]
        let slow = try starts.map { start in
          let client = try #require(RawClient(port: server.port))
          client.send(start)
          return client
        }
        for client in slow {
          for _ in 0..<4 { client.send(" ") }  // bytes do not buy time
          let reply = client.receive(seconds: 3)
          #expect(reply.status == 408 && reply.isClosed)
        }
        #expect(silent.receive(seconds: 3).isClosed)
        #expect(eventually { server.connectionCount == 0 })
      }
    }

    @Test func control_aServerWithoutTheDeadlineWaits() throws {
      try withServer { (server) throws in
        let client = try #require(RawClient(port: server.port))
        client.send("GET / HT")
        #expect(!client.receive(seconds: 1.5).isClosed)
      }
    }

    @Test(arguments: ["reset", "finish", "close"]) func clientThatLeaves_stopsItsPlanning(how: String) throws {
      try withServer(endless: true) { (server) throws in
        var clients = (0..<4).compactMap { _ in RawClient(port: server.port) }
        for client in clients { client.send(RawRequest.plan(Fixture.hard)) }
        #expect(eventually { server.planCount == 4 })
        for client in clients where how != "close" {
          if how == "reset" { client.reset() } else { client.finish() }
        }
        if how == "close" { clients = [] }
        #expect(eventually { server.planCount == 0 })
        #expect(eventually { server.connectionCount == 0 })
        #expect(try ask(server, RawRequest.plan("3 + 4", more: #","reasoning":{"effort":"low"}"#)).status == 200)
      }
    }

    @Test func connectionsBeyondTheLimit_areTurnedAway() throws {
      var limits = ServingLimits()
      (limits.connectionCount, limits.reservedConnectionCount) = (3, 2)
      try withServer(limits, endless: true) { (server) throws in
        let held = (0..<3).compactMap { _ in RawClient(port: server.port) }
        for client in held { client.send(RawRequest.plan(Fixture.hard)) }
        #expect(held.count == 3 && eventually { server.planCount == 3 })
        for _ in 0..<4 {
          let reply = try ask(server, RawRequest.plan("3 + 4"))
          #expect(reply.status == 503 && reply.text.contains("Retry-After: 1"))
          // Places are kept for whoever asks whether the server is there.
          #expect(try ask(server, RawRequest.health).status == 200)
        }
        withExtendedLifetime(held) {}
      }
    }

    /// Whoever says nothing, or never comes to an end of it, keeps nobody out: neither in number nor for long.
    @Test(arguments: ["", "GET /healthz HTTP/1.1\r\nHost: loc"])
    func silentConnections_giveWay(start: String) throws {
      var limits = ServingLimits()
      (limits.connectionCount, limits.reservedConnectionCount, limits.peerConnectionCount) = (20, 4, 24)
      try withServer(limits) { (server) throws in
        let silent = (0..<60).compactMap { _ in RawClient(port: server.port) }
        for client in silent { client.send(start) }
        #expect(silent.count == 60)
        for _ in 0..<10 {
          #expect(try ask(server, RawRequest.plan("3 + 4")).status == 200)
          #expect(try ask(server, RawRequest.health).status == 200)
        }
        #expect(server.connectionCount <= 24)
        // The oldest went; the newest are still there.
        #expect(try #require(silent.first).receive(seconds: 1).isClosed)
        #expect(!(try #require(silent.last).receive(seconds: 0.2).isClosed))
      }
    }

    /// Without the key nothing is held: neither a body's room nor the time that it might take to come.
    @Test func bodiesWithoutTheKey_areNotWaitedFor() throws {
      let server = try PlanServer.start(
        Fixture.service(key: "0123456789abcdef"), host: "127.0.0.1", port: 0)
      defer { server.stop() }
      let head = "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\n"
      let strangers = (0..<32).compactMap { _ in RawClient(port: server.port) }
      for client in strangers { client.send(head + "\r\n{") }
      for client in strangers {
        let reply = client.receive(seconds: 3)
        #expect(reply.status == 401 && reply.isClosed)
      }
      let good = RawRequest.plan("3 + 4", fields: "Authorization: Bearer 0123456789abcdef\r\n")
      for _ in 0..<10 { #expect(try ask(server, good).status == 200) }
      // The control: with the key the body is waited for.
      let known = try #require(RawClient(port: server.port))
      known.send(head + "Authorization: Bearer 0123456789abcdef\r\n\r\n{")
      #expect(!known.receive(seconds: 0.5).isClosed)
    }

    /// Where the process may open few files, fewer connections are taken on, and none waits for a file in vain.
    @Test func limits_fitTheFilesThatMayBeOpen() {
      let limits = ServingLimits()
      #expect(limits.fitted(toDescriptors: 1024) == limits)
      for count in [0, 41, 48, 64, 100, 200, 375, 376] {
        let fitted = limits.fitted(toDescriptors: count)
        let open = fitted.connectionCount + fitted.reservedConnectionCount + fitted.refusalCount
        #expect(open <= max(8, count - 40) && fitted.connectionCount >= 6 && fitted.reservedConnectionCount >= 1)
        #expect(fitted.peerConnectionCount >= 1 && fitted.peerConnectionCount <= limits.peerConnectionCount)
      }
    }

    @Test func bodiesInTransit_areLimitedTogether() throws {
      var limits = ServingLimits()
      limits.pendingBodyByteCount = 2500
      try withServer(limits) { (server) throws in
        let head = "POST /v1/responses HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"
        let held = (0..<2).compactMap { _ in RawClient(port: server.port) }
        for client in held { client.send(head) }
        #expect(eventually { server.connectionCount == 2 })
        #expect(try ask(server, head).status == 503)
        #expect(try ask(server, RawRequest.plan("3 + 4")).status == 200)
        withExtendedLifetime(held) {}
      }
    }

    @Test func portInUse_isAnError() throws {
      try withServer { (server) throws in
        let error = #expect(throws: ServingError.self) {
          try PlanServer.start(Fixture.service(), host: "127.0.0.1", port: server.port)
        }
        #expect("\(error.map { "\($0)" } ?? "")".hasPrefix("cannot listen on 127.0.0.1 port \(server.port): "))
      }
    }
  }
}

/// Whether `condition` comes true within a few seconds.
func eventually(seconds: Double = 60, _ condition: () -> Bool) -> Bool {
  let start = RawClient.now()
  while !condition() {
    guard RawClient.now() - start < seconds else { return false }
    RawClient.pause()
  }
  return true
}
