import Schemas
import Storage

/// Who may ask: requests that name this server as their host, come from no foreign page, and hold the key if there is one.
///
/// The host and origin rules keep pages that a browser shows from reaching a server on the same machine (DNS rebinding,
/// cross-site requests).
public struct AccessRules: Sendable {
  /// Host names, lower case, brackets of IPv6 addresses left out.
  private let hosts: Set<String>
  /// Whether the server is reached under names that it cannot know; only with a key, which no foreign page has.
  private let answersAnyHost: Bool
  private let keyDigest: Digest?

  private static let loopback: Set<String> = ["localhost", "127.0.0.1", "::1"]
  private static let anyAddress: Set<String> = ["0.0.0.0", "::"]

  /// - Parameters:
  ///   - address: Where the server is bound.
  ///   - names: Other names that clients may call it by. A server that is bound to all addresses goes by any name if none
  ///     is given.
  ///   - key: What clients have to show; nil lets everybody in who reaches a loopback address.
  /// - Throws: `ServingError.keyRequired` for an address that others reach, without a key.
  public init(boundTo address: String, names: [String] = [], key: String?) throws {
    let address = address.lowercased()
    guard key != nil || Self.isLoopback(address) else { throw ServingError.keyRequired(host: address) }
    hosts = Self.loopback.union([address]).union(names.map { $0.lowercased() })
    answersAnyHost = names.isEmpty && Self.anyAddress.contains(address)
    keyDigest = key.map { Digest(of: $0) }
  }

  /// - Throws: `APIError` 400, 401 or 403.
  package func check(_ head: RequestHead) throws(APIError) {
    guard let host = head["host"].flatMap(Self.name(ofAuthority:)), answersAnyHost || hosts.contains(host) else {
      throw APIError(
        403, "host_not_allowed", "This server does not answer under that host name.", kind: .permission)
    }
    if let origin = head["origin"] {
      guard let origin = Self.name(ofOrigin: origin), hosts.contains(origin) else {
        throw APIError(403, "origin_not_allowed", "Pages of other sites may not ask here.", kind: .permission)
      }
    }
    guard let keyDigest else { return }
    let scheme = "bearer "
    let shown = head["authorization"].flatMap { $0.lowercased().hasPrefix(scheme) ? $0.dropFirst(scheme.count) : nil }
    // Digests, so that neither the length of the key nor the position of a difference shows in the time.
    let difference = zip(Digest(of: String(shown ?? "")).bytes, keyDigest.bytes).reduce(0) { $0 | ($1.0 ^ $1.1) }
    guard shown != nil, difference == 0 else {
      throw APIError(
        401, "invalid_api_key", "Give the key as 'Authorization: Bearer KEY'.", kind: .authentication)
    }
  }

  /// Whether only programs of this machine reach `address`.
  static func isLoopback(_ address: String) -> Bool {
    if loopback.contains(address) { return true }
    let parts = address.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }

  /// `name`, `name:port` or `[address]:port`, without the port.
  private static func name(ofAuthority text: String) -> String? {
    let rest: Substring
    let name: Substring
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      name = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
    } else {
      name = text.prefix { $0 != ":" }
      rest = text.dropFirst(name.count)
    }
    let port = rest.dropFirst()
    guard rest.isEmpty || (rest.first == ":" && !port.isEmpty && UInt16(port) != nil) else { return nil }
    return name.isEmpty ? nil : name.lowercased()
  }

  private static func name(ofOrigin text: String) -> String? {
    for scheme in ["http://", "https://"] where text.lowercased().hasPrefix(scheme) {
      return name(ofAuthority: String(text.dropFirst(scheme.count)))
    }
    return nil
  }
}
