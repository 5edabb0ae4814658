// The panels of packed matrices (see product.h).

enum {
  /// Columns of a panel.
  PANEL = 2 * WIDTH,
  /// Words summed in registers before they are added to c.
  BLOCK = 256,
  /// Rows of the left operand that are packed together.
  CHUNK_ROWS = 8 * TILE_ROWS,
  /// Columns that pass by one block of rows together: BLOCK · BLOCK_N words are 512 KiB.
  BLOCK_N = 512,
  /// How far ahead panels are fetched, in words. Twelve rows of bfloat16 against weights in memory, one thread of a Zen 5:
  /// 225 GFLOP/s without, 420 with 8 KiB, and no loss where the weights are in a cache.
  AHEAD = 2048,
};

INLINE long panels_of(long n) { return (n + PANEL - 1) / PANEL; }
