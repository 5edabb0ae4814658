import NIOCore

/// Puts a `ConnectionGuard` first into a connection's pipeline, before the HTTP parser.
///
/// Hummingbird adds handlers of its users behind the parser; from there this one reaches the front.
final class GuardInstaller: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = Never

  private let service: PlanService
  private let occupancy: Occupancy
  private let connections: ConnectionTable

  init(_ service: PlanService, _ occupancy: Occupancy, _ connections: ConnectionTable) {
    self.service = service
    self.occupancy = occupancy
    self.connections = connections
  }

  func handlerAdded(context: ChannelHandlerContext) {
    do {
      try context.pipeline.syncOperations.addHandler(ConnectionGuard(service, occupancy, connections), position: .first)
    } catch {
      // Without its guard a connection is of no use.
      context.close(promise: nil)
    }
  }
}
