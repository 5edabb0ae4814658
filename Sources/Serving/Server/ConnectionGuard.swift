import NIOCore

/// Stands before the HTTP parser of every connection, and lets one well-formed request through, rewritten.
///
/// It owns framing, sizes and deadlines: the parser behind it sees a head that the guard wrote and as many bytes of body
/// as the head announced, so the two cannot disagree on where a request ends. What follows the first request is dropped,
/// and the connection closes after one answer: there is no second request to smuggle.
final class ConnectionGuard: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer
  typealias OutboundIn = IOData
  typealias OutboundOut = IOData

  private enum Phase {
    case head
    case body(remaining: Int)
    /// The request is whole; the server thinks.
    case answering
    /// The answer is out; what comes in is dropped.
    case ending
  }

  let connection = Connection()
  private let service: PlanService
  private let occupancy: Occupancy
  private let connections: ConnectionTable
  private var limits: ServingLimits { service.limits }
  private var phase = Phase.head
  private var head = HeadBuffer()
  /// Whether the request's answer has no body.
  private var isHead = false
  private var ticket: UInt64?
  private var deadline: Scheduled<Void>?

  init(_ service: PlanService, _ occupancy: Occupancy, _ connections: ConnectionTable) {
    self.service = service
    self.occupancy = occupancy
    self.connections = connections
  }

  // MARK: In

  func channelActive(context: ChannelHandlerContext) {
    context.fireChannelActive()
    let channel = context.channel
    switch connections.enter(from: channel.remoteAddress?.ipAddress ?? "", evict: { channel.close(promise: nil) }) {
    case .ticket(let number):
      ticket = number
      wait(limits.idleSeconds, context) { context.close(promise: nil) }
    case .refused(let number):
      ticket = number
      refuse(.tooManyConnections, context)
    case .dropped: context.close(promise: nil)
    }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    if case .head = phase { readHead(&bytes, context) }
    if case .body(let remaining) = phase { forward(&bytes, remaining, context) }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.fireChannelReadComplete()
    // Goes on reading although nobody asks for more, to notice when the client goes away.
    if case .answering = phase { context.read() }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard case ChannelEvent.inputClosed? = event as? ChannelEvent else {
      return context.fireUserInboundEventTriggered(event)
    }
    // A client that stops sending has stopped waiting, too: programs that use this API keep their side open.
    connection.leave()
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    connection.leave()
    deadline?.cancel()
    if let ticket { connections.leave(ticket) }
    ticket = nil
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    connection.leave()
    context.close(promise: nil)
  }

  // MARK: Out

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .ending = phase {
      promise?.fail(ChannelError.outputClosed)
      return
    }
    wait(limits.answerSeconds, context) { context.close(promise: nil) }
    context.write(data, promise: promise)
  }

  func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
    if mode == .output {
      phase = .ending
      wait(limits.lingerSeconds, context) { context.close(promise: nil) }
    }
    context.close(mode: mode, promise: promise)
  }

  // MARK: Steps

  private func readHead(_ bytes: inout ByteBuffer, _ context: ChannelHandlerContext) {
    if head.isEmpty, bytes.readableBytes > 0 {
      wait(limits.requestSeconds, context) { self.refuse(Self.tooSlow, context) }
    }
    do throws(APIError) {
      guard try head.take(from: &bytes, limits: limits) else { return }
      isHead = head.isHEAD
      let request = try RequestHead(parsing: head.bytes, limits: limits)
      // Without reading the body or starting a task: turning away must stay cheap when there is too much to do, and who may
      // not ask holds nothing.
      try service.checkAccess(request)
      guard let ticket, connections.speak(ticket, isHealthCheck: service.isHealthCheck(request)) else {
        throw APIError.tooManyConnections
      }
      if occupancy.isFull, service.wouldPlan(for: request) { throw APIError.overloaded }
      guard connections.reserveBody(request.bodyByteCount, for: ticket) else { throw APIError.tooManyConnections }
      begin(request, bytes, context)
    } catch {
      refuse(error, context)
    }
  }

  private func begin(_ request: RequestHead, _ rest: ByteBuffer, _ context: ChannelHandlerContext) {
    connection.head = request
    head = HeadBuffer()
    phase = .body(remaining: request.bodyByteCount)
    if request.expectsContinue, rest.readableBytes < request.bodyByteCount {
      context.writeAndFlush(
        wrapOutboundOut(.byteBuffer(ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n"))), promise: nil)
    }
    context.fireChannelRead(wrapInboundOut(ByteBuffer(string: request.rewritten)))
  }

  private func forward(_ bytes: inout ByteBuffer, _ remaining: Int, _ context: ChannelHandlerContext) {
    let part = bytes.readSlice(length: min(remaining, bytes.readableBytes))
    let left = remaining - (part?.readableBytes ?? 0)
    phase = left == 0 ? .answering : .body(remaining: left)
    if left == 0 { deadline?.cancel() }
    if let part, part.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(part)) }
  }

  private static let tooSlow = APIError(408, "request_timeout", "The request did not arrive in time.")

  /// Answers without asking anybody, and ends.
  private func refuse(_ error: APIError, _ context: ChannelHandlerContext) {
    phase = .ending
    connection.leave()
    if let ticket { connections.turnAway(ticket) }
    context.writeAndFlush(
      wrapOutboundOut(.byteBuffer(ByteBuffer(bytes: error.reply.fitting(isHead ? "HEAD" : nil).bytes))), promise: nil)
    context.close(mode: .output, promise: nil)
    wait(limits.lingerSeconds, context) { context.close(promise: nil) }
  }

  /// Replaces the connection's one deadline.
  private func wait(
    _ seconds: Double, _ context: ChannelHandlerContext, then act: @escaping () -> Void
  ) {
    deadline?.cancel()
    deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .nanoseconds(Int64(seconds * 1e9)), act)
  }
}
