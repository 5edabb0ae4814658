import Storage

/// Why a request is not answered as asked. Its body says nothing about files, code or other clients.
package struct APIError: Error, Sendable, Equatable {
  /// The `error.type` of the API.
  package enum Kind: String, Sendable {
    case invalidRequest = "invalid_request_error"
    case authentication = "authentication_error"
    case permission = "permission_error"
    case rateLimit = "rate_limit_error"
    case server = "server_error"
  }

  package let status: Int
  package let kind: Kind
  /// For programs; docs/reference/serving.md lists all.
  package let code: String
  /// The field of the request that is at fault, as `input[0].content`; nil if none is.
  package let parameter: String?
  package let message: String
  /// `Retry-After`, in seconds.
  package let retrySeconds: Int?
  /// `Allow`: the methods that the path has.
  package let allowedMethods: [String]?

  package init(
    _ status: Int, _ code: String, _ message: String, kind: Kind = .invalidRequest, parameter: String? = nil,
    retrySeconds: Int? = nil, allowedMethods: [String]? = nil
  ) {
    self.status = status
    self.kind = kind
    self.code = code
    self.parameter = parameter
    self.message = message
    self.retrySeconds = retrySeconds
    self.allowedMethods = allowedMethods
  }

  package var reply: HTTPReply {
    let error: JSONObject = [
      "message": .string(message), "type": .string(kind.rawValue), "param": .optional(parameter), "code": .string(code),
    ]
    var fields: [HTTPReply.Field] = []
    if let retrySeconds { fields.append(.init(name: "Retry-After", value: "\(retrySeconds)")) }
    if let allowedMethods { fields.append(.init(name: "Allow", value: allowedMethods.joined(separator: ", "))) }
    if status == 401 { fields.append(.init(name: "WWW-Authenticate", value: "Bearer")) }
    return HTTPReply(status: status, .object(["error": .object(error)]), fields: fields)
  }
}

extension APIError {
  /// A value that the API knows and this server does not act on: refused, because leaving it out would change the answer.
  static func unsupported(_ parameter: String, _ why: String) -> APIError {
    APIError(400, "unsupported_value", "'\(parameter)' \(why)", parameter: parameter)
  }

  static func invalid(_ parameter: String, expected: String, got: String) -> APIError {
    APIError(400, "invalid_value", "'\(parameter)': expected \(expected), got \(got).", parameter: parameter)
  }

  static let overloaded = APIError(
    429, "queue_full", "All workers are busy and the queue is full. Try again after a moment.", kind: .rateLimit,
    retrySeconds: 1)
  static let tooManyConnections = APIError(
    503, "too_many_connections", "Too many connections are open. Try again after a moment.", kind: .server,
    retrySeconds: 1)
  static let draining = APIError(
    503, "shutting_down", "The server is shutting down. Ask another one, or try again.", kind: .server, retrySeconds: 5)
  static let serverFault = APIError(
    500, "internal_error", "The server failed to answer. Please report it with the request's id.", kind: .server)
}

extension JSONValue {
  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  static func optional(_ integer: Int?) -> JSONValue { integer.map { .int(Int64($0)) } ?? .null }
}
