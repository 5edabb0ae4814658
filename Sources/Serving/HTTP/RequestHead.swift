/// The first lines of a request, read so strictly that no two readers could disagree on what follows them (RFC 9112).
///
/// Refused with 400: bare CR or LF, NUL and other control bytes, folded lines, space before a colon, two `Host` or
/// `Content-Length`, lengths that are not plain digits, `Transfer-Encoding` beside a length or in HTTP/1.0, targets that
/// are neither a path, `http://HOST/PATH` nor the `*` of `OPTIONS`. Chunked bodies are refused with 411: every client of
/// this API knows the length of what it sends. One empty line before the first is passed over (RFC 9112, 2.2).
package struct RequestHead: Sendable, Equatable {
  package let method: String
  /// The path of the target, without the query; `*` where the whole server is meant.
  package let path: String
  package let bodyByteCount: Int
  /// Whether the client waits for `100 Continue` before it sends the body.
  package let expectsContinue: Bool
  private let fields: [String: String]

  /// Fields that a request has once at most.
  private static let single: Set<String> = [
    "authorization", "content-length", "content-type", "expect", "host", "origin", "transfer-encoding", "upgrade",
  ]

  /// Reads everything up to and with the empty line.
  ///
  /// - Throws: `APIError`.
  package init(parsing bytes: some Collection<UInt8>, limits: ServingLimits) throws(APIError) {
    var lines = try Self.lines(of: bytes)
    let first = lines.removeFirst()
    guard first.utf8.count <= limits.requestLineByteCount else { throw Self.longLine(limits) }
    let words = first.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard words.count == 3, Self.isToken(words[0]), words[0].count <= 16 else {
      throw Self.malformed("the first line is not 'METHOD /path HTTP/1.1'")
    }
    let isOld = try Self.isOld(words[2])
    let target = try Self.target(words[1], method: words[0])
    method = words[0]
    path = target.path

    guard lines.count <= limits.headerCount, lines.reduce(0, { $0 + $1.utf8.count + 2 }) <= limits.headerByteCount
    else { throw Self.largeHead(limits) }
    var fields: [String: String] = [:]
    for line in lines {
      let (name, value) = try Self.field(line)
      if Self.single.contains(name), fields[name] != nil { throw Self.malformed("'\(name)' stands twice") }
      fields[name] = value
    }
    guard fields["host"] != nil else { throw Self.malformed("there is no 'Host'") }
    // RFC 9112, 3.2.2: the target's own host counts.
    if let host = target.host { fields["host"] = host }
    if isOld, fields["transfer-encoding"] != nil { throw Self.malformed("HTTP/1.0 has no 'Transfer-Encoding'") }
    bodyByteCount = try Self.length(fields, limits)
    // RFC 9110, 10.1.1: a client of HTTP/1.0 cannot mean it.
    let expectation = isOld ? nil : fields["expect"]?.lowercased()
    guard expectation == nil || expectation == "100-continue" else {
      throw APIError(417, "unsupported_expectation", "'Expect' may only be '100-continue'.")
    }
    expectsContinue = expectation != nil
    self.fields = fields
  }

  /// The value of a field, by its name in lower case.
  package subscript(name: String) -> String? { fields[name] }

  /// A head that says the same of the body and closes the connection, with nothing in it that a client wrote: the parser
  /// behind the guard neither knows all methods nor needs them.
  var rewritten: String {
    "POST / HTTP/1.1\r\nhost: codex\r\ncontent-length: \(bodyByteCount)\r\nconnection: close\r\n\r\n"
  }

  static func longLine(_ limits: ServingLimits) -> APIError {
    APIError(414, "request_line_too_long", "The first line may have \(limits.requestLineByteCount) bytes.")
  }

  static func largeHead(_ limits: ServingLimits) -> APIError {
    APIError(
      431, "header_too_large",
      "The header may have \(limits.headerCount) fields and \(limits.headerByteCount) bytes in all.")
  }

  // MARK: Parts

  /// Whether the version is 1.0; later minor versions are read as 1.1 (RFC 9110, 2.5).
  private static func isOld(_ version: String) throws(APIError) -> Bool {
    let digits = Array(version.utf8.dropFirst(5))
    guard version.hasPrefix("HTTP/"), digits.count == 3, digits[1] == UInt8(ascii: "."),
      [digits[0], digits[2]].allSatisfy({ (0x30...0x39).contains($0) })
    else { throw malformed("the first line does not end in 'HTTP/1.1'") }
    guard digits[0] == UInt8(ascii: "1") else { throw APIError(505, "unsupported_version", "Speak HTTP/1.1.") }
    return digits[2] == UInt8(ascii: "0")
  }

  /// The forms of RFC 9112, 3.2 that a server meets which is no proxy.
  private static func target(_ text: String, method: String) throws(APIError) -> (path: String, host: String?) {
    if text == "*", method == "OPTIONS" { return ("*", nil) }
    func path(_ rest: Substring) -> String { String(rest.prefix { $0 != "?" && $0 != "#" }) }
    if text.hasPrefix("/") { return (path(text[...]), nil) }
    let scheme = "http://"
    guard text.lowercased().hasPrefix(scheme) else { throw malformed("the target is not a path") }
    let rest = text.dropFirst(scheme.count)
    let host = rest.prefix { !"/?#".contains($0) }
    guard !host.isEmpty, !host.contains("@") else { throw malformed("the target names no host") }
    let tail = rest.dropFirst(host.count)
    return (tail.hasPrefix("/") ? path(tail) : "/", String(host))
  }

  /// The lines before the empty one.
  private static func lines(of bytes: some Collection<UInt8>) throws(APIError) -> [String] {
    var lines: [String] = []
    var line: [UInt8] = []
    var afterReturn = false
    for byte in bytes {
      if afterReturn {
        guard byte == 0x0A else { throw malformed("a carriage return stands alone") }
        lines.append(String(decoding: line, as: UTF8.self))
        line.removeAll(keepingCapacity: true)
        afterReturn = false
      } else if byte == 0x0D {
        afterReturn = true
      } else if (0x20..<0x7F).contains(byte) || byte == 0x09 {
        line.append(byte)
      } else {
        throw malformed(
          byte == 0x0A ? "a line ends without a carriage return" : "there is a byte that is not ASCII text")
      }
    }
    if lines.first == "" { lines.removeFirst() }
    guard lines.count >= 2, lines.removeLast().isEmpty, line.isEmpty, !lines.contains("") else {
      throw malformed("the header has no end")
    }
    return lines
  }

  private static func field(_ line: String) throws(APIError) -> (name: String, value: String) {
    guard let colon = line.firstIndex(of: ":"), isToken(line[..<colon]) else {
      throw malformed("a line is not 'Name: value'")
    }
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    var value = line[line.index(after: colon)...].drop(while: isBlank)
    while value.last.map(isBlank) == true { value.removeLast() }
    return (line[..<colon].lowercased(), String(value))
  }

  private static func length(_ fields: [String: String], _ limits: ServingLimits) throws(APIError) -> Int {
    if let encoding = fields["transfer-encoding"] {
      guard fields["content-length"] == nil else { throw malformed("there are two statements of the body's length") }
      let codings = encoding.lowercased().split(separator: ",", omittingEmptySubsequences: false).map {
        $0.filter { $0 != " " && $0 != "\t" }
      }
      // RFC 9112, 6.3: where the last is not 'chunked', nobody knows where the body ends.
      guard codings.last == "chunked", codings.dropLast().allSatisfy({ isToken($0) && $0 != "chunked" }) else {
        throw malformed("the transfer encoding does not end in one 'chunked'")
      }
      let isOtherCoding = codings.count > 1
      guard !isOtherCoding else {
        throw APIError(501, "unsupported_coding", "Send the body as it is, with 'Content-Length'.", kind: .server)
      }
      throw APIError(411, "length_required", "Send the body with 'Content-Length'; chunked bodies are not read.")
    }
    guard let text = fields["content-length"] else { return 0 }
    guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw malformed("'Content-Length' is not a number")
    }
    guard let length = Int(text), length <= limits.bodyByteCount else {
      throw APIError(413, "body_too_large", "The body may have \(limits.bodyByteCount) bytes.")
    }
    return length
  }

  /// RFC 9110, 5.6.2.
  private static func isToken(_ text: some StringProtocol) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
          || "!#$%&'*+-.^_`|~".utf8.contains($0)
      }
  }

  private static func malformed(_ why: String) -> APIError {
    APIError(400, "malformed_request", "The request is not well-formed HTTP/1.1: \(why).")
  }
}
