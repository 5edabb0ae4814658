import Synchronization

/// The open connections, and who has to go when there are more than the server takes on.
///
/// A connection is *silent* until the head of its request is whole: whoever says nothing gives way to whoever comes, the one that
/// has been silent longest first. So nobody keeps others out who does not ask for anything himself, and what one peer may hold
/// is bounded.
package final class ConnectionTable: Sendable {
  /// What becomes of a new connection.
  package enum Welcome {
    /// It may ask, under this number.
    case ticket(UInt64)
    /// It is told to come again.
    case refused(UInt64)
    /// It is closed without a word: too many are open.
    case dropped
  }

  private enum Standing {
    case silent, asking
    /// Its answer is that it should come again; it is only open so that it can read that.
    case turnedAway
  }

  private struct Entry {
    let peer: String
    var standing: Standing
    var bodyByteCount = 0
    let evict: @Sendable () -> Void
  }

  private struct State {
    /// By ticket, hence by age.
    var entries: [UInt64: Entry] = [:]
    var nextTicket: UInt64 = 0
    var asking = 0
    var turnedAway = 0
    /// Of each peer that has any: connections that were not turned away, and bytes of bodies.
    var ofPeer: [String: Int] = [:]
    var bodyBytesOfPeer: [String: Int] = [:]
    var bodyByteCount = 0

    /// Connections that were not turned away.
    var kept: Int { entries.count - turnedAway }

    func oldest(_ standing: Standing, of peer: String? = nil) -> UInt64? {
      entries.filter { $1.standing == standing && (peer == nil || $1.peer == peer) }.keys.min()
    }

    mutating func add(_ peer: String, _ standing: Standing, _ evict: @escaping @Sendable () -> Void) -> UInt64 {
      let ticket = nextTicket
      nextTicket += 1
      entries[ticket] = Entry(peer: peer, standing: standing, evict: evict)
      if standing == .turnedAway { turnedAway += 1 } else { ofPeer[peer, default: 0] += 1 }
      return ticket
    }

    mutating func remove(_ ticket: UInt64) -> Entry? {
      release(ticket)
      guard let entry = entries.removeValue(forKey: ticket) else { return nil }
      turnedAway -= 1
      return entry
    }

    /// Gives back what a connection held; from here on it is only told to come again.
    mutating func release(_ ticket: UInt64) {
      guard let entry = entries[ticket], entry.standing != .turnedAway else { return }
      if entry.standing == .asking { asking -= 1 }
      Self.lower(&ofPeer, entry.peer, by: 1)
      Self.lower(&bodyBytesOfPeer, entry.peer, by: entry.bodyByteCount)
      bodyByteCount -= entry.bodyByteCount
      turnedAway += 1
      entries[ticket] = Entry(peer: entry.peer, standing: .turnedAway, evict: entry.evict)
    }

    private static func lower(_ counts: inout [String: Int], _ peer: String, by amount: Int) {
      guard amount > 0, let count = counts[peer] else { return }
      counts[peer] = count > amount ? count - amount : nil
    }
  }

  private let state = Mutex(State())
  private let limits: ServingLimits

  package init(_ limits: ServingLimits) { self.limits = limits }

  /// Open connections.
  package var count: Int { state.withLock { $0.entries.count } }

  /// Counts a new connection in.
  ///
  /// - Parameter evict: Closes the connection; called at most once, when another one needs its place.
  package func enter(from peer: String, evict: @escaping @Sendable () -> Void) -> Welcome {
    let (welcome, victims) = state.withLock { state -> (Welcome, [Entry]) in
      var victims: [Entry] = []
      if state.entries.count >= limits.openConnectionCount {
        guard let oldest = state.oldest(.turnedAway), let victim = state.remove(oldest) else { return (.dropped, []) }
        victims.append(victim)
      }
      let isFullForPeer = state.ofPeer[peer, default: 0] >= limits.peerConnectionCount
      if isFullForPeer || state.kept >= limits.connectionCount + limits.reservedConnectionCount {
        guard let oldest = state.oldest(.silent, of: isFullForPeer ? peer : nil), let victim = state.remove(oldest)
        else { return (.refused(state.add(peer, .turnedAway, evict)), victims) }
        victims.append(victim)
      }
      return (.ticket(state.add(peer, .silent, evict)), victims)
    }
    for victim in victims { victim.evict() }
    return welcome
  }

  /// Notes that the head of a request is whole.
  ///
  /// - Parameter isHealthCheck: What only asks whether the server is there may use the places kept for that.
  /// - Returns: Whether it may go on.
  package func speak(_ ticket: UInt64, isHealthCheck: Bool) -> Bool {
    state.withLock { state in
      guard state.entries[ticket]?.standing == .silent, isHealthCheck || state.asking < limits.connectionCount
      else { return false }
      state.entries[ticket]?.standing = .asking
      state.asking += 1
      return true
    }
  }

  /// Sets room aside for a body; false, and nothing set aside, if all bodies together, or those of the peer, are too large.
  package func reserveBody(_ byteCount: Int, for ticket: UInt64) -> Bool {
    state.withLock { state in
      guard let entry = state.entries[ticket], entry.standing == .asking else { return false }
      guard byteCount > 0 else { return true }
      guard state.bodyByteCount + byteCount <= limits.pendingBodyByteCount,
        state.bodyBytesOfPeer[entry.peer, default: 0] + byteCount <= limits.peerBodyByteCount
      else { return false }
      state.entries[ticket]?.bodyByteCount += byteCount
      state.bodyByteCount += byteCount
      state.bodyBytesOfPeer[entry.peer, default: 0] += byteCount
      return true
    }
  }

  /// Takes back what a connection held that is being turned away.
  package func turnAway(_ ticket: UInt64) { state.withLock { $0.release(ticket) } }

  /// Counts a connection out that is closed.
  package func leave(_ ticket: UInt64) { state.withLock { _ = $0.remove(ticket) } }
}
