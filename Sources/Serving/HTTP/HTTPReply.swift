import Storage

/// An answer: status, header fields and a JSON body.
package struct HTTPReply: Sendable, Equatable {
  package struct Field: Sendable, Equatable {
    package let name: String
    package let value: String
  }

  package let status: Int
  package private(set) var fields: [Field]
  /// Empty in an answer to `HEAD`, whose `Content-Length` is that of the answer to `GET`.
  package private(set) var body: [UInt8]

  /// An answer without a body: 204.
  package init(allowed methods: [String]) {
    status = 204
    body = []
    fields = [
      Field(name: "Allow", value: methods.joined(separator: ", ")), Field(name: "Cache-Control", value: "no-store"),
      Field(name: "Connection", value: "close"),
    ]
  }

  /// - Parameter value: Holds finite numbers and no key twice; anything else is our bug, answered by an empty object.
  package init(status: Int, _ value: JSONValue, fields: [Field] = []) {
    self.status = status
    body = (try? CanonicalJSON.write(value)) ?? Array("{}".utf8)
    self.fields =
      fields + [
        Field(name: "Content-Type", value: "application/json"), Field(name: "Content-Length", value: "\(body.count)"),
        Field(name: "Cache-Control", value: "no-store"), Field(name: "X-Content-Type-Options", value: "nosniff"),
        Field(name: "Connection", value: "close"),
      ]
  }

  /// The reply to a request that is known by `requestID`.
  package func named(_ requestID: String) -> HTTPReply {
    var copy = self
    copy.fields.append(Field(name: "x-request-id", value: requestID))
    return copy
  }

  /// The reply without its body where `method` is `HEAD` (RFC 9110, 9.3.2).
  package func fitting(_ method: String?) -> HTTPReply {
    var copy = self
    if method == "HEAD" { copy.body = [] }
    return copy
  }

  /// The bytes on the wire, for answers that are given before a request was understood.
  var bytes: [UInt8] {
    var head = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
    for field in fields { head += "\(field.name): \(field.value)\r\n" }
    return Array((head + "\r\n").utf8) + body
  }

  private static func reason(_ status: Int) -> String {
    switch status {
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 408: "Request Timeout"
    case 411: "Length Required"
    case 413: "Content Too Large"
    case 414: "URI Too Long"
    case 417: "Expectation Failed"
    case 429: "Too Many Requests"
    case 431: "Request Header Fields Too Large"
    case 501: "Not Implemented"
    case 503: "Service Unavailable"
    case 505: "HTTP Version Not Supported"
    default: "Error"
    }
  }
}
