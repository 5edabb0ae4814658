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

/// Runs `body(context, phase, part)` for every part of every phase, phase by phase: a phase begins when all parts of the
/// one before are done. `ends[phase]` is the number of parts up to and with that phase.
///
/// One call for many short phases: passing from one to the next costs a fraction of a microsecond, not a wake-up.
void ck_parallel_phases(const long *_Nonnull ends, long phases, long threads,
                        void (*_Nonnull body)(void *_Nonnull context, long phase, long part), void *_Nonnull context);
