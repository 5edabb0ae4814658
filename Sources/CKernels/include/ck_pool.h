/// A pool of persistent worker threads.
#pragma once

/// Runs `body(context, index)` once for every index in 0..<count on at most `threads` threads, the caller being one
/// of them, and returns when all are done. Indices are handed out in ascending order, to whichever thread is free.
///
/// Workers are created on first need and kept; idle ones sleep. A call from inside a body, or while another thread's
/// call is under way, runs its indices on the calling thread, so it never deadlocks. If the system refuses a
/// thread, those that exist do the work.
void ck_parallel(long count, long threads, void (*_Nonnull body)(void *_Nonnull context, long index),
                 void *_Nonnull context);
