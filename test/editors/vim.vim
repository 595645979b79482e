" Works in Vim as a person does, and writes what it has seen. The lines of the manual have been run before.
set nomore
let g:ale_linters = { 'c': ['kexec-mint'], 'cpp': ['kexec-mint'] }

function! s:Await(what, IsIt) abort
  for _ in range(3000)
    if a:IsIt()
      return
    endif
    sleep 10m
  endfor
  throw 'waited in vain for ' . a:what
endfunction

function! s:GoTo(text) abort
  call cursor(1, 1)
  call search('\V' . a:text, 'cW')
endfunction

function! s:Found() abort
  return map(copy(ale#engine#GetLoclist(bufnr(''))), 'get(v:val, "code", "")')
endfunction

function! s:Preview() abort
  for window in range(1, winnr('$'))
    if getwinvar(window, '&previewwindow')
      return join(getbufline(winbufnr(window), 1, '$'), "\n")
    endif
  endfor
  return ''
endfunction

" Chooses one of the actions that are asked about, by what its title has.
function! s:Choose(question) abort
  let s:seen.actions = split(a:question, "\n")[1:-2]
  return matchstr(filter(copy(s:seen.actions), 'v:val =~# "size 0x48000000"')[0], '^\d\+')
endfunction

function! s:Run() abort
  execute 'edit' $WORKSPACE . '/kexec-mint-os0/kexec/firmware_memmap.c'
  call s:GoTo('mint_memory_size - 0x8000000')
  let before = b:changedtick
  runtime autoload/ale/util.vim
  function! ale#util#Input(question, value) abort
    return s:Choose(a:question)
  endfunction
  ALECodeAction
  call s:Await('the edit', { -> b:changedtick != before })
  let s:seen.line = getline('.')
  write
  " A script is never idle, which is when this would be started.
  call ale#Queue(0)
  call s:Await('the overlaps', { -> count(s:Found(), 'node-overlap') == 2 })
  call s:GoTo('mint_region3_size')
  ALEHover
  call s:Await('the hover', { -> s:Preview() !=# '' })
  let s:seen.hover = s:Preview()
  call s:GoTo('mint_memory_start')
  ALEGoToDefinition
  call s:Await('the definition', { -> expand('%:t') ==# 'mint.h' })
  let s:seen.definition = getline('.')
  " Vim takes a header for C++.
  pclose
  ALEHover
  call s:Await('the hover in the header', { -> s:Preview() !=# '' })
  let s:seen.hoverInHeader = s:Preview()
endfunction

let s:seen = {}
try
  call s:Run()
catch
  let s:seen.error = v:exception . ' at ' . v:throwpoint
endtry
call writefile([json_encode(s:seen)], $SEEN)
quitall!
