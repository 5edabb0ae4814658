#!/bin/sh
# Checks CKernels for arm64, also on another processor: that it compiles without warnings, that its kernels agree with plain
# loops in double (scripts/arm64/check_kernels.c), without and with the instructions of ARMv8.6, and that their loops are NEON.
#
#   sh scripts/check_arm64.sh [DIRECTORY]
#
# Builds in DIRECTORY (default: .build/arm64). Needs clang; on a processor that is not arm64 also a C library and binutils
# for arm64 and an emulator: apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static
# Says SKIPPED and exits 77 where one is missing, 1 if a check fails. The control, one multiply-add begun from 1 instead of 0,
# must be noticed.
set -eu
cd "$(dirname "$0")/.."
work=${1:-.build/arm64}

skip() {
  echo "SKIPPED: no $1; apt-get install clang gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static" >&2
  exit 77
}
# The first of the commands that exists.
first_of() { for name in "$@"; do command -v "$name" && return; done; return 1; }

clang=$(first_of clang) || skip clang
if [ "$(uname -m)" = aarch64 ]; then
  objdump=$(first_of objdump llvm-objdump) || skip objdump
  run() { [ "$1" != plain ] || { echo "plain: left out, this processor has what it has"; return 0; }; shift; "$@"; }
else
  libraries=/usr/aarch64-linux-gnu
  [ -e $libraries/lib/libc.so.6 ] || skip "$libraries/lib/libc.so.6"
  objdump=$(first_of aarch64-linux-gnu-objdump) || skip aarch64-linux-gnu-objdump
  qemu=$(first_of qemu-aarch64-static qemu-aarch64) || skip qemu-aarch64
  run() {
    case $1 in plain) processor=cortex-a57 ;; *) processor=max ;; esac
    shift
    "$qemu" -L $libraries -cpu $processor "$@"
  }
fi
mkdir -p "$work"

# compile SOURCES OUTPUT: the harness with the kernels in SOURCES, whose objects are kept beside it.
compile() {
  for file in scripts/arm64/check_kernels.c "$1"/*.c; do
    "$clang" --target=aarch64-linux-gnu -std=gnu11 -O2 -D_GNU_SOURCE -Wall -Wextra -Werror -I"$1/include" \
      -c "$file" -o "$2.$(basename "$file" .c).o"
  done
  "$clang" --target=aarch64-linux-gnu "$2".*.o -o "$2" -lm -ldl -lpthread
}
compile Sources/CKernels "$work/check"
echo "compiles without warnings"
run plain "$work/check"
run newest "$work/check"

# demand FILE FUNCTION INSTRUCTION: the function has it, on vectors, and keeps its sums in registers.
demand() {
  "$objdump" -d --no-show-raw-insn "$work/check.$1.o" | awk -v name="<$2>:" -v wanted="$3" '
    /^[0-9a-f]+ </ { inside = $2 == name }
    inside && index($0, "\t" wanted "\tv") { found++ }
    inside && /\t(ldr|ldp|str|stp)\tq.*\[sp/ { spilled++ }
    END {
      if (!found) { print name " has no " wanted " on vectors"; exit 1 }
      if (spilled && name ~ /^<tile/) { print name " spills " spilled " vectors"; exit 1 }
      sub(":$", "", name)
      printf "%s %s: %d\n", wanted, name, found
    }' || { echo "$1: $2 is not the vector code it should be" >&2; exit 1; }
}
for function in tile rmsnorm_forward rmsnorm_backward rotate attention_forward attention_backward attention_paged \
  swiglu_backward gate cross_entropy choose exponential_of_each sum_of_squares adamw adafactor_sums adafactor_update \
  muon_momentum muon_update; do
  demand kernels_portable $function fmla
done
demand kernels_neon_bf16 tile bfdot
demand kernels_neon_bf16 tile_int8 usdot

rm -rf "$work/broken"
cp -R Sources/CKernels "$work/broken"
sed 's/sums\[r\]\[v\] = every(0);/sums[r][v] = every(1);/' Sources/CKernels/templates/tile.h >"$work/broken/templates/tile.h"
if cmp -s Sources/CKernels/templates/tile.h "$work/broken/templates/tile.h"; then
  echo "the control changed nothing: scripts/check_arm64.sh must follow templates/tile.h" >&2
  exit 1
fi
compile "$work/broken" "$work/control"
if run newest "$work/control" >"$work/control.log"; then
  echo "the control was not noticed" >&2
  exit 1
fi
echo "the control was noticed"
