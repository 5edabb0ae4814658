#!/usr/bin/env bash
# Writes into a built codex which commit it was built from, and of which date: `codex --version` prints both. Nothing is
# compiled for it. Outside a git repository, or without git, both stay 'unknown'.
#
# Usage: scripts/stamp_build.sh BINARY
set -euo pipefail
export LC_ALL=C TZ=UTC
binary=$(realpath "${1:?usage: scripts/stamp_build.sh BINARY}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."

commit=unknown date=unknown
# Not the repository of somebody else around these sources.
if [ -e .git ] && commit=$(git rev-parse --short=12 HEAD 2>/dev/null); then
  date=$(git log -1 --date=format-local:%Y-%m-%d --format=%cd)
  [ -z "$(git status --porcelain --untracked-files=no)" ] || commit+=-modified
else
  commit=unknown
fi

# 64 bytes, as in Sources/Commands/CodexVersion.swift.
places=$(grep -abo 'CODEX-BUILD-STAMP [ -~]\{46\}' "$binary" | cut -d: -f1)
if [ "$(printf '%s' "$places" | grep -c .)" -ne 1 ]; then
  echo "codex: $binary: expected one place for the commit, got $(printf '%s' "$places" | grep -c . || true)." \
    "Build it from these sources." >&2
  exit 1
fi
printf '%-64s' "CODEX-BUILD-STAMP $commit $date" | dd of="$binary" bs=1 seek="$places" conv=notrunc status=none
