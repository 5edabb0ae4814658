import Tensors

/// Keys and values of the tokens seen so far, for several sequences, in pages of 32 tokens from a fixed budget.
///
/// Sequences that were forked share their pages; the first one to write into a shared page, which only the last can
/// be, takes a copy of it (Kwon et al. 2023, section 4.4). Traps on sequences that are not open.
///
/// Memory: 2·L·G·D values for each of pages·32 tokens, taken at once, or as they are first needed.
public final class KeyValueCache {
  public static let tokensPerPage = PagedHead.tokensPerPage
  public let format: ProductFormat
  /// The budget.
  public let pages: Int
  /// Sequences that may be open at once.
  public let limit: Int
  private let positions: Int
  private let kvHeads: Int
  private let headWidth: Int
  private let headWords: Int
  private let pageStride: Int
  private var memory: FloatBuffer
  /// Pages that `memory` has room for.
  private var allocated: Int
  /// Page numbers of each sequence in the order of its tokens (limit, pages of a sequence).
  private let table: UnsafeMutablePointer<Int32>
  private let pagesOfSequence: Int
  private var lengths: [Int]
  private var isOpen: [Bool]
  /// Marks the sequences of one batch; all false between calls.
  private var isGrowing: [Bool]
  private var idle: [Int]
  private var free: [Int32]
  private var references: [Int32]
  /// Copies that a reservation counted so far; zero between calls.
  private var pendingCopies: [Int32]

  /// - Parameters:
  ///   - pages: As many as all sequences can fill, if nil.
  ///   - growsFrom: Pages that memory is taken for at once; for all of them, if nil.
  public init(
    _ shape: ModelShape, format: ProductFormat, sequences: Int, pages: Int? = nil, growsFrom: Int? = nil,
    kernels: any Kernels
  ) {
    precondition(sequences > 0 && pages ?? 1 > 0 && growsFrom ?? 1 > 0, "a cache holds something")
    self.format = format
    limit = sequences
    positions = shape.positions
    kvHeads = shape.kvHeads
    headWidth = shape.headWidth
    pagesOfSequence = Self.pages(for: shape.positions)
    let pages = pages ?? sequences * pagesOfSequence
    self.pages = pages
    headWords = kernels.pageWords(headWidth: shape.headWidth, format: format)
    pageStride = shape.layers * shape.kvHeads * headWords
    allocated = min(pages, growsFrom ?? pages)
    memory = FloatBuffer(count: allocated * pageStride)
    table = .allocate(capacity: sequences * pagesOfSequence)
    table.initialize(repeating: 0, count: sequences * pagesOfSequence)
    lengths = Array(repeating: 0, count: sequences)
    isOpen = Array(repeating: false, count: sequences)
    isGrowing = isOpen
    idle = Array((0..<sequences).reversed())
    free = (0..<Int32(pages)).reversed()
    references = Array(repeating: 0, count: pages)
    pendingCopies = Array(repeating: 0, count: pages)
  }

  deinit { table.deallocate() }

  /// Pages that no sequence holds.
  public var freePages: Int { free.count }

  /// Bytes of all pages that it took memory for.
  public var byteCount: Int { MemoryLayout<Float>.size * memory.count }

  /// Tokens of an open sequence.
  public func length(of sequence: Int) -> Int {
    requireOpen(sequence)
    return lengths[sequence]
  }

  /// A new, empty sequence. Throws `ReasonerError.tooManySequences`.
  public func open() throws(ReasonerError) -> Int {
    guard let sequence = idle.popLast() else { throw .tooManySequences(limit: limit) }
    isOpen[sequence] = true
    lengths[sequence] = 0
    return sequence
  }

  /// A new sequence that begins with all tokens of another one and shares its pages. Throws
  /// `ReasonerError.tooManySequences`.
  public func fork(_ sequence: Int) throws(ReasonerError) -> Int {
    requireOpen(sequence)
    let new = try open()
    lengths[new] = lengths[sequence]
    for index in 0..<pagesHeld(by: sequence) {
      let page = numbers(of: sequence)[index]
      numbers(of: new)[index] = page
      references[Int(page)] += 1
    }
    return new
  }

  /// Forgets all but the first `count` tokens; a no-op if there are no more.
  public func truncate(_ sequence: Int, to count: Int) {
    requireOpen(sequence)
    precondition(count >= 0, "no sequence has \(count) tokens")
    guard count < lengths[sequence] else { return }
    let held = pagesHeld(by: sequence)
    lengths[sequence] = count
    for index in pagesHeld(by: sequence)..<held { release(numbers(of: sequence)[index]) }
  }

  /// Forgets a sequence and gives its pages back.
  public func close(_ sequence: Int) {
    truncate(sequence, to: 0)
    isOpen[sequence] = false
    idle.append(sequence)
  }

  /// Pages that running `batch` would take. Compare with `freePages` to wait rather than fail.
  public func pagesNeeded(for batch: InferenceBatch) -> Int {
    var needed = 0
    for entry in batch.entries {
      let length = length(of: entry.sequence)
      needed += Self.pages(for: length + entry.count) - Self.pages(for: length)
      guard let page = partialPage(of: entry.sequence) else { continue }
      // Of those that share a page and write, all but the last one copy it.
      if references[page] - pendingCopies[page] > 1 {
        pendingCopies[page] += 1
        needed += 1
      }
    }
    for entry in batch.entries { if let page = partialPage(of: entry.sequence) { pendingCopies[page] = 0 } }
    return needed
  }

  /// Makes room for a batch's tokens, which `advance` then counts.
  ///
  /// - Throws: `ReasonerError.sequenceTooLong`, `ReasonerError.cacheExhausted`; nothing has changed then.
  func reserve(_ batch: InferenceBatch) throws(ReasonerError) {
    for entry in batch.entries {
      precondition(!isGrowing[entry.sequence], "sequence \(entry.sequence) comes twice in a batch")
      isGrowing[entry.sequence] = true
    }
    for entry in batch.entries { isGrowing[entry.sequence] = false }
    for entry in batch.entries where length(of: entry.sequence) + entry.count > positions {
      throw .sequenceTooLong(tokens: lengths[entry.sequence] + entry.count, positions: positions)
    }
    let needed = pagesNeeded(for: batch)
    guard needed <= free.count else { throw .cacheExhausted(needed: needed, free: free.count, pages: pages) }
    for entry in batch.entries {
      let sequence = entry.sequence
      if let page = partialPage(of: sequence), references[page] > 1 {
        let copy = takePage()
        (memory.words + Int(copy) * pageStride).update(from: memory.words + page * pageStride, count: pageStride)
        references[page] -= 1
        numbers(of: sequence)[pagesHeld(by: sequence) - 1] = copy
      }
      for index in pagesHeld(by: sequence)..<Self.pages(for: lengths[sequence] + entry.count) {
        numbers(of: sequence)[index] = takePage()
      }
    }
  }

  func advance(_ sequence: Int, by count: Int) { lengths[sequence] += count }

  /// The pages as kernels see them; valid while this object lives.
  var view: PagesView {
    PagesView(
      memory: memory.words, table: UnsafePointer(table), pagesOfSequence: pagesOfSequence, stride: pageStride,
      headWords: headWords, kvHeads: kvHeads, headWidth: headWidth, format: format)
  }

  /// Pages that so many tokens fill.
  static func pages(for tokens: Int) -> Int { (tokens + tokensPerPage - 1) / tokensPerPage }

  private func pagesHeld(by sequence: Int) -> Int { Self.pages(for: lengths[sequence]) }

  private func numbers(of sequence: Int) -> UnsafeMutablePointer<Int32> { table + sequence * pagesOfSequence }

  /// The page that the next token goes into, unless it begins a new one.
  private func partialPage(of sequence: Int) -> Int? {
    guard lengths[sequence] % Self.tokensPerPage != 0 else { return nil }
    return Int(numbers(of: sequence)[pagesHeld(by: sequence) - 1])
  }

  private func takePage() -> Int32 {
    let page = free.removeLast()
    if page >= allocated { grow(beyond: Int(page)) }
    references[Int(page)] = 1
    return page
  }

  /// Takes memory for at least twice as many pages, one of them `page`.
  private func grow(beyond page: Int) {
    let larger = min(pages, max(2 * allocated, page + 1))
    let grown = FloatBuffer(count: larger * pageStride)
    grown.pointer.update(from: memory.pointer, count: memory.count)
    (memory, allocated) = (grown, larger)
  }

  private func release(_ page: Int32) {
    references[Int(page)] -= 1
    if references[Int(page)] == 0 { free.append(page) }
  }

  private func requireOpen(_ sequence: Int) {
    precondition(sequence >= 0 && sequence < limit && isOpen[sequence], "sequence \(sequence) is not open")
  }
}

/// The memory of a cache, for threads to find their heads in without touching the cache itself.
struct PagesView: @unchecked Sendable {
  let memory: UnsafeMutablePointer<UInt32>
  let table: UnsafePointer<Int32>
  let pagesOfSequence: Int
  let stride: Int
  let headWords: Int
  let kvHeads: Int
  let headWidth: Int
  let format: ProductFormat

  /// Where one key head's keys and values of a sequence lie in one layer.
  func head(_ head: Int, layer: Int, sequence: Int) -> PagedHead {
    PagedHead(
      memory: memory + (layer * kvHeads + head) * headWords, pages: table + sequence * pagesOfSequence, stride: stride,
      headWidth: headWidth, format: format)
  }
}
