#!/usr/bin/env bash
# Installs a built codex with its completions, where the shells look for them, and its licences, or removes them again.
#
# Usage: scripts/install.sh install|uninstall BINARY PREFIX [CHECKOUTS]. $DESTDIR stands before PREFIX, for packagers.
# CHECKOUTS holds the sources of the packages that are linked in; their licences are installed too.
set -euo pipefail
umask 022

usage='usage: scripts/install.sh install|uninstall BINARY PREFIX [CHECKOUTS]'
action=${1:?$usage} binary=${2:?$usage} prefix=${3:?$usage} checkouts=${4:-}
case $prefix in /*) ;; *) echo "codex: PREFIX is '$prefix'; give an absolute path." >&2 && exit 64 ;; esac
cd "$(dirname "${BASH_SOURCE[0]}")/.."
top=${DESTDIR:-}$prefix
completions=(bash:share/bash-completion/completions/codex zsh:share/zsh/site-functions/_codex
  fish:share/fish/vendor_completions.d/codex.fish)

case $action in
  install)
    [ -x "$binary" ] || { echo "codex: $binary: no such binary. Run 'make build' first." >&2 && exit 66; }
    install -D -m 755 "$binary" "$top/bin/codex"
    for entry in "${completions[@]}"; do
      "$binary" --generate-completion-script "${entry%%:*}" | install -D -m 644 /dev/stdin "$top/${entry#*:}"
    done
    install -D -m 644 LICENSE "$top/share/doc/codex/LICENSE"
    if [ -n "$checkouts" ]; then
      for file in "$checkouts"/*/LICENSE* "$checkouts"/*/NOTICE*; do
        [ ! -f "$file" ] || install -D -m 644 "$file" "$top/share/doc/codex/licences/${file#"$checkouts"/}"
      done
    fi
    echo "installed: $top/bin/codex; completions for bash, zsh and fish and licences in $top/share"
    ;;
  uninstall)
    rm -f "$top/bin/codex"
    for entry in "${completions[@]}"; do rm -f "$top/${entry#*:}"; done
    rm -rf "$top/share/doc/codex"
    echo "removed: $top/bin/codex, its completions and its licences"
    ;;
  *) echo "$usage" >&2 && exit 64 ;;
esac
