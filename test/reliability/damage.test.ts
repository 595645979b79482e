/** Whatever stands in the files, what is shown can be computed, in bounded time, and says where in the files. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { CParser } from '../../server/src/c/parser';
import { MemoryFiles, realParser } from '../service/memory-files';
import { damaged, mutation } from './mutations';
import { holds, TIMEOUT_MS } from './runs';
import { filesOf, shown } from './shown';
import { filesBelow, sampleFiles, strictService } from './workspaces';

/** A snapshot of a damaged tree and all that is shown of it: some thousand times what an ordinary one takes. */
const HANG_MS = 30_000;

let parser: CParser;

beforeAll(async () => {
  parser = await realParser();
});

async function survives(files: ReadonlyMap<string, string>): Promise<void> {
  const begun = performance.now();
  const { service, survived } = strictService(new MemoryFiles(files), parser);
  const workspace = await service.snapshot();
  shown(workspace, 3000);
  expect(survived).toEqual([]);
  for (const snapshot of workspace.projects) {
    const documents = new Map(filesOf(snapshot).map((document) => [document.uri, document]));
    for (const { place } of snapshot.findings) {
      const length = documents.get(place.file)?.getText().length ?? 0;
      expect(place.start).toBeLessThanOrEqual(place.end);
      expect(place.end).toBeLessThanOrEqual(length);
    }
  }
  expect(performance.now() - begun).toBeLessThan(HANG_MS);
}

const damage = fc.array(
  fc.record({ file: fc.nat(), mutations: fc.array(mutation, { minLength: 1, maxLength: 12 }) }),
  { minLength: 1, maxLength: 3 },
);

it.each(['three-nodes', 'one-tree', 'seed-slip'])(
  'damaged files of %s',
  async (sample) => {
    const intact = sampleFiles(sample);
    const paths = [...intact.keys()];
    await holds(
      `damaged files of ${sample}`,
      30,
      fc.asyncProperty(damage, async (changes) => {
        const files = new Map(intact);
        for (const { file, mutations } of changes) {
          const path = paths[file % paths.length] ?? '';
          files.set(path, damaged(files.get(path) ?? '', mutations));
        }
        await survives(files);
      }),
    );
  },
  TIMEOUT_MS,
);

it(
  "damaged files of kexec-tools in the memory map's place",
  async () => {
    const fetched = execFileSync('node', [join(import.meta.dirname, '../../scripts/fetch-kexec-tools.mjs')]);
    const upstream = filesBelow(fetched.toString().trim(), (path) => /\.[ch]$/.test(path));
    const sources = [...upstream.keys()].filter((path) => path.startsWith('kexec/') && path.endsWith('.c'));
    await holds(
      'damaged files of kexec-tools',
      10,
      fc.asyncProperty(fc.nat(), fc.array(mutation, { maxLength: 8 }), async (file, mutations) => {
        const path = sources[file % sources.length] ?? '';
        const text = damaged(upstream.get(path) ?? '', mutations);
        await survives(new Map(upstream).set('kexec/firmware_memmap.c', text));
      }),
    );
  },
  TIMEOUT_MS,
);
