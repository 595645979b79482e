/** Upstream's source, built once as the command line would build it: what nodes share need not be compiled each time. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { upstreamSource } from '../upstream/mint-trees';

const root = join(import.meta.dirname, '../..');
const cache = join(root, '.cache/kexec-static');

/** A folder with upstream's source and what was compiled of it. */
export function builtSource(): string {
  const source = upstreamSource();
  const place = join(cache, basename(source));
  if (existsSync(place)) return place;
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(cache, 'partial-'));
  try {
    cpSync(source, partial, { recursive: true, preserveTimestamps: true });
    const run = (...words: string[]) =>
      execFileSync('nice', ['-n', '5', ...words], { cwd: partial, stdio: 'pipe' });
    run('./configure', '--without-xen', 'LDFLAGS=-static');
    run('make', `-j${cpus().length}`, 'build/sbin/kexec');
    if (!existsSync(place)) renameSync(partial, place);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return place;
}

/** Debian's kernel of a package, fetched where it is not there yet. */
export function debianKernel(...name: readonly string[]): string {
  const script = join(root, 'scripts/fetch-linux-image.mjs');
  const boot = execFileSync('node', [script, ...name], { encoding: 'utf8' }).trim();
  return join(boot, readdirSync(boot).find((file) => file.startsWith('vmlinuz-')) ?? '');
}
