/// Has no keys: reduced packages neither sign nor verify.
public enum P256 {
  public enum Signing {
    public struct NoKeys: Error {}

    public struct PrivateKey: Sendable {
      public let publicKey: PublicKey

      public init(derRepresentation: [UInt8]) throws { throw NoKeys() }

      public func signature(for message: [UInt8]) throws -> ECDSASignature { throw NoKeys() }
    }

    public struct PublicKey: Sendable {
      public let derRepresentation: [UInt8]

      public init(derRepresentation: [UInt8]) throws { throw NoKeys() }

      public func isValidSignature(_ signature: ECDSASignature, for message: [UInt8]) -> Bool { false }
    }

    public struct ECDSASignature: Sendable {
      public let derRepresentation: [UInt8]

      public init(derRepresentation: [UInt8]) throws { throw NoKeys() }
    }
  }
}
