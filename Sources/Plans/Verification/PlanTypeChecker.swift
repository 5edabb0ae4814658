/// Checks a plan against a signature: names, arity, types, symbols, outputs. It executes nothing.
public struct PlanTypeChecker: Sendable {
  public let signature: PlanSignature
  private let symbols: Set<String>

  public init(_ signature: PlanSignature) {
    self.signature = signature
    symbols = Set(signature.symbols)
  }

  /// Every type error, in document order; none means that each node matches its signature.
  ///
  /// Rules: `unknown_name`, `wrong_arity`, `wrong_type`, `unknown_symbol`, `missing_output`, `unexpected_output`.
  public func findings(in tree: PlanTree) -> [PlanFinding] {
    var findings = findings(in: tree.goal, kind: .goal, at: PlanPath())
    tree.visit { node, path in
      switch node {
      case .assertion(let call), .terminal(let call), .subgoal(let call, _), .branch(let call, _, _):
        findings += self.findings(in: call, kind: node.kind, at: path)
      case .action(let call, let output):
        findings += self.findings(in: call, kind: .action, at: path)
        findings += self.findings(in: output, of: call, at: path)
      }
    }
    return findings
  }

  /// The type errors of one call, read as a node of type `kind`.
  public func findings(in call: PlanCall, kind: PlanNodeKind, at path: PlanPath) -> [PlanFinding] {
    guard let entry = signature.entry(kind, call.name) else {
      let known = signature.entries.filter { $0.kind == kind }.map(\.name).joined(separator: ", ")
      return [
        PlanFinding(
          path, rule: "unknown_name",
          "no \(kind.rawValue) is called '\(call.name)'; known: \(known.isEmpty ? "none" : known)")
      ]
    }
    guard let types = entry.types(count: call.arguments.count) else {
      return [
        PlanFinding(
          path, rule: "wrong_arity",
          "'\(call.name)' takes \(entry.arity) inputs, got \(call.arguments.count)")
      ]
    }
    return zip(call.arguments, types).enumerated().flatMap { index, pair in
      self.findings(in: pair.0, expected: pair.1, as: "input \(index + 1) of '\(call.name)'", at: path)
    }
  }

  private func findings(in output: PlanTerm?, of call: PlanCall, at path: PlanPath) -> [PlanFinding] {
    guard let entry = signature.entry(.action, call.name) else { return [] }
    switch (entry.output, output) {
    case (nil, nil): return []
    case (nil, let output?):
      return [PlanFinding(path, rule: "unexpected_output", "'\(call.name)' yields nothing, got '\(output)'")]
    case (let type?, nil):
      return [PlanFinding(path, rule: "missing_output", "'\(call.name)' yields one \(type.rawValue), got none")]
    case (let type?, let output?):
      return findings(in: output, expected: type, as: "the output of '\(call.name)'", at: path)
    }
  }

  private func findings(in term: PlanTerm, expected: TermType, as role: String, at path: PlanPath) -> [PlanFinding] {
    guard term.type == expected else {
      return [PlanFinding(path, rule: "wrong_type", "\(role) is of type \(expected.rawValue), got '\(term)'")]
    }
    if case .symbol(let name) = term, !symbols.contains(name) {
      return [PlanFinding(path, rule: "unknown_symbol", "\(role): no symbol is called '\(name)'")]
    }
    return []
  }
}

extension PlanSignature.Entry {
  /// The types of `count` inputs, or `nil` if the entry does not admit that many.
  public func types(count: Int) -> [TermType]? {
    let extra = count - inputs.count
    guard extra >= 0, repeating.isEmpty ? extra == 0 : extra % repeating.count == 0 else { return nil }
    return inputs + (0..<extra).map { repeating[$0 % repeating.count] }
  }

  /// How many inputs there are, in words.
  fileprivate var arity: String {
    repeating.isEmpty ? "\(inputs.count)" : "\(inputs.count) and any number of groups of \(repeating.count)"
  }
}
