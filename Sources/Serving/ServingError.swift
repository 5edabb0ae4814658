/// Why a server does not come up.
public enum ServingError: Error, Equatable, Sendable {
  /// Others reach the address, and there is no key.
  case keyRequired(host: String)
  /// The key file does not hold a key.
  case badKey(path: String, expected: String)
  /// The address cannot be listened on.
  case cannotListen(host: String, port: Int, reason: String)
}

extension ServingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .keyRequired(let host):
      "'--host \(host)' is reached from other machines; there is no key. Give '--api-key-file FILE', or stay on 127.0.0.1."
    case .badKey(let path, let expected):
      "\(path): this is no key; expected \(expected). Make one with 'openssl rand -hex 32'."
    case .cannotListen(let host, let port, let reason):
      "cannot listen on \(host) port \(port): \(reason). Choose another with '--port'; 0 takes any that is free."
    }
  }
}
