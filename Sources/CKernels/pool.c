// The pool behind ck_parallel: one job at a time, its indices handed out by an atomic counter.
#include "ck_pool.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>

enum { MAXIMUM_WORKERS = 255, SPINS = 4000 };

/// Held for the length of a job; a caller that finds it taken works alone.
static pthread_mutex_t job_owner = PTHREAD_MUTEX_INITIALIZER;
/// Guards the sleeping and waking of workers.
static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t job_posted = PTHREAD_COND_INITIALIZER;
static pthread_cond_t job_left = PTHREAD_COND_INITIALIZER;

/// Written under `state` before `generation` grows; workers read them after seeing it grow.
static void (*job_body)(void *, long);
static void *job_context;
/// Ends of the job's phases, counted in parts; null for a job of one kind of index.
static const long *job_ends;
static void (*job_phase_body)(void *, long, long);
static long job_count;
static long job_workers;

static atomic_ulong generation;
static atomic_long next_index;
static atomic_long parts_done;
static atomic_long workers_inside;
static long worker_count;
static _Thread_local bool inside_job;

static inline void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/// Parts are handed out in order, so whoever holds the first unfinished one can go on: nobody waits forever.
static void take_parts(void) {
  const long *ends = job_ends;
  for (long phase = 0, begin = 0;;) {
    long part = atomic_fetch_add(&next_index, 1);
    if (part >= job_count) return;
    while (part >= ends[phase]) begin = ends[phase++];
    for (int spin = 0; atomic_load_explicit(&parts_done, memory_order_acquire) < begin; spin++)
      if (spin < SPINS) relax();
      else sched_yield();
    job_phase_body(job_context, phase, part - begin);
    atomic_fetch_add(&parts_done, 1);
  }
}

static void take_indices(void) {
  if (job_ends) {
    take_parts();
    return;
  }
  for (;;) {
    long index = atomic_fetch_add(&next_index, 1);
    if (index >= job_count) return;
    job_body(job_context, index);
  }
}

static void *work(void *argument) {
  long identity = (long)argument;
  unsigned long seen = 0;
  inside_job = true;
  for (;;) {
    // Consecutive jobs follow within microseconds while training: spin that long, then sleep.
    for (int spin = 0; spin < SPINS && atomic_load(&generation) == seen; spin++) relax();
    pthread_mutex_lock(&state);
    while (atomic_load(&generation) == seen) pthread_cond_wait(&job_posted, &state);
    seen = atomic_load(&generation);
    bool invited = identity < job_workers;
    pthread_mutex_unlock(&state);
    if (!invited) continue;
    take_indices();
    if (atomic_fetch_sub(&workers_inside, 1) == 1) {
      pthread_mutex_lock(&state);
      pthread_cond_signal(&job_left);
      pthread_mutex_unlock(&state);
    }
  }
  return 0;
}

/// Creates workers until there are `wanted`, or as many as the system allows; returns how many there are.
static long ensure_workers(long wanted) {
  while (worker_count < wanted && worker_count < MAXIMUM_WORKERS) {
    pthread_t thread;
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes)) break;
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&attributes, 8u << 20);
    int refused = pthread_create(&thread, &attributes, work, (void *)worker_count);
    pthread_attr_destroy(&attributes);
    if (refused) break;
    worker_count++;
  }
  return worker_count < wanted ? worker_count : wanted;
}

/// Runs a job on the caller and up to `wanted` workers; false, with nothing done, if the pool is not to be had.
static bool run_job(long wanted, long count, const long *ends, void (*body)(void *, long),
                    void (*phase_body)(void *, long, long), void *context) {
  if (wanted < 1 || inside_job || pthread_mutex_trylock(&job_owner)) return false;
  pthread_mutex_lock(&state);
  job_workers = ensure_workers(wanted);
  job_body = body;
  job_phase_body = phase_body;
  job_ends = ends;
  job_context = context;
  job_count = count;
  atomic_store(&next_index, 0);
  atomic_store(&parts_done, 0);
  atomic_store(&workers_inside, job_workers);
  atomic_fetch_add(&generation, 1);
  pthread_cond_broadcast(&job_posted);
  pthread_mutex_unlock(&state);

  inside_job = true;
  take_indices();
  inside_job = false;

  // All invited workers must leave before the next job may overwrite this one.
  for (int spin = 0; spin < SPINS && atomic_load(&workers_inside) > 0; spin++) relax();
  pthread_mutex_lock(&state);
  while (atomic_load(&workers_inside) > 0) pthread_cond_wait(&job_left, &state);
  pthread_mutex_unlock(&state);
  pthread_mutex_unlock(&job_owner);
  return true;
}

void ck_parallel(long count, long threads, void (*body)(void *, long), void *context) {
  if (run_job((threads < count ? threads : count) - 1, count, 0, body, 0, context)) return;
  for (long index = 0; index < count; index++) body(context, index);
}

void ck_parallel_phases(const long *ends, long phases, long threads, void (*body)(void *, long, long), void *context) {
  if (phases < 1) return;
  if (run_job(threads - 1, ends[phases - 1], ends, 0, body, context)) return;
  for (long phase = 0, part = 0; phase < phases; phase++)
    for (long begin = part; part < ends[phase]; part++) body(context, phase, part - begin);
}
