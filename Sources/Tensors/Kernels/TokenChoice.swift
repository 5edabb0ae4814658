import Glibc

/// A token chosen from a distribution.
public struct TokenChoice: Equatable, Sendable {
  public let token: Int
  /// Natural logarithm of its probability among the allowed tokens, at the temperature asked for (1 if that was 0).
  public let logProbability: Float

  public init(token: Int, logProbability: Float) {
    self.token = token
    self.logProbability = logProbability
  }
}

// p(t) = exp(z(t)/temperature) / Σ exp(z(u)/temperature) over allowed u. The choice is the first token whose share,
// added to those before it, passes `position`: no sorting, one pass for the sum and a second one up to the choice.

extension ReferenceKernels {
  public func choose(
    _ logits: Input, vocabulary: Int, allowed: UnsafeBufferPointer<UInt64>?, temperature: Float, position: Double
  ) -> TokenChoice? {
    requireChoice(vocabulary, temperature, position)
    let tokens = (0..<vocabulary).filter { token in
      guard let allowed else { return true }
      return token / 64 < allowed.count && allowed[token / 64] >> UInt64(token % 64) & 1 == 1
    }
    guard let maximum = tokens.map({ logits[$0] }).max(), tokens.allSatisfy({ logits[$0] < .infinity }) else {
      return nil
    }
    guard maximum > -.infinity else { return nil }
    let divisor = temperature > 0 ? Double(temperature) : 1
    let shares = tokens.map { exp((Double(logits[$0]) - Double(maximum)) / divisor) }
    let total = shares.reduce(0, +)
    var passed = 0.0
    var choice = 0
    for (index, share) in zip(tokens.indices, shares) where share > 0 {
      choice = index
      passed += share
      if temperature > 0 ? passed > position * total : logits[tokens[index]] == maximum { break }
    }
    return TokenChoice(token: tokens[choice], logProbability: Float(log(shares[choice] / total)))
  }
}

extension FastKernels {
  public func choose(
    _ logits: Input, vocabulary: Int, allowed: UnsafeBufferPointer<UInt64>?, temperature: Float, position: Double
  ) -> TokenChoice? {
    requireChoice(vocabulary, temperature, position)
    var logProbability: Float = 0
    let token = table.pointee.choose(
      logits, allowed?.baseAddress, allowed?.count ?? 0, vocabulary, temperature, position, &logProbability)
    return token < 0 ? nil : TokenChoice(token: token, logProbability: logProbability)
  }
}

private func requireChoice(_ vocabulary: Int, _ temperature: Float, _ position: Double) {
  precondition(vocabulary > 0 && temperature >= 0, "\(vocabulary) tokens at temperature \(temperature)")
  precondition(position >= 0 && position < 1, "position \(position) is outside [0, 1)")
}
