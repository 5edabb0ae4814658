import Planning
import Synchronization

/// Answers that arrive in any order, from several threads.
final class AnswerSlots: Sendable {
  private let slots: Mutex<[Result<PlanningResult, any Error>?]>

  init(count: Int) { slots = Mutex(Array(repeating: nil, count: count)) }

  func fill(_ index: Int, with answer: Result<PlanningResult, any Error>) {
    slots.withLock { $0[index] = answer }
  }

  /// Every answer, in order. Traps if one is missing.
  func all() -> [Result<PlanningResult, any Error>] {
    slots.withLock { slots in
      slots.map { answer in
        guard let answer else { preconditionFailure("every request was answered or failed") }
        return answer
      }
    }
  }
}
