/// Working memory of the calling thread, kept between calls.
#pragma once
#include <stddef.h>

/// At least `count` floats at a 64-byte boundary, contents undefined, valid until the thread's next call. Traps when
/// memory is exhausted. Freed when the thread ends.
float *ck_scratch(size_t count);
