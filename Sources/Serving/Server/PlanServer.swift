import Glibc
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import Synchronization

/// Listens, and answers with a `PlanService`.
///
/// ```swift
/// let server = try PlanServer.start(service, host: "127.0.0.1", port: 0)
/// defer { server.stop() }
/// ```
///
/// One thread reads and writes; `limits.workers` others plan. No clock but the event loop's deadlines, and no file.
public final class PlanServer: Sendable {
  /// Where it listens; the port that the system chose, if 0 was asked for.
  public let port: Int
  /// What happened, for a log.
  public let events: ServerEvents
  private let desk: PlanDesk
  private let server: Server<HTTP1Channel>
  private let group: MultiThreadedEventLoopGroup
  private let finished: EventLoopFuture<Void>
  private let isStopped = Atomic<Bool>(false)

  /// Starts listening and returns when clients can connect. Blocks; not for event loops and tasks.
  ///
  /// - Throws: `ServingError.cannotListen`.
  public static func start(_ service: PlanService, host: String, port: Int) throws -> PlanServer {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let started = group.any().makePromise(of: Int.self)
    let finished = group.any().makePromise(of: Void.self)
    let events = ServerEvents()
    let desk = PlanDesk(service, events, descriptors: Self.descriptors(wanted: service.limits))
    let server = Server(
      childChannelSetup: desk.channelSetup, configuration: ServerConfiguration(address: .hostname(host, port: port)),
      onServerRunning: { started.succeed($0.localAddress?.port ?? port) }, eventLoopGroup: group,
      logger: Logger(label: "codex.serving") { _ in SwiftLogNoOpLogHandler() })
    Task {
      do { try await server.run() } catch { started.fail(error) }
      finished.succeed()
    }
    do {
      let port = try started.futureResult.wait()
      return PlanServer(
        port: port, events: events, desk: desk, server: server, group: group, finished: finished.futureResult)
    } catch {
      desk.close()
      try? group.syncShutdownGracefully()
      let reason = (error as? IOError).map { "\($0.errnoCode)" } ?? "the name has no address"
      throw ServingError.cannotListen(host: host, port: port, reason: "error \(reason)")
    }
  }

  private init(
    port: Int, events: ServerEvents, desk: PlanDesk, server: Server<HTTP1Channel>, group: MultiThreadedEventLoopGroup,
    finished: EventLoopFuture<Void>
  ) {
    self.port = port
    self.events = events
    self.desk = desk
    self.server = server
    self.group = group
    self.finished = finished
  }

  /// Files that this process may have open, after asking for as many as the limits want.
  private static func descriptors(wanted limits: ServingLimits) -> Int {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(kind, &limit) == 0 else { return 256 }
    let wanted = rlim_t(limits.openConnectionCount + ServingLimits.otherDescriptors)
    if limit.rlim_cur < wanted {
      limit.rlim_cur = min(wanted, limit.rlim_max)
      guard setrlimit(kind, &limit) == 0, getrlimit(kind, &limit) == 0 else { return 256 }
    }
    return Int(min(limit.rlim_cur, 1 << 20))
  }

  /// Requests that plan or wait for a worker, now.
  public var planCount: Int { desk.occupancy.plans }

  /// Open connections, now.
  public var connectionCount: Int { desk.connections.count }

  /// Takes no more connections, answers what it was asked for up to `limits.drainSeconds`, and ends. Blocks. A second call does
  /// nothing.
  public func stop() {
    guard !isStopped.exchange(true, ordering: .relaxed) else { return }
    desk.service.drain()
    Task { [server] in try? await server.shutdownGracefully() }
    let limits = desk.service.limits
    waitForEnd(atMost: limits.drainSeconds)
    desk.close()
    // Who got 503 just now is given the time to read it.
    waitForEnd(atMost: limits.lingerSeconds + 0.5)
    try? group.syncShutdownGracefully()
  }

  /// Waits until no connection is left.
  private func waitForEnd(atMost seconds: Double) {
    let promise = group.any().makePromise(of: Void.self)
    finished.cascade(to: promise)
    let late = group.any().scheduleTask(in: .nanoseconds(Int64(seconds * 1e9))) { promise.succeed() }
    try? promise.futureResult.wait()
    late.cancel()
  }
}
