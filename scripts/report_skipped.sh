#!/usr/bin/env bash
# Counts and names the tests and suites that a log of `swift test` says were skipped.
# usage: [DEMAND_ALL=1] scripts/report_skipped.sh LOG; with DEMAND_ALL=1 a skipped one is a failure, unless it is the
# processor that lacks something: nobody can install that.
set -euo pipefail
skipped=$(grep -aE '^[^ ]+ +(Test|Suite) .* skipped' "$1" | sed -E 's/^[^ ]+ +//' | sort -u || true)
if [ -z "$skipped" ]; then
  echo "codex: no test was skipped"
  exit 0
fi
count=$(printf '%s\n' "$skipped" | wc -l)
printf 'codex: %s tests or suites were skipped:\n%s\n' "$count" "$(printf '%s\n' "$skipped" | sed 's/^/  /')"
echo "codex: install what they need (scripts/install_libraries.sh) and run 'make test' again"
[ "${DEMAND_ALL:-0}" != 1 ] || ! printf '%s\n' "$skipped" | grep -qvE 'no (AVX|NEON)'
