/** Where things are. Nothing here may import a package: `npm start` runs before any is installed. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** What can be fetched again: the embedded editor and its data. */
export const CACHE = process.env.XDG_CACHE_HOME
  ? resolve(process.env.XDG_CACHE_HOME, 'kexec-mint')
  : join(ROOT, '.cache');

export const SAMPLE = join(ROOT, 'samples', 'three-nodes');
