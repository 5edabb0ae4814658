#include "ck_blas.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ck_kernels.h"

static bool adopt(void *library, const char *name, ck_blas *found) {
  void *sgemm = dlsym(library, "cblas_sgemm");
  if (!sgemm) {
    snprintf(found->failure, sizeof found->failure, "%s exports no cblas_sgemm", name);
    return false;
  }
  found->sgemm = (ck_sgemm)sgemm;
  Dl_info info;
  char resolved[PATH_MAX];
  const char *path = dladdr(sgemm, &info) && info.dli_fname ? info.dli_fname : name;
  snprintf(found->path, sizeof found->path, "%s", realpath(path, resolved) ? resolved : path);

  void (*set_threads)(int) = (void (*)(int))dlsym(library, "openblas_set_num_threads");
  int (*get_threads)(void) = (int (*)(void))dlsym(library, "openblas_get_num_threads");
  if (set_threads) set_threads(1);
  if (get_threads) found->threads = get_threads();
  char *(*configuration)(void) = (char *(*)(void))dlsym(library, "openblas_get_config");
  if (configuration) snprintf(found->configuration, sizeof found->configuration, "%s", configuration());
  char *(*core_name)(void) = (char *(*)(void))dlsym(library, "openblas_get_corename");
  if (core_name) snprintf(found->core_name, sizeof found->core_name, "%s", core_name());
  found->failure[0] = 0;
  return true;
}

bool ck_blas_open(const char *explicit_path, ck_blas *found) {
  memset(found, 0, sizeof *found);
  ck_level best = ck_level_best();
  if (best == CK_AVX512 || best == CK_AVX512_BF16) setenv("OPENBLAS_CORETYPE", "SkylakeX", 1);
  setenv("OPENBLAS_NUM_THREADS", "1", 1);

  static const char *const usual[] = {"libopenblas.so.0", "libopenblas.so", "libblas.so.3", "libcblas.so.3"};
  const char *const *names = explicit_path ? &explicit_path : usual;
  size_t count = explicit_path ? 1 : sizeof usual / sizeof *usual;
  snprintf(found->failure, sizeof found->failure, "no library was tried");
  for (size_t i = 0; i < count; i++) {
    void *library = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!library) {
      snprintf(found->failure, sizeof found->failure, "%s", dlerror());
      continue;
    }
    if (adopt(library, names[i], found)) return true;
    dlclose(library);
  }
  return false;
}
