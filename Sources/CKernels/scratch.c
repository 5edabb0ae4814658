#include "scratch.h"

#include <pthread.h>
#include <stdlib.h>

#include "ck_memory.h"

static _Thread_local float *memory;
static _Thread_local size_t capacity;
static pthread_key_t at_thread_end;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void create_key(void) {
  if (pthread_key_create(&at_thread_end, free)) __builtin_trap();
}

float *ck_scratch(size_t count) {
  if (count <= capacity) return memory;
  pthread_once(&once, create_key);
  free(memory);
  memory = ck_allocate(count * sizeof(float));
  if (!memory || pthread_setspecific(at_thread_end, memory)) __builtin_trap();
  capacity = count;
  return memory;
}
