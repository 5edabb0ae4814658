#!/usr/bin/env bash
# Stops with a remedy unless a Swift toolchain that can build this package is on the path.
set -euo pipefail

needed=6.1
if ! command -v swift >/dev/null; then
  echo "codex: no 'swift' on the PATH; Swift $needed or later is needed. Install it from https://www.swift.org/install." >&2
  exit 1
fi
found=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+(\.[0-9]+)*).*/\1/p' | head -n 1)
if [ -z "$found" ]; then
  echo "codex: '$(command -v swift)' does not tell its version. Reinstall it from https://www.swift.org/install." >&2
  exit 1
fi
if [ "$(printf '%s\n' "$needed" "$found" | sort -V | head -n 1)" != "$needed" ]; then
  echo "codex: $(command -v swift) is Swift $found; $needed or later is needed." \
    "Install it from https://www.swift.org/install." >&2
  exit 1
fi
