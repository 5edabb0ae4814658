import Randomness
import Serving
import Synchronization
import Testing

@Suite struct ConnectionTableTests {  // Sources/Serving/Server/ConnectionTable.swift
  private static func limits(
    _ count: Int, reserve: Int = 1, peer: Int = 100, refusals: Int = 2
  ) -> ServingLimits {
    var limits = ServingLimits()
    (limits.connectionCount, limits.reservedConnectionCount) = (count, reserve)
    (limits.peerConnectionCount, limits.refusalCount) = (peer, refusals)
    (limits.pendingBodyByteCount, limits.peerBodyByteCount) = (100, 60)
    return limits
  }

  /// Numbers in the order in which they came.
  private final class Noted: Sendable {
    private let numbers = Mutex<[Int]>([])

    func add(_ number: Int) { numbers.withLock { $0.append(number) } }

    var value: [Int] { numbers.withLock { $0 } }
  }

  /// A ticket, or why there is none; evicted tickets are noted.
  private final class Door {
    let table: ConnectionTable
    let evicted = Noted()
    private var number = 0

    init(_ limits: ServingLimits) { table = ConnectionTable(limits) }

    func enter(_ peer: String = "a") -> (ticket: UInt64?, isRefused: Bool) {
      let (own, evicted) = (number, evicted)
      number += 1
      switch table.enter(from: peer, evict: { evicted.add(own) }) {
      case .ticket(let ticket): return (ticket, false)
      case .refused(let ticket): return (ticket, true)
      case .dropped: return (nil, true)
      }
    }
  }

  @Test func oldestSilentConnection_givesWay() throws {
    let door = Door(Self.limits(2))
    let tickets = (0..<3).map { _ in door.enter().ticket }
    #expect(door.evicted.value == [])
    #expect(try door.table.speak(#require(tickets[0]), isHealthCheck: false))
    _ = door.enter()
    #expect(door.evicted.value == [1], "0 has asked")
    _ = door.enter()
    #expect(door.evicted.value == [1, 2])
    #expect(door.table.count == 3)
    #expect(try !door.table.speak(#require(tickets[1]), isHealthCheck: true), "it is gone")
  }

  @Test func asking_isRefusedBeyondTheCountButForHealthChecks() throws {
    let door = Door(Self.limits(2, reserve: 2))
    let tickets = try (0..<4).map { _ in try #require(door.enter().ticket) }
    #expect(door.table.speak(tickets[0], isHealthCheck: false) && door.table.speak(tickets[1], isHealthCheck: false))
    #expect(!door.table.speak(tickets[2], isHealthCheck: false))
    door.table.turnAway(tickets[2])
    #expect(door.table.speak(tickets[3], isHealthCheck: true))
    // One place is kept; who is turned away takes none.
    let next = try #require(door.enter().ticket)
    #expect(door.table.speak(next, isHealthCheck: true))
    #expect(door.enter().isRefused && door.evicted.value == [], "nobody is silent")
  }

  @Test func peer_holdsNoMoreThanItsShare() throws {
    let door = Door(Self.limits(10, peer: 3))
    for _ in 0..<3 { _ = door.enter("a") }
    _ = door.enter("b")
    _ = door.enter("a")
    #expect(door.evicted.value == [0], "of its own")
    let asking = try (0..<3).map { _ in try #require(door.enter("c").ticket) }
    for ticket in asking { #expect(door.table.speak(ticket, isHealthCheck: false)) }
    #expect(door.enter("c").isRefused)
    #expect(!door.enter("d").isRefused)
    door.table.leave(asking[0])
    #expect(!door.enter("c").isRefused)
  }

  @Test func refusals_giveWayToWhoComes() throws {
    let door = Door(Self.limits(1, reserve: 1, refusals: 2))
    for _ in 0..<2 {
      let ticket = try #require(door.enter().ticket)
      #expect(door.table.speak(ticket, isHealthCheck: true))
    }
    for _ in 0..<5 { #expect(door.enter().isRefused) }
    #expect(door.evicted.value == [2, 3, 4], "the oldest of those that were told to come again")
    #expect(door.table.count == 4)
  }

  @Test func bodies_areLimitedTogetherAndByPeer() throws {
    let door = Door(Self.limits(10))
    func asking(_ peer: String) throws -> UInt64 {
      let ticket = try #require(door.enter(peer).ticket)
      #expect(door.table.speak(ticket, isHealthCheck: false))
      return ticket
    }
    let (a, b) = (try asking("a"), try asking("b"))
    #expect(door.table.reserveBody(60, for: a))
    #expect(try !door.table.reserveBody(1, for: asking("a")), "its share")
    #expect(!door.table.reserveBody(41, for: b) && door.table.reserveBody(40, for: b), "all together")
    door.table.turnAway(a)
    #expect(try door.table.reserveBody(60, for: asking("a")))
    #expect(try !door.table.reserveBody(0, for: #require(door.enter().ticket)), "it has asked for nothing")
  }

  /// Whatever comes and goes: nothing is left when all have gone.
  @Test func counts_returnToNothing() {
    for seed in UInt64(0)..<50 {
      var random = RandomStream(seed: seed, "tests/doors")
      let door = Door(Self.limits(4, reserve: 2, peer: 3, refusals: 3))
      var open: [UInt64] = []
      for _ in 0..<200 {
        switch random.index(below: 5) {
        case 0, 1: open += door.enter(["a", "b", "c"][random.index(below: 3)]).ticket.map { [$0] } ?? []
        case 2 where !open.isEmpty:
          let ticket = open[random.index(below: open.count)]
          _ = door.table.speak(ticket, isHealthCheck: random.index(below: 4) == 0)
          _ = door.table.reserveBody(random.index(below: 40), for: ticket)
        case 3 where !open.isEmpty: door.table.turnAway(open[random.index(below: open.count)])
        case 4 where !open.isEmpty: door.table.leave(open.remove(at: random.index(below: open.count)))
        default: break
        }
        #expect(door.table.count <= 9, "seed \(seed)")
      }
      for ticket in open { door.table.leave(ticket) }
      #expect(door.table.count == 0, "seed \(seed)")
      let last = (0..<6).compactMap { door.enter(["a", "b", "c"][$0 % 3]).ticket }
      let asked = last.count { door.table.speak($0, isHealthCheck: false) && door.table.reserveBody(16, for: $0) }
      #expect(last.count == 6 && asked == 4, "seed \(seed): every place and all the room is free again")
    }
  }
}
