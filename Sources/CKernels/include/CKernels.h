/// Everything that CKernels offers; see README.md for why it is C.
#pragma once
#include "ck_blas.h"
#include "ck_kernels.h"
#include "ck_machine.h"
#include "ck_memory.h"
#include "ck_pool.h"
