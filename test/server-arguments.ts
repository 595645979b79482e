/** How tests start the language server: as an editor does. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ENTRY = join(import.meta.dirname, '../dist/cli.js');

/** What Node is to run. */
export function serverArguments(): readonly string[] {
  if (!existsSync(ENTRY)) throw new Error(`${ENTRY} is missing: the build failed`);
  return [ENTRY, 'lsp', '--stdio'];
}
