/** The workspace beside itself with other texts. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CParser } from '../../server/src/c/parser';
import { formatRange } from '../../server/src/range';
import { NoTexts } from '../../server/src/service/earlier-texts';
import { createService, type Service } from '../../server/src/service/service';
import type { WorkspaceSnapshot } from '../../server/src/service/snapshot';
import { FOLDER, MemoryFiles, realParser, uriOf } from './memory-files';

const main = (size: string) => `#include "mint.h"
void setup(void)
{
	mint_region3_start = 0x20000000ul + OSID * 0x18000000ul;
	mint_region3_size = ${size};
}
`;
const header = (osid: number) =>
  `#define OSID ${osid}\nstatic unsigned long mint_region3_start, mint_region3_size;\n`;
const file = (osid: number) => `os${osid}/kexec/firmware_memmap.c`;
const PROJECT = 'kexec-mint.json';
const ORIGINAL = '0x18000000';
const EXTENDED = '0x48000000';

let parser: CParser;
let files: MemoryFiles;
let service: Service;

beforeAll(async () => {
  parser = await realParser();
});

beforeEach(() => {
  files = new MemoryFiles(
    [0, 1].flatMap(
      (osid) =>
        [
          [file(osid), main(ORIGINAL)],
          [`os${osid}/kexec/mint.h`, header(osid)],
        ] as const,
    ),
  );
  service = createService({ files, parser, folders: () => [FOLDER] });
});

function ranges({ projects }: WorkspaceSnapshot): readonly string[] {
  return projects.flatMap(({ layout }) =>
    layout.nodes.map(
      ({ osid, regions: [region] }) => `${osid} ${region?.range ? formatRange(region.range) : '?'}`,
    ),
  );
}

const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');

function committed(texts: Readonly<Record<string, string | Uint8Array | null>>) {
  const entries = Object.entries(texts).map(
    ([path, text]) => [uriOf(path), text === null ? null : base64(text)] as const,
  );
  return service.earlier({ kind: 'files', files: new Map(entries) });
}

const APART = ['0 0x20000000–0x38000000', '1 0x38000000–0x50000000'];
const WIDE = ['0 0x20000000–0x68000000', '1 0x38000000–0x50000000'];

describe('the saved state', () => {
  it('has the texts on disk of what is open, and leaves the present state as it is', async () => {
    service.open(uriOf(file(0)), 7, main(EXTENDED));
    const before = await service.snapshot();
    const { present, earlier } = await service.earlier({ kind: 'saved' });
    expect(present).toBe(before);
    expect(await service.snapshot()).toBe(before);
    expect(ranges(present)).toEqual(WIDE);
    expect(ranges(earlier)).toEqual(APART);
    expect(earlier.version(uriOf(file(0)))).toBeUndefined();
    expect(present.version(uriOf(file(0)))).toBe(7);
  });

  it('is another one once the file is written', async () => {
    service.open(uriOf(file(0)), 1, main(EXTENDED));
    await service.earlier({ kind: 'saved' });
    files.write(file(0), main(EXTENDED));
    service.changed(uriOf(file(0)), 'changed');
    expect(ranges((await service.earlier({ kind: 'saved' })).earlier)).toEqual(WIDE);
  });

  it('costs nothing while somebody types: it is the same one, and no file is read again', async () => {
    service.open(uriOf(file(0)), 1, main(EXTENDED));
    const { earlier } = await service.earlier({ kind: 'saved' });
    const reads = [...files.reads];
    for (let version = 2; version < 5; version++) {
      service.open(uriOf(file(0)), version, main(`0x${version}000000`));
      const states = await service.earlier({ kind: 'saved' });
      expect(states.earlier).toBe(earlier);
      expect(ranges(states.present)[0]).toBe(`0 0x20000000–0x2${version}000000`);
    }
    expect([...files.reads]).toEqual(reads);
  });
});

describe('a state of files', () => {
  it('replaces what is named, decoded as sources are, and nothing else', async () => {
    service.open(uriOf(file(1)), 1, main('0x1000'));
    // A comment in EUC-JP.
    const bytes = Buffer.concat([
      Buffer.from('/* '),
      Buffer.from([0xa5, 0xe1, 0xa5, 0xe2]),
      Buffer.from(` */${main(EXTENDED)}`),
    ]);
    const { present, earlier } = await committed({ [file(0)]: bytes });
    expect(ranges(present)).toEqual([APART[0], '1 0x38000000–0x38001000']);
    expect(ranges(earlier)).toEqual([WIDE[0], '1 0x38000000–0x38001000']);
    expect(earlier.projects[0]?.document(uriOf(file(0)))?.getText()).toMatch(/^\/\* メモ \*\//);
    expect(present.projects[0]?.document(uriOf(file(0)))?.getText()).toBe(main(ORIGINAL));
  });

  it('loads what it needs and nothing else does, once', async () => {
    files.write('os0/kexec/old.h', '#define OLD 0x1000\n');
    const old = main('OLD').replace('mint.h"', 'mint.h"\n#include "old.h"');
    const { earlier } = await committed({ [file(0)]: old });
    expect(ranges(earlier)[0]).toBe('0 0x20000000–0x20001000');
    service.open(uriOf(file(0)), 1, main(EXTENDED));
    await service.snapshot();
    expect((await committed({ [file(0)]: old })).earlier).toBe(earlier);
    expect(files.reads.get(uriOf('os0/kexec/old.h'))).toBe(1);
    service.changed(uriOf('os0/kexec/old.h'), 'changed');
    files.write('os0/kexec/old.h', '#define OLD 0x2000\n');
    expect(ranges((await committed({ [file(0)]: old })).earlier)[0]).toBe('0 0x20000000–0x20002000');
  });

  it('may have had a project file, or none, and another tree', async () => {
    const text = JSON.stringify({ nodes: [{ osid: 5, source: 'os0' }], window: ['0x0', '0x1000'] });
    const was = (
      await committed({ [PROJECT]: text, [file(2)]: main(ORIGINAL), 'os2/kexec/mint.h': header(2) })
    ).earlier;
    expect(was.projects[0]?.layout.window.end).toBe(0x1000n);
    expect(was.projects[0]?.layout.nodes.map(({ osid }) => osid)).toEqual([1, 2, 5]);
    files.write(PROJECT, text);
    service.changed(uriOf(PROJECT), 'created');
    const { present, earlier } = await committed({ [PROJECT]: null, [file(1)]: null });
    expect(present.projects[0]?.layout.nodes.map(({ osid }) => osid)).toEqual([1, 5]);
    expect(earlier.projects[0]?.context.project.trees.map(({ name }) => name)).toEqual(['os0']);
    expect(earlier.projects[0]?.context.project.file).toBeUndefined();
  });

  it('evaluates only the trees that differ, and the present state nothing anew', async () => {
    const first = await service.snapshot();
    const { earlier } = await committed({ [file(0)]: main(EXTENDED) });
    const ofNode = (workspace: WorkspaceSnapshot, osid: number) =>
      workspace.projects[0]?.layout.nodes[osid]?.evaluation;
    expect(ofNode(earlier, 1)).toBe(ofNode(first, 1));
    expect(ofNode(earlier, 0)).not.toBe(ofNode(first, 0));
    service.open(uriOf('os1/kexec/notes.c'), 1, '');
    expect(ofNode(await service.snapshot(), 0)).toBe(ofNode(first, 0));
  });

  it('keeps a bounded number of states', async () => {
    const states = await Promise.all(
      ['0x1000', '0x2000', '0x3000', '0x4000', '0x5000'].map((size) => committed({ [file(0)]: main(size) })),
    );
    const again = await committed({ [file(0)]: main('0x5000') });
    expect(again.earlier).toBe(states[4]?.earlier);
    expect((await committed({ [file(0)]: main('0x1000') })).earlier).not.toBe(states[0]?.earlier);
  });

  it('leaves files outside of the workspace alone, and refuses what is no base64', async () => {
    const outside = service.earlier({
      kind: 'files',
      files: new Map([['file:///elsewhere/kexec/firmware_memmap.c', base64(main('1'))]]),
    });
    expect(ranges((await outside).earlier)).toEqual(APART);
    const wrong = service.earlier({ kind: 'files', files: new Map([[uriOf(file(0)), '%%%']]) });
    await expect(wrong).rejects.toBeInstanceOf(NoTexts);
    expect(ranges(await service.snapshot())).toEqual(APART);
  });

  it('that is asked for while a change comes is answered beside the newest state', async () => {
    await service.snapshot();
    const asked = committed({ [file(0)]: main(EXTENDED) });
    service.open(uriOf(file(1)), 1, main('0x1000'));
    const { present, earlier } = await asked;
    expect(ranges(present)[1]).toBe('1 0x38000000–0x38001000');
    expect(ranges(earlier)).toEqual([WIDE[0], '1 0x38000000–0x38001000']);
  });
});
