/** How tests run Neovim: without a screen, without anybody's configuration. */
import { join } from 'node:path';

/**
 * @param lines a Lua file that a person has as configuration
 * @param script of this folder; an error in either ends the editor, and is what it ends with
 */
export function neovimArguments(lines: string, script: string): readonly string[] {
  const files = [lines, join(import.meta.dirname, script)].map((file) => `dofile('${file}')`);
  const run = `local ok, why = pcall(function() ${files.join(' ')} end)`;
  const end = `if not ok then io.stderr:write(tostring(why)) vim.cmd('cquit') end`;
  return ['--headless', '--clean', '-n', '-c', `lua ${run} ${end}`];
}
