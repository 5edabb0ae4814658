/// What a shell loads so that it completes codex's command lines.
///
/// The argument parser generates scripts too. These are short, ask the program for every word and so cannot go stale;
/// and they do what completing overrides needs: no space after `key=`, and in bash, which ends words at `=` and `:`, the
/// part of a candidate that is still missing.
enum CompletionScript: String, CaseIterable {
  case bash, zsh, fish

  /// The option by which programs built on the argument parser print such scripts.
  static let option = "--generate-completion-script"
  /// What scripts put before the command line, up to the cursor.
  static let request = "---complete"
  /// How one learns of it.
  static let hint = "Completion in bash, zsh or fish: 'codex --generate-completion-script bash'."

  var text: String {
    switch self {
    case .bash: Self.bashText
    case .zsh: Self.zshText
    case .fish: Self.fishText
    }
  }

  private static let bashText = #"""
    # bash completion of codex. Load it with: source <(codex --generate-completion-script bash)
    _codex() {
      local line="${COMP_LINE:0:COMP_POINT}" mode candidate note
      local word="${line##*[[:space:]]}"
      # bash ends words at the characters of COMP_WORDBREAKS; what stands before the last one is typed already.
      local head="${word%"$2"}"
      COMPREPLY=()
      {
        IFS= read -r mode
        case "$mode" in
          files) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$2") ;;
          directories) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$2") ;;
          words)
            while IFS=$'\t' read -r candidate note; do COMPREPLY+=("${candidate#"$head"}"); done
            [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == *[=./:@,] ]] && compopt -o nospace ;;
        esac
      } < <("${1/#\~/$HOME}" ---complete "$line" 2>/dev/null)
    }
    complete -F _codex codex

    """#

  private static let zshText = #"""
    #compdef codex
    # zsh completion of codex. Write it to a file _codex in a directory of $fpath, or load it after compinit with:
    # source <(codex --generate-completion-script zsh)
    _codex() {
      local -a answer open closed open_notes closed_notes
      local line text note
      answer=("${(@f)$(${~words[1]} ---complete "$LBUFFER" 2>/dev/null)}")
      case "$answer[1]" in
        files) _files; return ;;
        directories) _files -/; return ;;
      esac
      for line in "${(@)answer[2,-1]}"; do
        [[ -n "$line" ]] || continue
        text="${line%%$'\t'*}"
        note="$text"
        [[ "$line" == *$'\t'* ]] && note="$text -- ${line#*$'\t'}"
        if [[ "$text" == *[=./:@,] ]]; then
          open+=("$text"); open_notes+=("$note")
        else
          closed+=("$text"); closed_notes+=("$note")
        fi
      done
      (( $#open )) && compadd -l -S '' -d open_notes -a open
      (( $#closed )) && compadd -l -d closed_notes -a closed
    }
    if [[ "$funcstack[1]" == _codex ]]; then _codex "$@"; else compdef _codex codex; fi

    """#

  private static let fishText = #"""
    # fish completion of codex. Write it to ~/.config/fish/completions/codex.fish
    function __codex_complete
      set -l answer (codex ---complete (commandline --cut-at-cursor --current-process | string collect) 2>/dev/null)
      switch "$answer[1]"
        case files
          __fish_complete_path (commandline --current-token)
        case directories
          __fish_complete_directories (commandline --current-token)
        case words
          printf '%s\n' $answer[2..-1]
      end
    end
    complete --command codex --no-files --arguments '(__codex_complete)'

    """#
}
