import Synchronization

/// One client's connection, as the request sees it that came over it.
final class Connection: Sendable {
  private let gone = Atomic<Bool>(false)
  private let stored = Mutex<RequestHead?>(nil)

  /// Whether nobody is there any more to read an answer.
  var isGone: Bool { gone.load(ordering: .relaxed) }

  func leave() { gone.store(true, ordering: .relaxed) }

  /// The head that the guard let through.
  var head: RequestHead? {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }
}
