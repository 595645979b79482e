/** What a change costs, and what it does not touch. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CParser } from '../../server/src/c/parser';
import { DEFAULT_SETTINGS } from '../../server/src/project/settings';
import { formatRange } from '../../server/src/range';
import { createService, type Service } from '../../server/src/service/service';
import type { Snapshot } from '../../server/src/service/snapshot';
import { FOLDER, MemoryFiles, realParser, uriOf } from './memory-files';

const header = (osid: number) => `#define OSID ${osid}
#define SIZE 0x18000000ul
static unsigned long mint_region3_start, mint_region3_size;
`;
const main = `#include "mint.h"
int get_firmware_memmap_ranges(void)
{
	mint_region3_start = 0x20000000ul + OSID * SIZE;
	mint_region3_size = SIZE;
	return 0;
}
`;
const file = (osid: number) => `os${osid}/kexec/firmware_memmap.c`;

let parser: CParser;
let files: MemoryFiles;
let service: Service;
let logged: unknown[];

beforeAll(async () => {
  parser = await realParser();
});

beforeEach(() => {
  files = new MemoryFiles(
    [0, 1, 2].flatMap(
      (osid) =>
        [
          [file(osid), main],
          [`os${osid}/kexec/mint.h`, header(osid)],
        ] as const,
    ),
  );
  logged = [];
  service = createService({ files, parser, folders: () => [FOLDER], log: (error) => logged.push(error) });
});

/** The snapshot of the workspace's one project. */
async function only(service: Service): Promise<Snapshot> {
  const [project] = (await service.snapshot()).projects;
  if (!project) throw new Error('no project');
  return project;
}

function ranges({ layout }: Snapshot): readonly string[] {
  return layout.nodes.map(({ osid, regions }) => {
    const [region] = regions;
    return `${osid} ${region?.range ? formatRange(region.range) : 'unknown'}`;
  });
}

function overlapsIn({ findings }: Snapshot): readonly string[] {
  return findings.filter(({ rule }) => rule === 'node-overlap').map(({ nodes }) => nodes.join());
}

const APART = ['0 0x20000000–0x38000000', '1 0x38000000–0x50000000', '2 0x50000000–0x68000000'];

describe('a snapshot', () => {
  it('holds every tree, with includes loaded as they are found', async () => {
    const snapshot = await only(service);
    expect(ranges(snapshot)).toEqual(APART);
    expect(snapshot.findings).toEqual([]);
    expect(snapshot.nodesReading(uriOf('os1/kexec/mint.h')).map(({ osid }) => osid)).toEqual([1]);
    expect(snapshot.document(uriOf('os1/kexec/mint.h'))?.getText()).toBe(header(1));
    expect(snapshot.document(uriOf('os9/kexec/mint.h'))).toBeUndefined();
  });

  it('is the same one until something changes, and reads nothing again', async () => {
    const first = await only(service);
    expect(await only(service)).toBe(first);
    service.open(uriOf(file(0)), 1, main);
    await only(service);
    expect([...files.reads.values()].every((count) => count === 1)).toBe(true);
    expect(files.searches).toBe(1);
  });

  it('does not change with the sources', async () => {
    const before = await only(service);
    service.open(uriOf(file(0)), 1, main.replace('= SIZE', '= 0x48000000'));
    const after = await only(service);
    expect(ranges(before)).toEqual(APART);
    expect(before.document(uriOf(file(0)))?.getText()).toBe(main);
    expect(before.version(uriOf(file(0)))).toBeUndefined();
    expect(ranges(after)[0]).toBe('0 0x20000000–0x68000000');
    expect(after.version(uriOf(file(0)))).toBe(1);
    expect(after.findings.filter(({ rule }) => rule === 'node-overlap')).toHaveLength(2);
  });
});

describe('an edit', () => {
  it('in one tree evaluates no other', async () => {
    const before = await only(service);
    service.open(uriOf(file(0)), 1, main.replace('= SIZE', '= SIZE / 2'));
    const after = await only(service);
    const same = after.layout.nodes.map(
      (node, index) => node.evaluation === before.layout.nodes[index]?.evaluation,
    );
    expect(same).toEqual([false, true, true]);
  });

  it('that is undone finds the evaluation of before', async () => {
    service.open(uriOf(file(0)), 1, main);
    const before = await only(service);
    service.open(uriOf(file(0)), 2, main.replace('= SIZE', '= SIZE / 2'));
    await only(service);
    service.open(uriOf(file(0)), 3, main);
    const after = await only(service);
    expect(after.layout.nodes[0]?.evaluation).toBe(before.layout.nodes[0]?.evaluation);
  });

  it('in a header reaches the trees that read it, and no file that only has its name', async () => {
    const before = await only(service);
    service.open(uriOf('os2/kexec/mint.h'), 1, header(2).replace('0x18000000', '0x10000000'));
    const after = await only(service);
    expect(ranges(after)).toEqual([...APART.slice(0, 2), '2 0x40000000–0x50000000']);
    expect(after.layout.nodes[1]?.evaluation).toBe(before.layout.nodes[1]?.evaluation);
  });

  it('that comes while another is computed wins; both are answered with it', async () => {
    await only(service);
    service.open(uriOf(file(0)), 1, main.replace('= SIZE', '= 0x1000'));
    const first = service.snapshot();
    service.open(uriOf(file(0)), 2, main.replace('= SIZE', '= 0x2000'));
    const second = service.snapshot();
    expect(await first).toBe(await second);
    expect((await first).version(uriOf(file(0)))).toBe(2);
  });
});

describe('a file on disk', () => {
  it('counts only where it is not open, and again once it is closed', async () => {
    service.open(uriOf(file(0)), 1, main.replace('= SIZE', '= 0x1000'));
    expect(ranges(await only(service))[0]).toBe('0 0x20000000–0x20001000');
    files.write(file(0), main.replace('= SIZE', '= 0x2000'));
    service.changed(uriOf(file(0)), 'changed');
    expect(ranges(await only(service))[0]).toBe('0 0x20000000–0x20001000');
    service.close(uriOf(file(0)));
    expect(ranges(await only(service))[0]).toBe('0 0x20000000–0x20002000');
  });

  it('that changes while it is read is read again', async () => {
    let open = () => {};
    files.gate = new Promise((resolve) => {
      open = resolve;
    });
    const first = only(service);
    await expect.poll(() => files.reads.get(uriOf(file(0)))).toBe(1);
    files.write(file(0), main.replace('= SIZE', '= 0x2000'));
    service.changed(uriOf(file(0)), 'changed');
    open();
    expect(ranges(await first)[0]).toBe('0 0x20000000–0x20002000');
  });

  it('that was missing is found when it comes', async () => {
    files.remove('os1/kexec/mint.h');
    const before = await only(service);
    expect(ranges(before)).toEqual([APART[0], '1 unknown', APART[2]]);
    expect(
      before.findings.some(
        ({ rule, place }) => rule === 'unreadable-source' && place.file === uriOf(file(1)),
      ),
    ).toBe(true);
    files.write('os1/kexec/mint.h', header(1));
    service.changed(uriOf('os1/kexec/mint.h'), 'created');
    expect(ranges(await only(service))).toEqual(APART);
  });

  it('that is no text leaves the other trees as they are', async () => {
    files.write(file(1), new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]));
    const snapshot = await only(service);
    expect(ranges(snapshot).filter((range) => !range.startsWith('1'))).toEqual([APART[0], APART[2]]);
    expect(
      snapshot.findings.filter(({ severity }) => severity === 'error').map(({ place }) => place.file),
    ).toEqual([uriOf(file(1))]);
  });
});

describe('a text beyond all measure', () => {
  it('counts as unreadable, on disk and in the editor', async () => {
    const large = ' '.repeat(8 * 1024 * 1024 + 1);
    files.write(file(0), large);
    service.open(uriOf(file(1)), 1, large);
    const snapshot = await only(service);
    expect([0, 1, 2].map((osid) => snapshot.document(uriOf(file(osid))) !== undefined)).toEqual([
      false,
      false,
      true,
    ]);
    expect(ranges(snapshot)).toContain(APART[2]);
  });
});

describe('a tree', () => {
  it('that vanishes is gone with all that was said of it, and back when it comes back', async () => {
    service.open(uriOf(file(0)), 1, main.replace('= SIZE', '= 0x48000000'));
    expect(overlapsIn(await only(service))).toEqual(['0,1', '0,2']);
    files.remove('os1');
    service.changed(uriOf('os1'), 'deleted');
    const without = await only(service);
    expect(ranges(without).map((text) => text.slice(0, 1))).toEqual(['0', '2']);
    expect(overlapsIn(without)).toEqual(['0,2']);
    expect(without.document(uriOf(file(1)))).toBeUndefined();
    files.write(file(1), main);
    files.write('os1/kexec/mint.h', header(1));
    service.changed(uriOf('os1'), 'created');
    expect(overlapsIn(await only(service))).toEqual(['0,1', '0,2']);
  });

  it('is not searched for again when a build writes object files', async () => {
    await only(service);
    service.changed(uriOf('os0/kexec/kexec.o'), 'created');
    service.changed(uriOf('os0/kexec/kexec.o'), 'deleted');
    await only(service);
    expect(files.searches).toBe(1);
  });
});

describe('settings', () => {
  it('take effect at once, and evaluate nothing that they do not concern', async () => {
    const before = await only(service);
    service.configure({ ...DEFAULT_SETTINGS, window: { start: 0n, end: 0x60000000n } });
    const after = await only(service);
    expect(after.layout.window.end).toBe(0x60000000n);
    expect(after.layout.nodes[2]?.evaluation).toBe(before.layout.nodes[2]?.evaluation);
    expect(after.findings.map(({ rule }) => rule)).toContain('outside-window');
  });

  it('say which files there are answers for', async () => {
    service.configure({ ...DEFAULT_SETTINGS, files: ['**/os1/kexec/*.c'] });
    const snapshot = await only(service);
    expect(snapshot.context.project.trees.map(({ name }) => name)).toEqual(['os1']);
    expect(snapshot.isServed(uriOf(file(1)))).toBe(true);
    expect(snapshot.isServed(uriOf('os1/kexec/mint.h'))).toBe(false);
  });
});

describe('an exception of ours', () => {
  it('in the parser is told as a finding in each tree, and logged', async () => {
    const broken: CParser = {
      parse: () => {
        throw new Error('the wasm is gone');
      },
      dispose: () => {},
    };
    const failing = createService({
      files,
      parser: broken,
      folders: () => [FOLDER],
      log: (error) => logged.push(error),
    });
    const snapshot = await only(failing);
    const told = snapshot.findings
      .filter(({ rule }) => rule === 'unreadable-source')
      .map(({ place }) => place.file);
    expect(told).toEqual([0, 1, 2].map((osid) => uriOf(file(osid))));
    expect(String(logged[0])).toContain('the wasm is gone');
  });
});
