/** However a text came about, what is shown of it is what a fresh start shows. */
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { CParser } from '../../server/src/c/parser';
import type { Service } from '../../server/src/service/service';
import { MemoryFiles, realParser, uriOf } from '../service/memory-files';
import { damaged, mutation } from './mutations';
import { holds, TIMEOUT_MS } from './runs';
import { shown } from './shown';
import { languageOf, sampleFiles, strictService } from './workspaces';

const SAMPLE = sampleFiles('three-nodes');
const EDITED = [
  'kexec-mint-os0/kexec/firmware_memmap.c',
  'kexec-mint-os0/kexec/mint.h',
  'kexec-mint-os2/kexec/firmware_memmap.c',
  'kexec-mint.json',
  'dumps/os2.iomem',
];

let parser: CParser;

beforeAll(async () => {
  parser = await realParser();
});

const edit = fc.record({
  file: fc.nat(EDITED.length - 1),
  /** None: the file is as it was in the beginning, which undoing brings about. */
  mutations: fc.array(mutation, { maxLength: 2 }),
  /** What is shown is asked for, and not overtaken by the next edit. */
  asks: fc.boolean(),
});

it(
  'a text that was edited again and again',
  () =>
    holds(
      'sequences of edits',
      25,
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 12 }), async (edits) => {
        const { service, survived } = strictService(new MemoryFiles(SAMPLE), parser);
        const texts = new Map(SAMPLE);
        const open = (to: Service, path: string, version: number) =>
          to.open(uriOf(path), version, texts.get(path) ?? '', languageOf(path));
        for (const [version, { file, mutations, asks }] of edits.entries()) {
          const path = EDITED[file] ?? '';
          const before = mutations.length === 0 ? SAMPLE.get(path) : texts.get(path);
          texts.set(path, damaged(before ?? '', mutations));
          open(service, path, version + 1);
          const asked = service.snapshot();
          if (asks) shown(await asked, 2000);
        }
        const fresh = strictService(new MemoryFiles(SAMPLE), parser);
        // Open, too: a text that is no file's, with a null character in it, counts while it is edited.
        for (const path of new Set(edits.map(({ file }) => EDITED[file] ?? ''))) open(fresh.service, path, 1);
        expect(shown(await service.snapshot())).toEqual(shown(await fresh.service.snapshot()));
        expect([...survived, ...fresh.survived]).toEqual([]);
      }),
    ),
  TIMEOUT_MS,
);
