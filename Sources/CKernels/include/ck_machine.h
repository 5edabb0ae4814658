#pragma once

#include <stdint.h>

/// Processors that this process may run on; at least 1.
int ck_processors(void);

/// The magic number of the file system that holds `path` (statfs(2)), or -1 if it cannot be told.
int64_t ck_file_system_type(const char *path);
