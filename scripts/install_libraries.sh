#!/usr/bin/env bash
# Installs the system libraries that codex uses and this machine lacks; says what it could not install and what that costs.
# Never fails: codex works without every one of them.
set -euo pipefail

# The name under which codex looks for the library at run time.
has_blas() { PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null | grep -q 'libopenblas\.so\.0'; }
has_strace() { command -v strace >/dev/null; }
has_faketime() { command -v faketime >/dev/null; }

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -n "$@"; fi
}
can_install() {
  command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }
}
install_package() {
  can_install || return 1
  echo "codex: installing $1" >&2
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1" >/dev/null 2>&1 && return 0
  as_root apt-get update -q >/dev/null 2>&1 || return 1
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$1" >/dev/null 2>&1
}

if ! has_blas && ! { install_package libopenblas0-pthread && has_blas; }; then
  echo "codex: OpenBLAS is missing and could not be installed here; codex uses its built-in kernels." \
    "To install it: sudo apt-get install libopenblas0-pthread" >&2
fi
if ! has_strace && ! install_package strace; then
  echo "codex: strace is missing and could not be installed here; tests that inject faults with it are skipped." \
    "To install it: sudo apt-get install strace" >&2
fi
if ! has_faketime && ! install_package faketime; then
  echo "codex: faketime is missing and could not be installed here; the test of evidence that grows old is skipped." \
    "To install it: sudo apt-get install faketime" >&2
fi
