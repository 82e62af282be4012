/** Shells that candidates can be offered in. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export const isShell = (word: string): word is Shell => (SHELLS as readonly string[]).includes(word);

// In all three the words go to the program as arguments, and what comes back is taken as text: nothing that was typed, and
// no name of a tag or a branch, is ever evaluated.
const BASH = `# release: candidates for bash. Put into ~/.bashrc:  source <(release completion bash)
_release() {
  local value about
  COMPREPLY=()
  while IFS=$'\\t' read -r value about; do
    if [[ $value == :files ]]; then
      compopt -o default
    else
      COMPREPLY+=("$value")
    fi
  done < <("$1" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _release release`;

const ZSH = `#compdef release
# release: candidates for zsh. Put into ~/.zshrc, behind compinit:  source <(release completion zsh)
_release() {
  local value about
  local -a found
  while IFS=$'\\t' read -r value about; do
    if [[ $value == :files ]]; then
      _files
      return
    fi
    found+=("\${value//:/\\\\:}:$about")
  done < <("$words[1]" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  _describe 'release' found
}
compdef _release release`;

const FISH = `# release: candidates for fish. Put into ~/.config/fish/completions/release.fish
function __release_complete
    set -l typed (commandline -opc) (commandline -ct)
    set -l found ($typed[1] complete -- $typed[2..] 2>/dev/null)
    if test "$found[1]" = ':files'
        __fish_complete_path (commandline -ct)
    else
        printf '%s\\n' $found
    end
end
complete -c release -f -a '(__release_complete)'`;

/** What a shell reads once so that it offers candidates of `release`. */
export const scriptFor = (shell: Shell): string => ({ bash: BASH, zsh: ZSH, fish: FISH })[shell];
