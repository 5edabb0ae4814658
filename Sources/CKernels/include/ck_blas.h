/// Finds a BLAS library at run time.
#pragma once
#include <stdbool.h>

/// `cblas_sgemm` of the CBLAS standard with 32-bit integers.
typedef void (*ck_sgemm)(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha,
                         const float *_Nonnull a, int lda, const float *_Nonnull b, int ldb, float beta,
                         float *_Nonnull c, int ldc);

/// A loaded library. Strings are never null and live as long as the process.
typedef struct {
  ck_sgemm _Nullable sgemm;
  /// The file that the loader chose.
  char path[512];
  /// `openblas_get_config()`, or empty.
  char configuration[256];
  /// `openblas_get_corename()`, or empty.
  char core_name[64];
  /// Threads that the library says it uses, read back after asking for one; 0 when it does not say.
  int threads;
  /// Why nothing was loaded; empty on success.
  char failure[512];
} ck_blas;

/// Loads `explicit_path`, or, if it is null, the first of the usual names that exports `cblas_sgemm`, and tells it to
/// use one thread. False on failure, `found->failure` saying why.
///
/// On a processor with AVX-512 it first sets OPENBLAS_CORETYPE=SkylakeX, since OpenBLAS 0.3.21 and 0.3.34 take Zen 5
/// for Haswell and run at half speed; so call it before any other thread exists. The library is never unloaded.
bool ck_blas_open(const char *_Nullable explicit_path, ck_blas *_Nonnull found);
