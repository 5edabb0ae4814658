import Composition
import Planning
import Schemas

/// A pod as it should run: section `pod` of a config in `configs/deploy/`. A value of this type is valid.
public struct PodConfig: Sendable {
  public let name: String
  public let version: Int
  public let ring: RolloutRing
  public let image: String
  /// The persistent volume claim with the workspace's `artifacts/`.
  public let artifactsClaim: String
  public let replicas: Int
  public let port: Int
  public let processor: ProcessorQuantity
  public let memory: MemoryQuantity
  public let evaluationPreset: String
  public let mode: PlanningMode
  /// Model evaluations per problem at most.
  public let budget: Int
  public let latency: LatencyBudget
  /// Milestones that the run must hold.
  public let gates: [String]
  public let notes: [String]
  /// Digest of the configuration it was read from.
  public let digest: Digest

  /// - Throws: `ConfigError`, all problems together.
  public init(_ resolved: ResolvedConfig) throws {
    var read = ConfigReader(resolved, at: "pod")
    _ = read.string("kind", allowed: ["ReasoningPod"])
    name = read.string("name")
    if !Self.isClusterName(name) {
      read.refuse("name", allowed: "1 to 63 of a-z 0-9 -, beginning and ending with a letter or digit")
    }
    version = read.int("version", in: 0...1_000_000)
    ring = read.enumeration("rollout_ring")
    let repository = read.string("image.repository")
    let tag = read.string("image.tag")
    if !Self.isImagePart(repository, separators: "./_-:") || !Self.isImagePart(tag, separators: "._-") {
      read.refuse("image.tag", allowed: "an image as registries name it: letters, digits and . _ - / :")
    }
    image = repository + ":" + tag
    artifactsClaim = read.string("artifacts_claim")
    if !Self.isClusterName(artifactsClaim) { read.refuse("artifacts_claim", allowed: "1 to 63 of a-z 0-9 -") }
    replicas = read.int("replicas", in: 1...1000)
    port = read.int("port", in: 1024...65_535)
    processor = Self.quantity("resources.cpu", &read, ProcessorQuantity.init(parsing:), ProcessorQuantity.rule) ?? .one
    memory = Self.quantity("resources.memory", &read, MemoryQuantity.init(parsing:), MemoryQuantity.rule) ?? .mebibyte
    evaluationPreset = read.string("reasoning.evaluation_preset")
    mode = read.enumeration("reasoning.mode")
    budget = read.int("reasoning.budget", in: 1...1_000_000)
    latency = read.nested("latency", LatencyBudget.init(reading:))
    gates = read.strings("gates")
    if !gates.allSatisfy(Self.isMilestone) {
      read.refuse("gates", allowed: "milestones of the gates file: M and a number, such as M0")
    }
    notes = read.strings("notes", default: [])
    digest = resolved.digest
    try read.finish()
  }

  private static func quantity<Q>(
    _ path: String, _ read: inout ConfigReader, _ parse: (String) -> Q?, _ rule: String
  ) -> Q? {
    let quantity = parse(read.string(path))
    if quantity == nil { read.refuse(path, allowed: rule) }
    return quantity
  }

  /// Which of them there are says the gates file, when the run is judged.
  private static func isMilestone(_ text: String) -> Bool {
    text.first == "M" && UInt16(text.dropFirst()).map(String.init) == String(text.dropFirst())
  }

  /// A DNS label (RFC 1123), as Kubernetes asks of names.
  private static func isClusterName(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func isPlain(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard let first = bytes.first, let last = bytes.last, bytes.count <= 63 else { return false }
    return isPlain(first) && isPlain(last) && bytes.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isImagePart(_ text: String, separators: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 200
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
          || separators.unicodeScalars.contains(scalar)
      }
  }
}
