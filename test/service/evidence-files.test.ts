/** The files of evidence that kexec-mint.json names: when they are read, how often, and what comes of those that fail. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { CParser } from '../../server/src/c/parser';
import type { NodeEvidence } from '../../server/src/memmap/observed/evidence';
import { formatRange } from '../../server/src/range';
import { createService, type Service } from '../../server/src/service/service';
import { FOLDER, MemoryFiles, realParser, uriOf } from './memory-files';

const PROJECT = 'kexec-mint.json';
const TREE = `#define OSID 0
unsigned long mint_region3_start, mint_region3_size;
void setup(void)
{
	mint_region3_start = 0x20000000;
	mint_region3_size = 0x18000000;
}
`;
const IOMEM = `00000000-00000fff : Reserved
20000000-37ffffff : System RAM
  21000000-21a00e06 : Kernel code
`;

let parser: CParser;
let vmlinux: Uint8Array;
let files: MemoryFiles;
let service: Service;
let logged: unknown[];

beforeAll(async () => {
  parser = await realParser();
  vmlinux = linkedKernel();
});

beforeEach(() => {
  files = new MemoryFiles([['os0/kexec/firmware_memmap.c', TREE]]);
  logged = [];
  service = createService({ files, parser, folders: () => [FOLDER], log: (error) => logged.push(error) });
});

/** What gcc makes of a kernel of a few bytes of text at 0xffffffff81000000. */
function linkedKernel(): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-kernel-'));
  try {
    writeFileSync(join(folder, 'kernel.c'), 'int start(void) { return 1; }\n');
    writeFileSync(
      join(folder, 'kernel.ld'),
      'SECTIONS { . = 0xffffffff81000000; .text : AT(0x1000000) { _text = .; *(.text*) . = 0x1000; _etext = .; } _end = .; /DISCARD/ : { *(*) } }\n',
    );
    const args = [
      '-mcmodel=kernel',
      '-fno-pic',
      '-nostdlib',
      '-static',
      '-no-pie',
      '-Wl,--build-id=none',
      '-T',
      'kernel.ld',
      'kernel.c',
      '-o',
      'vmlinux',
    ];
    const { status, stderr } = spawnSync('gcc', args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return readFileSync(join(folder, 'vmlinux'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function list(...nodes: readonly Record<string, unknown>[]): void {
  files.write(PROJECT, JSON.stringify({ nodes }));
}

async function evidence(osid = 0): Promise<NodeEvidence> {
  const snapshot = await service.snapshot();
  expect(logged).toEqual([]);
  const node = snapshot.projects.flatMap(({ layout }) => layout.nodes).find((each) => each.osid === osid);
  if (!node) throw new Error('no such node');
  return node.evidence;
}

/** `dumps/iomem: RAM …`, then the kernel text, then the problems. */
async function shown(osid = 0): Promise<readonly string[]> {
  const { reports, kernelText, problems } = await evidence(osid);
  const name = (file: string) => file.slice(FOLDER.length + 1);
  return [
    ...reports.map(({ file, ram }) => `${name(file)}: ${ram.map((range) => formatRange(range)).join(', ')}`),
    ...(kernelText ? [`text ${formatRange(kernelText.range)} ${kernelText.known}`] : []),
    ...problems.map(({ file, fault }) => `${name(file)}: ${fault.code}`),
  ];
}

const reads = (path: string) => files.reads.get(uriOf(path)) ?? 0;

describe('a dump', () => {
  it('is read once, whatever else changes', async () => {
    list({ osid: 0, iomem: 'dumps/os0' });
    files.write('dumps/os0', IOMEM);
    expect(await shown()).toEqual(['dumps/os0: 0x20000000–0x38000000', 'text 0x21000000–0x21a00e07 seen']);
    service.open(uriOf('os0/kexec/firmware_memmap.c'), 1, `${TREE}\n`);
    const first = await evidence();
    service.open(uriOf(PROJECT), 1, JSON.stringify({ nodes: [{ osid: 0, iomem: 'dumps/os0', name: 'a' }] }));
    expect((await evidence()).reports[0]?.ranges).toBe(first.reports[0]?.ranges);
    expect(reads('dumps/os0')).toBe(1);
  });

  it('is read again when it changes, and counts as the editor has it', async () => {
    list({ osid: 0, iomem: 'dumps/os0' });
    files.write('dumps/os0', IOMEM);
    await shown();
    files.write('dumps/os0', IOMEM.replace('37ffffff', '2fffffff'));
    service.changed(uriOf('dumps/os0'), 'changed');
    expect((await shown())[0]).toBe('dumps/os0: 0x20000000–0x30000000');
    service.open(uriOf('dumps/os0'), 1, IOMEM.replace('37ffffff', '27ffffff'));
    expect((await shown())[0]).toBe('dumps/os0: 0x20000000–0x28000000');
    service.close(uriOf('dumps/os0'));
    expect((await shown())[0]).toBe('dumps/os0: 0x20000000–0x30000000');
  });

  it('that is not there is told, and read when it comes', async () => {
    list({
      osid: 0,
      iomem: 'dumps/os0.iomem',
      kernelLog: 'dumps/log',
      vmlinux: 'vmlinux',
      firmwareMemmap: 'memmap.d',
    });
    expect(await shown()).toEqual([
      'dumps/os0.iomem: absent',
      'dumps/log: absent',
      'memmap.d: absent',
      'vmlinux: absent',
    ]);
    files.write('dumps/os0.iomem', IOMEM);
    service.changed(uriOf('dumps/os0.iomem'), 'created');
    files.write('vmlinux', vmlinux);
    service.changed(uriOf('vmlinux'), 'created');
    expect((await shown()).slice(0, 2)).toEqual([
      'dumps/os0.iomem: 0x20000000–0x38000000',
      'text 0x21000000–0x21a00e07 seen',
    ]);
    files.remove('dumps');
    service.changed(uriOf('dumps'), 'deleted');
    expect(await shown()).toContain('dumps/os0.iomem: absent');
  });

  it('that is no text, too large or a folder counts as not there', async () => {
    list({ osid: 0, iomem: 'zeros', kernelLog: 'large', kexecOutput: 'os0' });
    files.write('zeros', new Uint8Array(10));
    files.write(
      'large',
      `[0] BIOS-e820: 0000000000000000 - 000000000009f000 (usable)\n${'x'.repeat(8 * 1024 * 1024)}`,
    );
    expect(await shown()).toEqual(['zeros: absent', 'os0: absent', 'large: absent']);
  });

  it('outside of the workspace is not even looked at', async () => {
    list({ osid: 0, iomem: '../os0.iomem', vmlinux: '/boot/vmlinux' });
    expect(await shown()).toEqual([]);
    expect([...files.reads.keys()].filter((uri) => !uri.startsWith(`${FOLDER}/`))).toEqual([]);
  });

  it('of any kind is read from inside the workspace only, wherever links lead', async () => {
    const outside = new Set<string>();
    const read = files.read.bind(files);
    files.read = (uri, options) => {
      if (!options?.inside) outside.add(uri);
      return read(uri, options);
    };
    const keys = ['iomem', 'kexecOutput', 'kernelLog', 'firmwareMemmap', 'systemMap', 'vmlinux', 'bzImage'];
    list({ osid: 0, ...Object.fromEntries(keys.map((key) => [key, `dumps/${key}`])) });
    await shown();
    expect([...files.reads.keys()].filter((uri) => uri.includes('/dumps/')).length).toBeGreaterThan(
      keys.length,
    );
    expect([...outside].filter((uri) => uri.includes('/dumps/'))).toEqual([]);
  });
});

describe('a vmlinux made by gcc', () => {
  it('gives the kernel text its size, and the project file its start', async () => {
    list({ osid: 0, vmlinux: 'boot/vmlinux', kernelTextStart: '0x21000000' });
    files.write('boot/vmlinux', vmlinux);
    expect(await shown()).toEqual(['text 0x21000000–0x21001000 configured']);
    service.open(uriOf('os0/kexec/firmware_memmap.c'), 1, `${TREE}\n`);
    expect(await shown()).toHaveLength(1);
    expect(reads('boot/vmlinux')).toBe(1);
  });

  it('is read again when it changes, goes, or its folder goes', async () => {
    list({ osid: 0, vmlinux: 'boot.d/vmlinux', kernelTextStart: '0x21000000' });
    files.write('boot.d/vmlinux', vmlinux);
    await shown();
    files.write('boot.d/vmlinux', new Uint8Array(100));
    service.changed(uriOf('boot.d/vmlinux'), 'changed');
    expect(await shown()).toEqual(['boot.d/vmlinux: nothing-recognized']);
    files.write('boot.d/vmlinux', vmlinux);
    service.changed(uriOf('boot.d/vmlinux'), 'changed');
    expect(await shown()).toEqual(['text 0x21000000–0x21001000 configured']);
    files.remove('boot.d');
    service.changed(uriOf('boot.d'), 'deleted');
    expect(await shown()).toEqual(['boot.d/vmlinux: absent']);
    files.write('boot.d/vmlinux', vmlinux);
    service.changed(uriOf('boot.d'), 'created');
    expect(await shown()).toEqual(['text 0x21000000–0x21001000 configured']);
  });

  it('that changes while it is read is read again', async () => {
    list({ osid: 0, vmlinux: 'vmlinux', kernelTextStart: '0x21000000' });
    files.write('vmlinux', new Uint8Array(100));
    let open = () => {};
    const started = new Promise<void>((resolve) => {
      const read = files.read.bind(files);
      files.read = (uri, options) => {
        if (uri === uriOf('vmlinux')) {
          files.gate = new Promise((release) => {
            open = release;
          });
          resolve();
        }
        return read(uri, options);
      };
    });
    const first = service.snapshot();
    await started;
    files.write('vmlinux', vmlinux);
    service.changed(uriOf('vmlinux'), 'changed');
    const release = open;
    files.read = MemoryFiles.prototype.read.bind(files);
    files.gate = undefined;
    release();
    await first;
    expect(await shown()).toEqual(['text 0x21000000–0x21001000 configured']);
  });

  it('may be named for several nodes, and be taken for a System.map beside', async () => {
    list(
      { osid: 0, vmlinux: 'vmlinux', kernelTextStart: '0x21000000' },
      { osid: 1, source: 'os1', systemMap: 'vmlinux', bzImage: 'vmlinux' },
      { osid: 2, source: 'os2', vmlinux: 'vmlinux', kernelTextStart: '0x51000000' },
    );
    for (const osid of [1, 2])
      files.write(`os${osid}/kexec/firmware_memmap.c`, TREE.replace('OSID 0', `OSID ${osid}`));
    files.write('vmlinux', vmlinux);
    expect(await shown(2)).toEqual(['text 0x51000000–0x51001000 configured']);
    expect((await evidence(1)).problems.length).toBeGreaterThan(0);
    expect(reads('vmlinux')).toBe(1);
  });

  it('is asked for where only the start of the kernel text is known', async () => {
    list({ osid: 0, kernelTextStart: '0x21000000' });
    expect(await shown()).toEqual([`${PROJECT}: start-alone`]);
    files.write('vmlinux', vmlinux);
    files.write(
      PROJECT,
      JSON.stringify({ nodes: [{ osid: 0, kernelTextStart: '0x21000000', vmlinux: 'vmlinux' }] }),
    );
    service.changed(uriOf(PROJECT), 'changed');
    expect(await shown()).toEqual(['text 0x21000000–0x21001000 configured']);
  });

  it('that is larger than any kernel is not read', async () => {
    const limits: unknown[] = [];
    const read = files.read.bind(files);
    files.read = (uri, options) => {
      if (uri === uriOf('vmlinux')) limits.push(options?.limit);
      return read(uri, options);
    };
    list({ osid: 0, vmlinux: 'vmlinux' });
    expect(await shown()).toEqual(['vmlinux: absent']);
    expect(limits).toEqual([512 * 1024 * 1024]);
  });
});

describe('a copy of /sys/firmware/memmap', () => {
  const entry = (number: number, start: string, end: string, type = 'System RAM') => {
    files.write(`memmap/${number}/start`, `${start}\n`);
    files.write(`memmap/${number}/end`, `${end}\n`);
    files.write(`memmap/${number}/type`, `${type}\n`);
  };

  it('is read entry by entry to its end, however many there are', async () => {
    list({ osid: 0, firmwareMemmap: 'memmap' });
    for (let number = 0; number < 30; number++) {
      entry(number, `0x${(number * 0x2000).toString(16)}`, `0x${(number * 0x2000 + 0xfff).toString(16)}`);
    }
    const { reports } = await evidence();
    expect(reports[0]?.file).toBe(uriOf('memmap'));
    expect(reports[0]?.ram).toHaveLength(30);
    expect(reads('memmap/31/start')).toBe(1);
    expect(reads('memmap/50/start')).toBe(0);
  });

  it('is read again where an entry changes or the folder goes', async () => {
    list({ osid: 0, firmwareMemmap: 'memmap/' });
    entry(0, '0x20000000', '0x37ffffff');
    entry(1, '0x0', '0xfff', 'reserved');
    expect(await shown()).toEqual(['memmap: 0x20000000–0x38000000']);
    files.write('memmap/0/end', '0x2fffffff');
    service.changed(uriOf('memmap/0/end'), 'changed');
    expect(await shown()).toEqual(['memmap: 0x20000000–0x30000000']);
    files.remove('memmap');
    service.changed(uriOf('memmap'), 'deleted');
    expect(await shown()).toEqual(['memmap: absent']);
  });
});
