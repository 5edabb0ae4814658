/// What one client, and all of them together, may ask of the server. One table that tests read.
public struct ServingLimits: Sendable, Equatable {
  /// Bytes of a request's body.
  public var bodyByteCount = 1 << 20
  /// Bytes of the bodies of all open connections together, as announced.
  public var pendingBodyByteCount = 16 << 20
  /// Bytes of the first line of a request.
  public var requestLineByteCount = 8 << 10
  /// Bytes of all header fields together, names, values and line ends.
  public var headerByteCount = 16 << 10
  /// Header fields of one request.
  public var headerCount = 64
  /// Open connections; one more gets 503.
  public var connectionCount = 256
  /// Seconds from the first byte of a request to its last.
  public var requestSeconds = 10.0
  /// Seconds without a byte on an open connection.
  public var idleSeconds = 30.0
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
}
