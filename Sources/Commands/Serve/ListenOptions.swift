import ArgumentParser
import Serving
import Storage

/// Where a server listens, whom it lets in, and how much it takes on.
struct ListenOptions: ParsableArguments {
  @Option(help: "Address to listen on. Beyond this machine only with --api-key-file.")
  var host = "127.0.0.1"

  @Option(help: "Port to listen on; 0 takes any that is free.")
  var port = 8080

  @Option(
    help: ArgumentHelp("Where the port is written once clients can connect.", valueName: "file"), completion: .file())
  var portFile: String?

  @Option(help: ArgumentHelp("Holds the key that clients must show.", valueName: "file"), completion: .file())
  var apiKeyFile: String?

  @Option(help: ArgumentHelp("Another name that clients may call the server by; repeatable.", valueName: "name"))
  var allowHost: [String] = []

  @Option(help: "Requests that plan at once.")
  var workers = ServingLimits().workers

  @Option(help: "Requests that wait for a worker; more get 429.")
  var queue = ServingLimits().queueLength

  func validate() throws {
    for (name, value, allowed) in [
      ("port", port, 0...65_535), ("workers", workers, 1...64), ("queue", queue, 0...1024),
    ] where !allowed.contains(value) {
      throw ValidationError("--\(name) is \(value); allowed: \(allowed.lowerBound)...\(allowed.upperBound).")
    }
    if host.isEmpty { throw ValidationError("--host is empty; give an address or a name.") }
  }

  var limits: ServingLimits {
    var limits = ServingLimits()
    limits.workers = workers
    limits.queueLength = queue
    return limits
  }

  /// The host as it stands in a URL.
  var hostInAddress: String { host.contains(":") ? "[\(host)]" : host }

  /// - Throws: `ServingError` for a missing or bad key, `StorageError` for an unreadable file.
  func access(in session: Session) throws -> AccessRules {
    try AccessRules(boundTo: host, names: allowHost, key: apiKeyFile.map { try Self.key(in: $0, session) })
  }

  private static let keyLength = 16...256

  private static func key(in path: String, _ session: Session) throws -> String {
    let bytes = try UserFile(path, from: session.filesPath).read(limit: 4096)
    let line = bytes.last == 0x0A ? bytes.dropLast() : bytes[...]
    guard keyLength.contains(line.count), line.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
      throw ServingError.badKey(
        path: path, expected: "one line of \(keyLength.lowerBound)…\(keyLength.upperBound) printable ASCII characters")
    }
    return String(decoding: line, as: UTF8.self)
  }
}
