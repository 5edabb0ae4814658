#include "ck_memory.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static atomic_long allocations;

long ck_allocation_count(void) { return atomic_load(&allocations); }

void *ck_allocate(size_t bytes) {
  const size_t huge = 2u << 20;
  size_t alignment = bytes >= huge ? huge : 64;
  void *memory = 0;
  if (bytes > (size_t)-1 - huge || posix_memalign(&memory, alignment, bytes ? bytes : 1)) return 0;
#if defined(MADV_HUGEPAGE)
  // Advice only: a refusal costs speed, not correctness. The remainder below 2 MiB stays on ordinary pages.
  if (bytes >= huge) madvise(memory, bytes & ~(huge - 1), MADV_HUGEPAGE);
#endif
  atomic_fetch_add(&allocations, 1);
  memset(memory, 0, bytes);
  return memory;
}
