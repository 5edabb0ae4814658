#!/bin/sh
# Fuzzes what reads configurations with libFuzzer and AddressSanitizer: YAML, overrides, interpolations, whole compositions.
#
#   sh scripts/fuzz_composition.sh [SECONDS [DIRECTORY [TARGET...]]]
#
# SECONDS for each target (default 300); works on a reduced copy of the package in DIRECTORY (default: .build/fuzzers), which
# needs the checkouts of an ordinary build. Inputs are at most 64 KiB and may take 0.5 s of processor time under the sanitizer
# (100 ms without it), one allocation 64 MB. The corpus stays in DIRECTORY. Exits 1 at the first finding and names the input.
set -eu
cd "$(dirname "$0")/.."
here=$PWD
seconds=${1:-300}
work=${2:-.build/fuzzers}
[ $# -gt 2 ] && shift 2 || set -- YAML OVERRIDE INTERPOLATION COMPOSITION
mkdir -p "$work/Sources/Crypto" "$work/checkouts"
work=$(cd "$work" && pwd)
for name in Randomness Schemas Storage Composition; do ln -sfn "$here/Sources/$name" "$work/Sources/$name"; done
ln -sfn "$here/.build/checkouts/swift-collections" "$work/checkouts/swift-collections"
cp scripts/fuzzers/Package.swift "$work/Package.swift"
cp scripts/stand_ins/*.swift "$work/Sources/Crypto/"
cp scripts/fuzzers/Fuzz.swift "$work/Fuzz.swift"
# Writes the first inputs of target $1.
seed() {
  number=0
  case $1 in
  YAML) find "$here/configs" -name '*.yaml' | while read -r file; do cp "$file" "corpus-YAML/$(basename "$file")"; done ;;
  OVERRIDE)
    for text in 'a=1' '+a.b@c=[1,{k: "v"}]' 'a=sort(choice(3,1),reverse=true)' "a=zip(range(0,3),group='g')" '~a/b=x' \
      'a=glob([a*,"b"],exclude=c)' 'a=${b.${c}}' 'a=x\,y' 'a=tag(t,shuffle(1.5,.5e3,seed=1))' 'a=append(1)' 'a=int(x,2)'; do
      number=$((number + 1))
      printf '%s' "$text" >"corpus-OVERRIDE/seed-$number"
    done
    ;;
  INTERPOLATION)
    for text in '${a}' 'x${b.c}y' '${b[d][1].e}' '${.b}' '\${a}' '${oc.select:zz,[1,{a: b}]}' '${oc.decode:"[1,${a}]"}' \
      '${oc.create:{a: ${a}}}' '${oc.dict.values:b}' '${now:%Y}' '${oc.env:A}' '${b.${b.c}}' '${oc.deprecated:a}'; do
      number=$((number + 1))
      printf '%s' "$text" >"corpus-INTERPOLATION/seed-$number"
    done
    ;;
  COMPOSITION)
    printf 'db=b\n++x.y=[1]\n---\ndefaults: [db@p: a, _self_]\nx: {y: ${p.n}}\n' >corpus-COMPOSITION/seed-1
    printf '+db@q=a\n~x\n---\ndefaults:\n- override db: b\n- optional db: ${db}\nx: 1\n' >corpus-COMPOSITION/seed-2
    ;;
  esac
}
cd "$work"
swift build -c release --target Composition -Xswiftc -sanitize=fuzzer,address >build.log 2>&1 || { tail -20 build.log; exit 1; }
built=$(swift build -c release --show-bin-path)
# Objects are linked anew: the package manager would look for a main function. Some of their names have spaces.
rm -f objects.a
find "$built" -name '*.o' -path '*.build/*' -print0 | xargs -0 ar qc objects.a
for target in "$@"; do
  swiftc -O -parse-as-library -sanitize=fuzzer,address -D "FUZZ_$target" -I "$built/Modules" -I "$built" Fuzz.swift \
    -Xlinker --whole-archive objects.a -Xlinker --no-whole-archive -o "fuzz-$target" 2>link.log || {
    tail -5 link.log
    exit 1
  }
  mkdir -p "corpus-$target"
  seed "$target"
  echo "== $target, $seconds s"
  SWIFT_BACKTRACE=enable=no ASAN_OPTIONS=detect_leaks=0 "./fuzz-$target" "corpus-$target" -timeout=600 -rss_limit_mb=512 \
    -malloc_limit_mb=64 -max_len=65536 -max_total_time="$seconds" -print_final_stats=1 \
    -artifact_prefix="$work/finding-$target-" >"$target.log" 2>&1 || {
    tail -30 "$target.log"
    exit 1
  }
  grep -E "DONE|number_of_executed_units|peak_rss_mb|slowest_unit" "$target.log"
done
