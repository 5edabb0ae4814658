/// What configurations may know of the world around them. Nothing, unless the caller says so.
public struct ResolverInputs: Sendable {
  /// For `${oc.env:NAME}`: the variables that may be read, and no others.
  public var environment: [String: String]
  /// For `${now:%Y-%m-%d}`; nil refuses it.
  public var now: WallClockTime?

  public init(environment: [String: String] = [:], now: WallClockTime? = nil) {
    self.environment = environment
    self.now = now
  }
}

/// An instant as a calendar shows it somewhere.
public struct WallClockTime: Sendable {
  /// Seconds since 1970-01-01 00:00 UTC.
  public let unixSeconds: Double
  /// What the place is ahead of UTC, in seconds.
  public let utcOffsetSeconds: Int

  public init(unixSeconds: Double, utcOffsetSeconds: Int = 0) {
    self.unixSeconds = unixSeconds
    self.utcOffsetSeconds = utcOffsetSeconds
  }
}
