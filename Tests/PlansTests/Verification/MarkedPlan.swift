import Plans
import Testing

/// Expects the findings of `rule` exactly at the steps of `marked` that a `@` precedes; `@goal` marks the root.
func expectFindings(
  _ rule: some PlanRule, _ marked: String, _ messages: [String] = [], sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let tree = try PlanParser.parse(String(marked.filter { $0 != "@" }))
  let findings = rule.findings(in: tree)
  // Steps in document order, with the offset of their keyword in the canonical text.
  var paths = [PlanPath()]
  tree.visit { _, path in paths.append(path) }
  var expected: [PlanPath] = []
  var step = -1
  var rest = marked[...]
  let keywords = ["goal ", "assert ", "subgoal ", "action ", "branch ", "terminal "]
  while !rest.isEmpty {
    let isMarked = rest.hasPrefix("@")
    if isMarked { rest.removeFirst() }
    if let keyword = keywords.first(where: rest.hasPrefix) {
      step += 1
      if isMarked { expected.append(paths[step]) }
      rest.removeFirst(keyword.count)
    } else {
      rest.removeFirst()
    }
  }
  #expect(findings.map(\.path) == expected, sourceLocation: sourceLocation)
  #expect(findings.allSatisfy { $0.rule == rule.name }, sourceLocation: sourceLocation)
  if !messages.isEmpty { #expect(findings.map(\.message) == messages, sourceLocation: sourceLocation) }
}
