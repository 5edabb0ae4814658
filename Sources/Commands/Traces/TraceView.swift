import Plans
import Schemas

/// One trace for people.
struct TraceView {
  let trace: TraceRecord

  init(_ trace: TraceRecord) { self.trace = trace }

  func write(to output: Output) throws {
    var facts = Table([.init("trace"), .init(trace.traceID)])
    func fact(_ name: String, _ value: StyledText?) {
      if let value { facts.add([StyledText(name, .dim), value]) }
    }
    fact("run", trace.runID.map { StyledText($0) })
    fact("phase", StyledText(trace.phase + (trace.step.map { ", step \($0)" } ?? "")))
    fact("world", StyledText("\(trace.problem.world), level \(trace.problem.level)"))
    fact("mode", StyledText("\(trace.mode), \(trace.modelEvaluations) model evaluations"))
    fact("verdict", TraceVerdict.text(of: trace))
    fact("outcome", trace.outcome.map { StyledText($0) })
    try facts.write(to: output)
    if let plan = trace.plan {
      try output.line()
      try PlanView(PlanParser.parse(plan)).write(to: output)
    }
    if let refused = trace.refused {
      try output.line()
      try output.line(StyledText("refused before:", .yellow))
      try PlanView(PlanParser.parse(refused)).write(to: output)
      for finding in trace.findings {
        try output.sentence(StyledText("\(finding.path) \(finding.rule): ", .red) + StyledText(finding.message))
      }
    }
  }
}
