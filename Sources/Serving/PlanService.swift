import Planning
import Schemas
import Storage
import Synchronization

/// The API without the network: a whole request in, an answer or a job for a worker out.
///
/// | path | |
/// |---|---|
/// | `POST /v1/responses` | a plan for a problem |
/// | `GET /v1/models`, `/v1/models/NAME` | the model |
/// | `GET /healthz` | the process answers |
/// | `GET /readyz` | it takes requests; 503 while it drains |
///
/// What has `GET` has `HEAD`; everything has `OPTIONS`, and so has `*`.
public final class PlanService: Sendable {
  let served: ServedModel
  let access: AccessRules
  let limits: ServingLimits
  private let search: SearchConfig
  private let now: @Sendable () -> Double
  private let startedAt: Double
  private let requestCount = Atomic<Int>(0)
  private let draining = Atomic<Bool>(false)

  /// What becomes of a request.
  package enum Disposition: Sendable {
    case reply(HTTPReply)
    case plan(PlanningJob)
  }

  /// - Parameters:
  ///   - search: How to search where a request does not say; as the model's own configuration, if nil.
  ///   - now: Seconds since 1970-01-01 UTC.
  public init(
    _ served: ServedModel, access: AccessRules, limits: ServingLimits = ServingLimits(), search: SearchConfig? = nil,
    now: @escaping @Sendable () -> Double
  ) {
    self.served = served
    self.access = access
    self.limits = limits
    self.search = search ?? served.model.search
    self.now = now
    startedAt = now()
  }

  /// From now on `/readyz` says no.
  func drain() { draining.store(true, ordering: .relaxed) }

  /// 32 digits that no other request of this process has, and none of another one that started at another time.
  package func nextID() -> String {
    let number = requestCount.add(1, ordering: .relaxed).newValue
    return String(Digest(of: "\(startedAt) \(number)").hexadecimal.prefix(32))
  }

  /// Whether a request with this head asks for a plan.
  func wouldPlan(for head: RequestHead) -> Bool { head.method == "POST" && head.path == "/v1/responses" }

  /// Whether a request with this head asks only whether the server is there: everybody may.
  func isHealthCheck(_ head: RequestHead) -> Bool {
    ["/healthz", "/readyz"].contains(head.path) && head.bodyByteCount == 0
  }

  /// - Throws: `APIError` 400, 401 or 403, unless the sender of this head may ask what it asks.
  func checkAccess(_ head: RequestHead) throws(APIError) {
    if !isHealthCheck(head) { try access.check(head) }
  }

  /// Reads a request.
  ///
  /// - Parameter id: From `nextID()`.
  package func disposition(of request: APIRequest, id: String) -> Disposition {
    do {
      let answer = try answer(request, id: id)
      if case .reply(let reply) = answer { return .reply(reply.fitting(request.head.method)) }
      return answer
    } catch {
      return .reply(error.reply.fitting(request.head.method))
    }
  }

  /// The methods of a path; nil where there is nothing.
  private static func methods(of path: String) -> [String]? {
    switch path {
    case "/healthz", "/readyz", "/v1/models": ["GET", "HEAD", "OPTIONS"]
    case "/v1/responses": ["POST", "OPTIONS"]
    case "*": ["GET", "HEAD", "POST", "OPTIONS"]
    case let path where path.hasPrefix("/v1/models/"): ["GET", "HEAD", "OPTIONS"]
    default: nil
    }
  }

  /// The methods of RFC 9110 and of RFC 5789: a path may lack them (405); others no path has (501).
  private static let knownMethods: Set<String> = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
  ]

  /// What the method alone decides; nil where the path does.
  private func answerByMethod(_ head: RequestHead) throws(APIError) -> HTTPReply? {
    guard Self.knownMethods.contains(head.method) else {
      throw APIError(501, "unknown_method", "No path here has the method \(Quoted.text(head.method)).")
    }
    guard let methods = Self.methods(of: head.path) else { return nil }
    guard methods.contains(head.method) else {
      let text = methods.filter { $0 != "OPTIONS" }.joined(separator: " or ")
      throw APIError(405, "method_not_allowed", "Use \(text) here.", allowedMethods: methods)
    }
    return head.method == "OPTIONS" ? HTTPReply(allowed: methods) : nil
  }

  private func answer(_ request: APIRequest, id: String) throws(APIError) -> Disposition {
    let head = request.head
    if !isHealthCheck(head) { try access.check(head) }
    if let reply = try answerByMethod(head) { return .reply(reply) }
    switch head.path {
    case "/healthz":
      return .reply(HTTPReply(status: 200, .object(["status": .string("ok")])))
    case "/readyz":
      guard !draining.load(ordering: .relaxed) else { throw .draining }
      return .reply(HTTPReply(status: 200, .object(["status": .string("ready")])))
    case "/v1/responses":
      try head.requireJSON()
      let body = try ResponsesRequest(request.body, limits: limits)
      try requireServed(body)
      return .plan(PlanningJob(request: body, served: served, search: search, id: "resp_" + id, now: now))
    case "/v1/models":
      return .reply(HTTPReply(status: 200, .object(["object": .string("list"), "data": .array([model])])))
    case let path where path.hasPrefix("/v1/models/"):
      try requireName(String(path.dropFirst("/v1/models/".count)).replacing("%2F", with: "/"))
      return .reply(HTTPReply(status: 200, model))
    default: throw APIError(404, "unknown_url", "There is nothing here. See /v1/responses and /v1/models.")
    }
  }

  private var model: JSONValue {
    .object([
      "id": .string(served.names[0]), "object": .string("model"), "created": .int(Int64(served.createdAt)),
      "owned_by": .string("codex"),
    ])
  }

  private func requireServed(_ request: ResponsesRequest) throws(APIError) {
    if let name = request.model { try requireName(name) }
    guard served.worlds.contains(request.problem.world) else {
      let known = served.worlds.map(\.rawValue).joined(separator: ", ")
      throw APIError(
        400, "unsupported_world",
        "The problem is one of \(request.problem.world.rawValue); this model was trained on \(known).",
        parameter: "input")
    }
  }

  private func requireName(_ name: String) throws(APIError) {
    guard served.names.contains(name) else {
      throw APIError(
        404, "model_not_found", "The model \(Quoted.text(name)) is not served here. See /v1/models.", parameter: "model"
      )
    }
  }
}

extension RequestHead {
  /// A form of a page can send other types without asking the browser's leave, but not this one.
  fileprivate func requireJSON() throws(APIError) {
    let type = self["content-type"]?.prefix { $0 != ";" }.lowercased().trimmingSpaces
    guard type == "application/json" else {
      throw APIError(415, "unsupported_media_type", "Send 'Content-Type: application/json'.")
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String { String(reversed().drop { $0 == " " }.reversed()) }
}
