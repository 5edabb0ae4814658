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
cp "$here/scripts/mutants/SHA256.swift" "$work/Sources/Crypto/SHA256.swift"
cd "$work"
for sanitizer in address undefined; do
  echo "== $sanitizer"
  # Leaks are not looked for: the runtime's own tables live as long as the process.
  ASAN_OPTIONS=detect_leaks=0 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 \
    swift test -c release --sanitize "$sanitizer" --scratch-path ".build-$sanitizer" >"$sanitizer.log" 2>&1 || {
    grep -E "ERROR: AddressSanitizer|runtime error|recorded an issue|error:" "$sanitizer.log" | head -20
    echo "$sanitizer: failed, see $work/$sanitizer.log"
    exit 1
  }
  if grep -q "runtime error" "$sanitizer.log"; then
    grep "runtime error" "$sanitizer.log" | head
    exit 1
  fi
  tail -1 "$sanitizer.log"
done
