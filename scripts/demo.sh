#!/usr/bin/env bash
# The pipeline once, on this machine: template → problems → training, with its control → evaluation → gates → bundle →
# deployment → one answer over HTTP → one verified plan.
#
# Usage: scripts/demo.sh PATH_TO_CODEX. Works in .build/demo, which it empties first.
set -euo pipefail

codex=$(realpath "${1:?usage: scripts/demo.sh PATH_TO_CODEX}")
steps=$(grep -c '^say "' "${BASH_SOURCE[0]}")
workspace="$(dirname "${BASH_SOURCE[0]}")/../.build/demo"
rm -rf "$workspace"
mkdir -p "$workspace"
cd "$workspace"
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || true' EXIT

if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then bold=$'\033[1m' plain=$'\033[0m'; else bold='' plain=''; fi
step=0 began=0
took() { [ "$step" -eq 0 ] || note "step $step took $(duration $((SECONDS - began)))"; }
duration() { if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi; }
# say TITLE [HOW LONG ON TWO CORES]: begins a step.
say() {
  took
  step=$((step + 1)) began=$SECONDS
  printf '\n%s== %d of %d: %s%s%s\n' "$bold" "$step" "$steps" "$1" "${2:+ ($2)}" "$plain" >&2
}
note() { printf '   %s\n' "$1" >&2; }
# A command as one types it: only what a shell would read otherwise is quoted.
shown() {
  local word line='$ codex'
  for word in "$@"; do
    case $word in
      '' | *[!A-Za-z0-9_./:,=@%+-]*) line+=" \"${word//\"/\\\"}\"" ;;
      *) line+=" $word" ;;
    esac
  done
  printf '%s\n' "$line" >&2
}
run() {
  shown "$@"
  "$codex" "$@"
}
# The whole table is in the run's summary.json: here the answers, and one line a mode.
brief() { awk '!heading || $2 == "all" || /^win rate over/ || (wins && NF) { print } /^mode / { heading = 1 } /^win rate over/ { wins = 1 }'; }
# A question whose answer may be no: exit 1 is an answer, everything above is a failure.
ask() {
  local status=0
  run "$@" || status=$?
  [ "$status" -le 1 ] || exit "$status"
  answer=$status
}

say "What this machine offers"
run doctor

say "A workspace with the built-in configs, templates and status pages"
run init . --quiet > init.txt
note "$(($(wc -l < init.txt) - 1)) files, listed in .build/demo/init.txt"
run reasoning-templates list
run reasoning-templates explain curriculum

say "Problems with exact solutions, in disjoint splits; and the frozen benchmark"
run datasets materialize --template curriculum
run datasets materialize --preset reasoning/cot_lite --output benchmarks/cot-lite/v0
run datasets list

say "The question of M1, declared before there is an answer: one pair of runs, with seed 0"
run gate show M1
run gate declare --milestone M1 --seeds 0

say "The control: the curriculum's list of visits, permuted" "about 3 min"
run train --template curriculum curriculum.shuffled=true
control=$(basename "$(readlink runs/train_loop/latest)")

say "The curriculum" "about 3 min"
run train --template curriculum
note "run directories, with every metric and trace: .build/demo/runs/train_loop/"

say "Evaluation: the curriculum's own held-out problems, then both runs on benchmarks/cot-lite" "about 2 min"
run evaluate --config configs/evaluation/reasoning.yaml | brief
run evaluate --config configs/evaluation/cot_lite.yaml --run "$control" | brief
run evaluate --config configs/evaluation/cot_lite.yaml --reference "$control" | brief
run metrics summarize --metric reasoning.trace_coverage
run metrics verify
note "every answer behind these figures: .build/demo/.codex/metrics/reasoning.ndjson"

say "Milestone M0: traces cover what they should"
run gate --milestone M0
tag=reasoning/M0

say "Milestone M1: the order of the stages is worth something, in five pairs of runs"
ask gate --milestone M1
if [ "$answer" -eq 0 ]; then
  tag=reasoning/M1
else
  note "M1 does not hold: promotion stops here, at $tag. What this one pair says:"
  run metrics compare --metric reasoning.win_rate --reference "$control"
fi

say "A bundle: every byte under one digest, under a tag"
run register --bundle latest --tag "$tag" --notes "make demo"
run registry list
run registry verify "$tag"

say "Would it be deployed? A dry run with latency measured over the bundle's probe problems"
run deploy --dry-run --latency-report

say "Milestone M2: latency in the shadow of real traffic"
ask gate --milestone M2
[ "$answer" -eq 0 ] || note "M2's own clauses are above; it stays open as long as M1 does."

say "One answer over HTTP"
shown serve --bundle "$tag" --port 0 --port-file port
"$codex" serve --bundle "$tag" --port 0 --port-file port --quiet &
server=$!
for _ in $(seq 100); do
  [ -s port ] && break
  kill -0 "$server" 2>/dev/null || { wait "$server"; exit 70; }
  sleep 0.1
done
body='{"input": "reach 449 from 5 12 37", "reasoning": {"effort": "high"}}'
printf '$ POST /v1/responses %s\n' "$body" >&2
exec 3<> "/dev/tcp/127.0.0.1/$(cat port)"
printf 'POST /v1/responses HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
  "${#body}" "$body" >&3
cat <&3
exec 3<&-
printf '\n'
kill -TERM "$server"
wait "$server" || true
server=

say "One plan for one problem, verified before it leaves"
run plan "(37 + 45) * 6 - 12"

say "The same evidence, in a copy of the workspace elsewhere"
copy=$(mktemp -d)
cp -a . "$copy/workspace"
run --workspace "$copy/workspace" metrics verify
run --workspace "$copy/workspace" gate --milestone M0 --dry-run > /dev/null
rm -rf "$copy"
took

printf '\n%sdemo passed: 1 curriculum and its control trained, M0 held, 1 bundle under %s, 1 answer served, %d min%s\n' \
  "$bold" "$tag" "$(( (SECONDS + 30) / 60 ))" "$plain" >&2
note "go on with this workspace: .build/codex --workspace .build/demo plan \"reach 449 from 5 12 37\" --mode best-first"
