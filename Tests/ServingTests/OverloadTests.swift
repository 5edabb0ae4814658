import Glibc
import Serving
import Synchronization
import Testing

extension BlockingTests {
  /// More clients than the server takes on, and its end.
  @Suite struct OverloadTests {  // Sources/Serving/Server/Occupancy.swift
    /// What `count` clients got that asked at once, one thread each.
    private func crowd(_ count: Int, port: Int, _ text: String, seconds: Double) -> [RawClient.Reply] {
      let replies = Mutex<[RawClient.Reply]>([])
      Threads.run(count) { _ in
        guard let client = RawClient(port: port) else { return }
        client.send(text)
        let reply = client.receive(seconds: seconds)
        replies.withLock { $0.append(reply) }
      }
      return replies.withLock { $0 }
    }

    @Test func crowd_isAnsweredOrTurnedAwayAtOnce() throws {
      var limits = ServingLimits()
      (limits.workers, limits.queueLength) = (2, 16)
      let server = try PlanServer.start(
        Fixture.service(limits: limits, search: Fixture.long), host: "127.0.0.1", port: 0)
      defer { server.stop() }
      // The first crowd pays for the memory that plans take; the second must not need more.
      _ = crowd(100, port: server.port, RawRequest.plan(Fixture.hard), seconds: 60)
      #expect(eventually { server.planCount == 0 })
      let memoryBefore = Memory.residentBytes()
      let replies = crowd(100, port: server.port, RawRequest.plan(Fixture.hard), seconds: 60)
      let counts = Dictionary(grouping: replies, by: \.status).mapValues(\.count)
      #expect(counts.keys.sorted() == [200, 429], "\(counts)")
      #expect(counts[200] ?? 0 >= 18 && counts.values.reduce(0, +) == 100, "\(counts)")
      let refused = replies.filter { $0.status == 429 }
      #expect(refused.allSatisfy { $0.text.lowercased().contains("\r\nretry-after: 1\r\n") })
      let answers = Set(replies.filter { $0.status == 200 }.map { "\($0.json?["output"]?[0]?["content"] ?? .null)" })
      #expect(answers.count == 1, "whoever shares the server, the answer is the same")
      #expect(eventually { server.planCount == 0 && server.connectionCount == 0 })
      #expect(Memory.residentBytes() - memoryBefore < 32 << 20)
    }

    /// Nobody is answered here, so a refusal that waited for a plan would never come: no clock decides.
    @Test func refusals_doNotWaitForPlans() throws {
      var limits = ServingLimits()
      (limits.workers, limits.queueLength, limits.drainSeconds) = (2, 16, 0.1)
      let server = try PlanServer.start(
        Fixture.service(limits: limits, search: Fixture.endless), host: "127.0.0.1", port: 0)
      defer { server.stop() }
      let accepted = (0..<18).compactMap { _ in RawClient(port: server.port) }
      for client in accepted { client.send(RawRequest.plan(Fixture.hard)) }
      #expect(eventually { server.planCount == 18 })
      let replies = crowd(82, port: server.port, RawRequest.plan(Fixture.hard), seconds: 60)
      #expect(replies.count == 82 && replies.allSatisfy { $0.status == 429 })
      #expect(server.planCount == 18, "and whoever was accepted is still planned for")
      withExtendedLifetime(accepted) {}  // a client that is let go of hangs up
    }

    @Test func control_aLongerQueueTakesThemAll() throws {
      var limits = ServingLimits()
      limits.queueLength = 100
      let server = try PlanServer.start(Fixture.service(limits: limits), host: "127.0.0.1", port: 0)
      defer { server.stop() }
      let replies = crowd(60, port: server.port, RawRequest.plan("3 + 4"), seconds: 30)
      #expect(replies.count == 60 && replies.allSatisfy { $0.status == 200 })
    }

    @Test func end_answersWhatWasAskedAndTakesNoMore() throws {
      let server = try PlanServer.start(Fixture.service(search: Fixture.long), host: "127.0.0.1", port: 0)
      let clients = (0..<6).compactMap { _ in RawClient(port: server.port) }
      for client in clients { client.send(RawRequest.plan(Fixture.hard)) }
      #expect(eventually { server.planCount == 6 })
      server.stop()
      for client in clients { #expect(client.receive().status == 200) }
      #expect(RawClient(port: server.port) == nil)
    }

    @Test func end_comesInTimeAlsoWhenPlanningDoesNot() throws {
      var limits = ServingLimits()
      limits.drainSeconds = 0.5
      let server = try PlanServer.start(
        Fixture.service(limits: limits, search: Fixture.endless), host: "127.0.0.1", port: 0)
      let clients = (0..<3).compactMap { _ in RawClient(port: server.port) }
      for client in clients { client.send(RawRequest.plan(Fixture.hard)) }
      #expect(eventually { server.planCount == 3 })
      server.stop()  // which would never return if it waited for plans that never end
      for client in clients {
        let reply = client.receive()
        #expect(reply.isClosed && [0, 503].contains(reply.status), "\(reply.text)")
      }
    }
  }
}
