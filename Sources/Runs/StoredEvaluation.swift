import Schemas

/// One evaluation as its own files tell it.
public struct StoredEvaluation: Sendable {
  public let summary: EvaluationSummary
  public let samples: [SampleRecord]
  public let traces: [TraceRecord]

  public init(summary: EvaluationSummary, samples: [SampleRecord], traces: [TraceRecord]) {
    self.summary = summary
    self.samples = samples
    self.traces = traces
  }
}
