import Synchronization

/// What a server has to tell whoever runs it.
public struct ServerEvent: Sendable, Equatable {
  /// One line, without a client's words beyond the path.
  public let text: String
  /// Whether something is wrong with the server, not with a request.
  public let isFailure: Bool
}

/// Events until somebody takes them; the oldest give way.
public final class ServerEvents: Sendable {
  private static let capacity = 1000
  private let events = Mutex<[ServerEvent]>([])

  func note(_ text: String, isFailure: Bool = false) {
    events.withLock {
      if $0.count == Self.capacity { $0.removeFirst(Self.capacity / 2) }
      $0.append(ServerEvent(text: text, isFailure: isFailure))
    }
  }

  /// What was noted since the last call.
  public func take() -> [ServerEvent] {
    events.withLock {
      let taken = $0
      $0 = []
      return taken
    }
  }
}
