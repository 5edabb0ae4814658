#!/usr/bin/env bash
# Packs a built codex with its licences and completions: codex-<version>-linux-<arch>.tar.gz, and SHA256SUMS beside it.
#
# Usage: scripts/dist_binary.sh BINARY DIRECTORY [CHECKOUTS]. Empties DIRECTORY. CHECKOUTS holds the sources of the packages
# that are linked in, a folder each; their licences and notices are packed. Equal inputs give equal bytes: the time of
# every file is $SOURCE_DATE_EPOCH, by default that of the last commit.
set -euo pipefail
export LC_ALL=C TZ=UTC
umask 022

usage='usage: scripts/dist_binary.sh BINARY DIRECTORY [CHECKOUTS]'
binary=$(realpath "${1:?$usage}")
target=$(realpath -m "${2:?$usage}")
checkouts=${3:+$(realpath "$3")}
cd "$(dirname "${BASH_SOURCE[0]}")/.."
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}

# codex 0.1.0 (commit …)
name="codex-$("$binary" --version | cut -d ' ' -f 2)-linux-$(uname -m)"
rm -rf "$target"
mkdir -p "$target"
stage=$(mktemp -d "$target/.stage-XXXXXX")
trap 'rm -rf "$stage"' EXIT
top="$stage/$name"

# place FILE PATH [MODE]: a copy in the tarball.
place() { install -D -m "${3:-644}" "$1" "$top/$2"; }

strip -o "$stage/codex" "$binary"
place "$stage/codex" bin/codex 755
place LICENSE LICENSE
for shell in bash zsh fish; do "$top/bin/codex" --generate-completion-script "$shell" > "$stage/$shell"; done
place "$stage/bash" share/bash-completion/completions/codex
place "$stage/zsh" share/zsh/site-functions/_codex
place "$stage/fish" share/fish/vendor_completions.d/codex.fish
if [ -n "$checkouts" ]; then
  for file in "$checkouts"/*/LICENSE* "$checkouts"/*/NOTICE*; do
    [ ! -f "$file" ] || place "$file" "share/doc/codex/licences/${file#"$checkouts"/}"
  done
fi

# What the page of the repository says first, without its links into the repository.
glibc=$(objdump -T "$top/bin/codex" | grep -oE 'GLIBC_[0-9.]+' | sort -uV | tail -n 1)
{
  sed '/^## /,$d' README.md
  cat <<TEXT
## This tarball

\`bin/codex\` needs Linux on $(uname -m) with glibc ${glibc#GLIBC_} or later and libstdc++, and no other file. For everyone on
a machine:

    sudo tar -xzf $name.tar.gz --strip-components=1 -C /usr/local $name/bin $name/share

Or without rights, with its folder \`bin\` on the PATH. \`share/\` has completions for bash, zsh and fish.
Begin with \`codex --help\`; \`codex init\` writes configs and templates, also for CI, into a folder of yours.

MIT licence: LICENSE. Licences of what is linked in: share/doc/codex/licences.
TEXT
} > "$stage/readme"
place "$stage/readme" README.md

tar --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mode=u+rw,go+r,go-w --mtime="@$epoch" \
  -C "$stage" -cf - "$name" | gzip -n > "$target/$name.tar.gz"
(cd "$target" && sha256sum "$name.tar.gz" > SHA256SUMS)
echo "$target/$name.tar.gz"
