-- clangd and this server on one file: what each says to the same questions, and what Neovim makes of both.
local seen = { hovers = {}, symbols = {}, definitions = {} }

local function await(what, is_it)
  if not vim.wait(30000, is_it, 10) then error('waited in vain for ' .. what .. ': ' .. vim.inspect(seen)) end
end

local function go_to(text)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search('\\V' .. text, 'cW') > 0, text .. ' is not there')
end

local function name_of(client_id)
  return vim.lsp.get_client_by_id(client_id).name
end

--- What each server answers, by its name.
local function ask(method, params)
  local answers = assert(vim.lsp.buf_request_sync(0, method, params, 30000), method)
  local found = {}
  for client_id, answer in pairs(answers) do
    found[name_of(client_id)] = answer.result
  end
  return found
end

local function place(location)
  local range = location.range or location.targetSelectionRange
  return vim.fn.fnamemodify(vim.uri_to_fname(location.uri or location.targetUri), ':t') .. ':' .. range.start.line
end

local function names(symbols)
  local found = {}
  for _, symbol in ipairs(symbols or {}) do
    table.insert(found, symbol.name)
    vim.list_extend(found, names(symbol.children))
  end
  return found
end

vim.cmd('edit ' .. vim.env.WORKSPACE .. '/kexec-mint-os0/kexec/firmware_memmap.c')
local clangd = vim.lsp.start_client({ name = 'clangd', cmd = { 'clangd', '--log=error' }, root_dir = vim.env.WORKSPACE })
vim.lsp.buf_attach_client(0, clangd)
await('both servers', function()
  local clients = vim.lsp.buf_get_clients(0)
  return vim.tbl_count(clients) == 2
    and #vim.tbl_filter(function(one) return not one.server_capabilities end, vim.tbl_values(clients)) == 0
end)

for _, name in ipairs({ 'mint_region3_size', 'mint_memory_size' }) do
  go_to(name)
  seen.hovers[name] = {}
  for server, hover in pairs(ask('textDocument/hover', vim.lsp.util.make_position_params())) do
    seen.hovers[name][server] = hover.contents.value
  end
end
for server, found in pairs(ask('textDocument/definition', vim.lsp.util.make_position_params())) do
  seen.definitions[server] = vim.tbl_map(place, vim.tbl_islist(found) and found or { found })
end
go_to('mint_memory_size - 0x8000000')
vim.cmd('substitute/mint_memory_size - 0x8000000/0x48000000/')
local function found()
  return vim.tbl_filter(function(one) return one.code == 'node-overlap' end, vim.diagnostic.get(0))
end
await('the overlaps', function() return #found() == 2 end)

-- Neovim goes where each of the servers says.
vim.cmd('write')
go_to('mint_memory_start')
vim.lsp.buf.definition()
await('the definition', function() return vim.fn.expand('%:t') == 'mint.h' end)
seen.line = vim.api.nvim_get_current_line()

vim.lsp.buf_attach_client(0, clangd)
local document = { textDocument = vim.lsp.util.make_text_document_params() }
for server, found in pairs(ask('textDocument/documentSymbol', document)) do
  seen.symbols[server] = names(found)
end

vim.fn.writefile({ vim.fn.json_encode(seen) }, vim.env.SEEN)
vim.cmd('quitall!')
