#!/bin/sh
# Runs the tests of Tensors, every kernel on every instruction set that this processor has, under AddressSanitizer and then
# under UndefinedBehaviorSanitizer.
#
#   sh scripts/sanitize_kernels.sh [DIRECTORY]
#
# Works on a reduced copy of the package in DIRECTORY (default: .build/sanitizers). Exits 1 at the first finding.
set -eu
cd "$(dirname "$0")/.."
here=$PWD
work=${1:-.build/sanitizers}
mkdir -p "$work/Sources/Crypto" "$work/Tests"
work=$(cd "$work" && pwd)
for name in CKernels Randomness Schemas Storage Tensors; do ln -sfn "$here/Sources/$name" "$work/Sources/$name"; done
for name in TestSupport TensorsTests; do ln -sfn "$here/Tests/$name" "$work/Tests/$name"; done
cp "$here/scripts/sanitizers/Package.swift" "$work/Package.swift"
cp "$here"/scripts/stand_ins/*.swift "$work/Sources/Crypto/"
cd "$work"
# $1: name, the rest: flags.
check() {
  name=$1
  shift
  echo "== $name"
  # Leaks are not looked for: the runtime's own tables live as long as the process.
  ASAN_OPTIONS=detect_leaks=0 swift test -c release "$@" --scratch-path ".build-$name" >"$name.log" 2>&1 || {
    grep -E "ERROR: AddressSanitizer|Fatal error|signal|recorded an issue|error:" "$name.log" | head -20
    echo "$name: failed, see $work/$name.log"
    exit 1
  }
  tail -1 "$name.log"
}
check address --sanitize address
# Undefined behaviour traps: Swift brings no runtime that would print it.
check undefined -Xcc -fsanitize=undefined -Xcc -fsanitize-trap=undefined
