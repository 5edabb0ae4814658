import Serving
import Storage
import Testing

@Suite struct AccessRulesTests {  // Sources/Serving/HTTP/AccessRules.swift
  private static let key = "0123456789abcdef0123456789abcdef"

  @Test(arguments: [
    ("localhost", 200), ("LOCALHOST:8080", 200), ("127.0.0.1:1", 200), ("[::1]:8080", 200), ("plans.example", 200),
    ("evil.test", 403), ("localhost.evil.test", 403), ("127.0.0.1.nip.io", 403), ("localhost:", 403),
    ("localhost:99999", 403), ("[::1", 403), ("a@localhost", 403), (":8080", 403),
  ])
  func host_mustBeOneOfTheServers(host: String, status: Int) throws {
    #expect(try Exchange(Fixture.service(), "GET", "/v1/models", host: host).status == status)
  }

  @Test(arguments: [
    ("http://localhost:3000", 200), ("https://plans.example", 200), ("http://evil.test", 403), ("null", 403),
    ("file://", 403), ("http://127.0.0.1.evil.test", 403),
  ])
  func origin_mustNotBeForeign(origin: String, status: Int) throws {
    let answer = try Exchange(Fixture.service(), "GET", "/v1/models", fields: ["Origin: \(origin)"])
    #expect(answer.status == status)
    #expect(!answer.fields.contains { $0.name.lowercased().hasPrefix("access-control") })
  }

  @Test(arguments: [
    ("Bearer \(key)", 200), ("bearer \(key)", 200), ("Bearer \(key)x", 401), ("Bearer ", 401), (key, 401),
    ("Basic \(key)", 401),
  ])
  func key_mustBeShown(authorization: String, status: Int) throws {
    let service = try Fixture.service(key: Self.key)
    #expect(try Exchange(service, "GET", "/v1/models", fields: ["Authorization: \(authorization)"]).status == status)
    #expect(try Exchange(service, "GET", "/v1/models", fields: []).status == 401)
    #expect(try Exchange(service, "GET", "/healthz", fields: []).status == 200, "probes hold no key")
  }

  @Test(arguments: ["0.0.0.0", "::", "192.168.0.1", "example.org", "127.0.0.1.evil.test", "1270.0.0.1"])
  func address_thatOthersReachNeedsAKey(address: String) throws {
    #expect(throws: ServingError.keyRequired(host: address)) { try AccessRules(boundTo: address, key: nil) }
    #expect(throws: Never.self) { try AccessRules(boundTo: address, key: Self.key) }
  }

  @Test(arguments: [([], 200), (["plans.example"], 403)] as [([String], Int)])
  func everyAddress_goesByAnyNameUnlessNamesAreGiven(names: [String], status: Int) throws {
    let rules = try AccessRules(boundTo: "0.0.0.0", names: names, key: Self.key)
    let head = try RequestHead(
      parsing: Array("GET / HTTP/1.1\r\nHost: codex.pod:8080\r\nAuthorization: Bearer \(Self.key)\r\n\r\n".utf8),
      limits: ServingLimits())
    var found = 200
    do { try rules.check(head) } catch { found = error.status }
    #expect(found == status)
  }

  @Test(arguments: ["127.0.0.1", "127.1.2.3", "::1", "localhost", "LocalHost"])
  func loopback_needsNone(address: String) {
    #expect(throws: Never.self) { try AccessRules(boundTo: address, key: nil) }
  }
}
