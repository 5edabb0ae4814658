import CKernels

/// Keys and values of one key head of one sequence, in pages of a cache that somebody else owns.
///
/// Sendable because it is addresses: who shares it keeps them alive and its writers apart.
public struct PagedHead: @unchecked Sendable {
  /// Tokens of one page.
  public static let tokensPerPage = Int(CK_PAGE)

  /// The head's place in page 0.
  public let memory: UnsafeMutablePointer<UInt32>
  /// Numbers of the sequence's pages, in the order of its tokens.
  public let pages: UnsafePointer<Int32>
  /// Words from one page to the next.
  public let stride: Int
  public let headWidth: Int
  /// Single precision or bfloat16.
  public let format: ProductFormat

  /// Traps on 8-bit integers: their scales do not exist for single tokens.
  public init(
    memory: UnsafeMutablePointer<UInt32>, pages: UnsafePointer<Int32>, stride: Int, headWidth: Int,
    format: ProductFormat
  ) {
    precondition(ProductFormat.floatingPoint.contains(format), "pages hold no \(format)")
    self.memory = memory
    self.pages = pages
    self.stride = stride
    self.headWidth = headWidth
    self.format = format
  }
}
