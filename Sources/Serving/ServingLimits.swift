/// What one client, and all of them together, may ask of the server. One table that tests read.
public struct ServingLimits: Sendable, Equatable {
  /// Bytes of a request's body.
  public var bodyByteCount = 1 << 20
  /// Bytes of the bodies of all open connections together, as announced.
  public var pendingBodyByteCount = 16 << 20
  /// Bytes of the bodies of one peer's connections together, as announced.
  public var peerBodyByteCount = 8 << 20
  /// Bytes of the first line of a request.
  public var requestLineByteCount = 8 << 10
  /// Bytes of all header fields together, names, values and line ends.
  public var headerByteCount = 16 << 10
  /// Header fields of one request.
  public var headerCount = 64
  /// Open connections whose request is known; one more gets 503. Silent ones give way before that.
  public var connectionCount = 256
  /// Connections beyond those that only health checks may use.
  public var reservedConnectionCount = 16
  /// Open connections of one peer.
  public var peerConnectionCount = 128
  /// Connections at once that are told to come again; what comes beyond is closed without a word.
  public var refusalCount = 64
  /// Seconds from the first byte of a request to its last.
  public var requestSeconds = 10.0
  /// Seconds without a byte on an open connection.
  public var idleSeconds = 5.0
  /// Seconds that a client may take to receive the answer.
  public var answerSeconds = 10.0
  /// Seconds that an answered connection stays half open, so that what the client still sends does not cut off its answer.
  public var lingerSeconds = 1.0
  /// Requests that plan at once.
  public var workers = 2
  /// Requests that wait for a worker; one more gets 429.
  public var queueLength = 16
  /// Seconds that answering may go on after SIGTERM.
  public var drainSeconds = 10.0

  public init() {}

  /// Connections that may be open at once, whatever becomes of them.
  var openConnectionCount: Int { connectionCount + reservedConnectionCount + refusalCount }

  /// Files that the process has open besides its clients' connections, at most.
  static let otherDescriptors = 40

  /// The same limits with no more connections than a process may open files: what nobody can accept stays in the system's
  /// queue and is asked for again and again.
  package func fitted(toDescriptors count: Int) -> ServingLimits {
    let room = max(8, count - Self.otherDescriptors)
    guard room < openConnectionCount else { return self }
    var limits = self
    limits.refusalCount = min(refusalCount, max(1, room / 8))
    limits.reservedConnectionCount = min(reservedConnectionCount, max(1, room / 8))
    limits.connectionCount = room - limits.refusalCount - limits.reservedConnectionCount
    limits.peerConnectionCount = min(peerConnectionCount, max(1, limits.connectionCount / 2))
    return limits
  }
}
