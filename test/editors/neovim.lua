-- Works in Neovim as a person does, and writes what it has seen. The lines of the manual have been run before.
local seen = {}

local function fail(what)
  error('waited in vain for ' .. what .. ': ' .. vim.inspect(seen))
end

local function await(what, is_it)
  if not vim.wait(30000, is_it, 10) then fail(what) end
end

--- Puts the cursor where the text stands first.
local function go_to(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search('\\V' .. text, 'cW') > 0, text .. ' is not there')
end

local function rules()
  return vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(0))
end

--- The text of the window that floats over the others.
local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local lines = vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true)
      vim.api.nvim_win_close(window, true)
      return table.concat(lines, '\n')
    end
  end
end

local function hover()
  local text
  vim.lsp.buf.hover()
  await('the hover', function()
    text = floating()
    return text ~= nil
  end)
  return text
end

local function select_action(part)
  vim.ui.select = function(items, options, on_choice)
    seen.actions = vim.tbl_map(options.format_item, items)
    for index, item in ipairs(items) do
      if options.format_item(item):find(part, 1, true) then return on_choice(item, index) end
    end
    error('no action is called ' .. part)
  end
  local before = vim.b.changedtick
  vim.lsp.buf.code_action()
  await('the edit', function() return vim.b.changedtick ~= before end)
end

local function ask(method, more)
  local params = vim.tbl_extend('force', { textDocument = vim.lsp.util.make_text_document_params() }, more or {})
  local answers = vim.lsp.buf_request_sync(0, method, params, 30000) or fail(method)
  local _, answer = next(answers)
  return answer.result
end

vim.cmd('edit ' .. vim.env.WORKSPACE .. '/kexec-mint-os0/kexec/firmware_memmap.c')
await('the server', function()
  local _, client = next(vim.lsp.buf_get_clients(0))
  return client ~= nil and client.server_capabilities ~= nil
end)

go_to('mint_memory_size - 0x8000000')
select_action('size 0x48000000')
await('the overlaps', function() return vim.tbl_contains(rules(), 'node-overlap') end)
seen.rules = rules()
seen.line = vim.api.nvim_get_current_line()
go_to('mint_region3_size')
seen.hover = hover()
vim.cmd('write')

seen.lenses = vim.tbl_map(function(lens) return lens.command.title end, ask('textDocument/codeLens'))
seen.commands = vim.tbl_map(function(lens) return lens.command.command end, ask('textDocument/codeLens'))
-- This version shows no hints, and may ask for them.
local whole = { start = { line = 0, character = 0 }, ['end'] = { line = 1000, character = 0 } }
seen.hints = vim.tbl_map(function(hint) return hint.label end, ask('textDocument/inlayHint', { range = whole }))
seen.symbols = vim.tbl_map(function(symbol) return symbol.name end, ask('textDocument/documentSymbol'))

go_to('mint_memory_start')
vim.lsp.buf.definition()
await('the definition', function() return vim.fn.expand('%:t') == 'mint.h' end)
seen.definition = vim.api.nvim_get_current_line()
vim.cmd('buffer #')

-- What another program does is seen once a document is saved.
local other = vim.env.WORKSPACE .. '/kexec-mint-os1/kexec/firmware_memmap.c'
local lines = vim.fn.readfile(other)
for index, line in ipairs(lines) do
  lines[index] = line:gsub('mint_memory_size %- 0x8000000', '0x30000000')
end
vim.fn.writefile(lines, other)
vim.cmd('write')
local function other_rules()
  return vim.tbl_map(function(one) return one.code end, vim.diagnostic.get(vim.fn.bufadd(other)))
end
await('the other tree', function() return vim.tbl_contains(other_rules(), 'node-overlap') end)

vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN)
vim.cmd('quitall!')
