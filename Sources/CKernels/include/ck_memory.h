/// Memory for numbers.
#pragma once
#include <stddef.h>

/// Zeroed memory of at least `bytes` bytes at a 64-byte boundary (2 MiB, with huge pages advised, from 2 MiB up),
/// or null when there is none. Release it with `free`.
void *_Nullable ck_allocate(size_t bytes);
/// Blocks that `ck_allocate` has given out so far.
long ck_allocation_count(void);
