import NIOCore

/// Puts a `ConnectionGuard` first into a connection's pipeline, before the HTTP parser.
///
/// Hummingbird adds handlers of its users behind the parser; from there this one reaches the front.
final class GuardInstaller: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Never

  private let limits: ServingLimits
  private let occupancy: Occupancy

  init(_ limits: ServingLimits, _ occupancy: Occupancy) {
    self.limits = limits
    self.occupancy = occupancy
  }

  func handlerAdded(context: ChannelHandlerContext) {
    do {
      try context.pipeline.syncOperations.addHandler(ConnectionGuard(limits, occupancy), position: .first)
    } catch {
      // Without its guard a connection is of no use.
      context.close(promise: nil)
    }
  }
}
