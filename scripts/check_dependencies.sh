#!/usr/bin/env bash
# Stops unless every package of the build, those that packages bring themselves included, has the version of
# scripts/dependencies.txt. After a deliberate change: scripts/check_dependencies.sh --write.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

list=scripts/dependencies.txt
found=$(swift package show-dependencies --format json |
  awk -F '"' '$2 == "identity" { name = $4 } $2 == "version" && $4 != "unspecified" { print name, $4 }' | LC_ALL=C sort -u)
if [ "${1:-}" = --write ]; then
  printf '%s\n' "$found" >"$list"
  exit
fi
if ! difference=$(diff <(cat "$list") <(printf '%s\n' "$found")); then
  {
    echo "codex: packages have other versions than $list says (< listed, > found):"
    printf '%s\n' "$difference"
    echo "Delete Package.resolved and build again; or, if the change is meant, run scripts/check_dependencies.sh --write."
  } >&2
  exit 1
fi
