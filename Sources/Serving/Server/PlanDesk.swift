import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOPosix
import Synchronization

/// Takes requests from the event loop, has workers plan, and hands answers back.
final class PlanDesk: Sendable {
  let service: PlanService
  let occupancy: Occupancy
  let connections: ConnectionTable
  private let events: ServerEvents
  private let workers: NIOThreadPool
  private let isAbandoned = Atomic<Bool>(false)

  /// - Parameter descriptors: Files that this process may have open.
  init(_ service: PlanService, _ events: ServerEvents, descriptors: Int) {
    self.service = service
    self.events = events
    occupancy = Occupancy(service.limits)
    connections = ConnectionTable(service.limits.fitted(toDescriptors: descriptors))
    workers = NIOThreadPool(numberOfThreads: service.limits.workers)
    workers.start()
  }

  /// Ends planning where it stands: clients that still wait get 503.
  func close() {
    isAbandoned.store(true, ordering: .relaxed)
    try? workers.syncShutdownGracefully()
  }

  /// What Hummingbird does with each connection.
  var channelSetup: HTTP1Channel {
    let service = service
    let (occupancy, connections) = (occupancy, connections)
    return HTTP1Channel(
      responder: { [self] request, writer, channel in
        let connection = try await channel.eventLoop.submit {
          try channel.pipeline.syncOperations.handler(type: ConnectionGuard.self).connection
        }.get()
        let body = try await request.body.collect(upTo: service.limits.bodyByteCount)
        let reply = await reply(to: Array(body.readableBytesView), from: connection)
        try await writer.write(
          response: HTTPResponse(reply), body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body)))
      },
      configuration: HTTP1Channel.Configuration(additionalChannelHandlers: [
        GuardInstaller(service, occupancy, connections)
      ]))
  }

  private func reply(to body: [UInt8], from connection: Connection) async -> HTTPReply {
    let id = service.nextID()
    guard let head = connection.head else { return APIError.serverFault.reply.named("req_" + id) }
    let reply: HTTPReply
    switch service.disposition(of: APIRequest(head: head, body: body), id: id) {
    case .reply(let ready): reply = ready
    case .plan(let job): reply = await run(job, for: connection, id: id)
    }
    events.note("req_\(id) \(head.method) \(Quoted.short(head.path)) \(reply.status)")
    return reply.named("req_" + id)
  }

  private func run(_ job: PlanningJob, for connection: Connection, id: String) async -> HTTPReply {
    guard occupancy.beginPlan() else { return APIError.overloaded.reply }
    defer { occupancy.endPlan() }
    do {
      return try await workers.runIfActive {
        try job.run { connection.isGone || self.isAbandoned.load(ordering: .relaxed) }
      }
    } catch is NIOThreadPoolError.ThreadPoolInactive {
      return APIError.draining.reply
    } catch is CancellationError {
      return APIError.draining.reply
    } catch {
      events.note("req_\(id) failed: \(error)", isFailure: true)
      return APIError.serverFault.reply
    }
  }
}

extension HTTPResponse {
  fileprivate init(_ reply: HTTPReply) {
    var fields = HTTPFields()
    for field in reply.fields {
      guard let name = HTTPField.Name(field.name) else { continue }
      fields.append(HTTPField(name: name, value: field.value))
    }
    self.init(status: Status(code: reply.status), headerFields: fields)
  }
}
