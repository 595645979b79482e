/** How shells ask for completions: each runs `kexec-mint complete -- WORDS` and offers what that prints. */

/** The last line of an answer says what else is offered: `:16` folders, `:0` files. */
const BASH = `_kexec_mint() {
  local IFS=$'\\n' lines otherwise current=\${COMP_WORDS[COMP_CWORD]}
  mapfile -t lines < <(kexec-mint complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
  otherwise=\${lines[-1]}
  unset 'lines[-1]'
  COMPREPLY=("\${lines[@]%%$'\\t'*}")
  case $otherwise in
    :16) compopt -o filenames; COMPREPLY+=($(compgen -d -- "$current")) ;;
    :0) compopt -o filenames; COMPREPLY+=($(compgen -f -- "$current")) ;;
  esac
}
complete -F _kexec_mint kexec-mint`;

const ZSH = `#compdef kexec-mint
_kexec_mint() {
  local -a lines
  lines=("\${(@f)$(kexec-mint complete -- "\${(@)words[2,CURRENT]}" 2> /dev/null)}")
  local otherwise=$lines[-1]
  lines=("\${(@)lines[1,-2]//:/\\\\:}")
  lines=("\${(@)lines/$'\\t'/:}")
  (( $#lines )) && _describe kexec-mint lines
  case $otherwise in
    :16) _files -/ ;;
    :0) _files ;;
  esac
}
compdef _kexec_mint kexec-mint`;

const FISH = `function __kexec_mint
  set -l words (commandline -opc) (commandline -ct)
  set -l lines (kexec-mint complete -- $words[2..] 2> /dev/null)
  string match -qr '^:16' -- $lines[-1]; and __fish_complete_directories (commandline -ct)
  string match -qr '^:0' -- $lines[-1]; and __fish_complete_path (commandline -ct)
  string match -v ':*' -- $lines
end
complete -c kexec-mint -f -a '(__kexec_mint)'`;

export const SHELL_SCRIPTS = { bash: BASH, zsh: ZSH, fish: FISH } as const;
