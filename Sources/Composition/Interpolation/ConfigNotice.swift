/// Something a person should know about a configuration that is sound nevertheless.
public struct ConfigNotice: Sendable, Equatable {
  public let message: String
  public let origin: Origin
}
