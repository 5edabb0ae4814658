#!/usr/bin/env bash
# The pipeline once, on this machine: choose a template, make its problems, train on them, evaluate on held-out ones, plan.
#
# Usage: scripts/demo.sh PATH_TO_CODEX. Works in .build/demo, which it empties first.
set -euo pipefail

codex=$(realpath "${1:?usage: scripts/demo.sh PATH_TO_CODEX}")
workspace="$(dirname "${BASH_SOURCE[0]}")/../.build/demo"
rm -rf "$workspace"
mkdir -p "$workspace"
cd "$workspace"

say() { printf '\n\033[1m== %s\033[0m\n' "$1" >&2; }
run() {
  printf '$ codex %s\n' "$(printf '%q ' "$@")" >&2
  "$codex" "$@"
}

say "What this machine offers"
run doctor

say "A workspace with the built-in configs, and its templates"
run init .
run reasoning-templates list
run reasoning-templates explain baseline

say "Problems with exact solutions, in disjoint splits"
run datasets materialize --template baseline
run datasets list

say "Training"
run train --template baseline

say "Evaluation on held-out problems"
run evaluate --config configs/evaluation/reasoning.yaml

say "One plan for one problem, verified before it leaves"
run plan "(37 + 45) * 6 - 12"
run traces list --limit 5
