// Facts about the machine whose headers Swift does not import: they need _GNU_SOURCE or are Linux's alone.
#include "ck_machine.h"

#include <sched.h>
#include <sys/vfs.h>

int ck_processors(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
  int count = CPU_COUNT(&set);
  return count > 0 ? count : 1;
}

int64_t ck_file_system_type(const char *path) {
  struct statfs information;
  return statfs(path, &information) == 0 ? (int64_t)(uint32_t)information.f_type : -1;
}
