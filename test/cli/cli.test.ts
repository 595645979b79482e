/** The command line as a shell meets it: real processes, their output and exit codes. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'dist/cli.js');
const SIZE = 'mint_memory_size - 0x8000000';

let folder: string;

beforeEach(() => {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: the build failed');
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-cli-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: readonly string[]) {
  const env = { ...process.env, LC_ALL: 'C' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

/** The sources of a sample, without what its machines report. */
function sample(name: string): void {
  sampleWithDumps(name);
  rmSync(join(folder, 'kexec-mint.json'), { force: true });
}

function sampleWithDumps(name: string): void {
  cpSync(join(ROOT, 'samples', name), folder, { recursive: true });
}

/** The line of `text` in node 0's file, counted from 0, and node 0's file with `to` in its place. */
function extendNode0(to: string): number {
  const file = join(folder, 'kexec-mint-os0/kexec/firmware_memmap.c');
  const text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace(SIZE, to));
  return text.slice(0, text.indexOf(SIZE)).split('\n').length - 1;
}

const region = (name: string, start: string, size: string, end: string) => ({ name, start, size, end });

const NODES = [
  ['0x0', '0x20000', '0x8000000', '0x10000000', '0x20000000', '0x38000000'],
  ['0x20000', '0x40000', '0x10000000', '0x18000000', '0x38000000', '0x50000000'],
  ['0x40000', '0x60000', '0x18000000', '0x20000000', '0x50000000', '0x68000000'],
].map(([start1 = '', end1 = '', start2 = '', end2 = '', start3 = '', end3 = '']) => [
  region('region1', start1, '0x20000', end1),
  region('region2', start2, '0x8000000', end2),
  region('region3', start3, '0x18000000', end3),
]);

describe('map', () => {
  it.each([
    ['three-nodes', (osid: number) => `kexec-mint-os${osid}`, []],
    ['one-tree', () => 'kexec-mint', [{ rule: 'signed-overflow', severity: 'information', nodes: [4] }]],
  ] as const)('--format json of %s is the whole table of figure 1', (name, source, findings) => {
    sample(name);
    const { status, stdout } = run('map', folder, '--format', 'json');
    expect(status).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toEqual({
      version: 1,
      window: { start: '0x20000000', end: '0x68000000' },
      nodes: NODES.map((regions, osid) => ({
        osid,
        source: source(osid),
        regions,
        ranges: regions.map(({ start, end }) => ({ start, end, type: 'ram' })),
        rangesFrom: 'table',
      })),
      findings: expect.any(Array),
    });
    expect(report.findings).toMatchObject(findings);
  });

  it('has null, and the reason, for what is not known', () => {
    sample('three-nodes');
    const line = extendNode0('sizeof_the_kernel()');
    const { nodes, findings } = JSON.parse(run('map', folder, '--format', 'json').stdout);
    expect(nodes[0].regions[2]).toEqual({
      name: 'region3',
      start: '0x20000000',
      size: null,
      end: null,
      unknown: expect.stringContaining(`kexec-mint-os0/kexec/firmware_memmap.c:${line + 1}`),
    });
    expect(nodes[1].regions).toEqual(NODES[1]);
    expect(findings).toMatchObject([{ rule: 'unknown-value', nodes: [0] }]);
  });

  it('marks what other code may change at run time', () => {
    sample('three-nodes');
    const header = join(folder, 'kexec-mint-os0/kexec/mint.h');
    const constant = 'static const unsigned long mint_memory_size = 0x20000000;';
    const text = readFileSync(header, 'utf8');
    expect(text).toContain(constant);
    writeFileSync(header, text.replace(constant, 'extern unsigned long mint_memory_size;'));
    writeFileSync(
      join(folder, 'kexec-mint-os0/kexec/option.c'),
      'unsigned long mint_memory_size = 0x20000000;\nvoid option(unsigned long n)\n{\n\tmint_memory_size = n;\n}\n',
    );
    const { nodes } = JSON.parse(run('map', folder, '--format', 'json').stdout);
    expect(nodes[0].regions[2].unlessChangedAt).toEqual(['kexec-mint-os0/kexec/option.c:4']);
    expect(run('map', folder).stdout).toMatch(/region3\?.*\n(?:.*\n)*\? .*option\.c:4$/m);
  });

  it('has what a node is told besides its regions, and whose memory it watches with that', () => {
    cpSync(join(ROOT, 'test/memmap/fixtures/watching'), folder, { recursive: true });
    const { nodes } = JSON.parse(run('map', folder, '--format', 'json').stdout);
    expect(nodes[0]).toMatchObject({
      rangesFrom: 'table',
      ranges: [
        { start: '0x0', end: '0x20000', type: 'ram' },
        { start: '0x20000000', end: '0x38000000', type: 'ram' },
        { start: '0x38000000', end: '0x68000000', type: 'reserved' },
      ],
      watches: [
        { osid: 1, start: '0x38000000', end: '0x50000000' },
        { osid: 2, start: '0x50000000', end: '0x68000000' },
      ],
    });
    const lines = run('map', folder).stdout.split('\n');
    expect(lines.slice(3, 7)).toEqual([
      expect.stringMatching(/^0 +os0 +region1 /),
      expect.stringMatching(/ region3 /),
      expect.stringMatching(/^ +range 2: reserved +0x38000000 +0x68000000 +0x30000000 \(768 MiB\)$/),
      expect.stringMatching(/^1 /),
    ]);
    expect(lines).toContain('OS node 0 watches OS node 2: 0x50000000–0x68000000 (384 MiB)');
  });

  it('says where regions stand in for the table, and why', () => {
    sample('three-nodes');
    extendNode0('sizeof_the_kernel()');
    const [first] = JSON.parse(run('map', folder, '--format', 'json').stdout).nodes;
    expect(first).toMatchObject({
      rangesFrom: 'regions',
      rangesWhy: expect.stringContaining('`sizeof_the_kernel`'),
    });
    expect(first.ranges).toHaveLength(2);
    const { stdout } = run('map', folder);
    expect(stdout).toMatch(
      /^OS node 0: the range table is not known, so the regions stand in: .*`sizeof_the_kernel`/m,
    );
  });

  it('is a table on a terminal, and ends with 0 whatever it finds', () => {
    sample('three-nodes');
    extendNode0('0x48000000');
    const { status, stdout } = run('map', folder);
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    expect(lines.slice(0, 12)).toEqual([
      'Window 0x20000000–0x68000000 (1152 MiB)',
      '',
      'OS node  Source tree     Region   Start       End (exclusive)  Size',
      '0        kexec-mint-os0  region1  0x0         0x20000          0x20000 (128 KiB)',
      '                         region2  0x8000000   0x10000000       0x8000000 (128 MiB)',
      '                         region3  0x20000000  0x68000000       0x48000000 (1152 MiB)',
      '1        kexec-mint-os1  region1  0x20000     0x40000          0x20000 (128 KiB)',
      '                         region2  0x10000000  0x18000000       0x8000000 (128 MiB)',
      '                         region3  0x38000000  0x50000000       0x18000000 (384 MiB)',
      '2        kexec-mint-os2  region1  0x40000     0x60000          0x20000 (128 KiB)',
      '                         region2  0x18000000  0x20000000       0x8000000 (128 MiB)',
      '                         region3  0x50000000  0x68000000       0x18000000 (384 MiB)',
    ]);
    expect(lines.filter((line) => line.endsWith('[node-overlap]'))).toHaveLength(2);
  });
});

describe('map as a picture', () => {
  it('is an SVG on its own, beside an earlier state', () => {
    sample('three-nodes');
    extendNode0('0x48000000');
    const before = join(ROOT, 'samples/three-nodes');
    const { status, stdout } = run('map', folder, '--format', 'svg', '--before', before, '--lang', 'ja');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg".*<\/svg>\n$/s);
    expect(stdout).toContain('終端 0x38000000 → 0x68000000');
  });

  it('is a table in Markdown', () => {
    sample('three-nodes');
    const { status, stdout } = run('map', folder, '--format', 'markdown');
    expect(status).toBe(0);
    expect(stdout).toContain('| OS node 2 | region3 | 0x50000000 | 0x68000000 | 384 MiB |');
  });

  it.each([
    [['check', 'DIR', '--format', 'svg'], 'check does not know --format svg'],
    [['check', 'DIR', '--before', 'DIR'], '--before is an option of map'],
    [['map', 'DIR', '--before', 'DIR'], '--before needs --format svg'],
    [['map', 'DIR', '--format', 'svg', '--before', 'nowhere'], 'nowhere cannot be read: it is not there'],
  ] as const)('%j is refused', (words, why) => {
    sample('one-tree');
    const { status, stderr } = run(...words.map((word) => (word === 'DIR' ? folder : word)));
    expect(status).toBe(2);
    expect(stderr).toContain(why);
  });

  it('of several projects is none', () => {
    for (const name of ['a', 'b']) {
      cpSync(join(ROOT, 'samples/three-nodes'), join(folder, name), { recursive: true });
    }
    const { status, stderr } = run('map', folder, '--format', 'svg');
    expect(status).toBe(2);
    expect(stderr).toContain('just one project');
  });
});

describe('with the dumps that kexec-mint.json names', () => {
  beforeEach(() => sampleWithDumps('three-nodes'));

  it('map has where the kernel texts lie, and the memory that each dump shows', () => {
    const { nodes } = JSON.parse(run('map', folder, '--format', 'json').stdout);
    expect(nodes[2]).toMatchObject({
      osid: 2,
      role: 'service',
      project: 'kexec-mint.json',
      regions: NODES[2],
      kernelText: { start: '0x5f000000', end: '0x5fe02480', from: 'dumps/os2.iomem' },
    });
    expect(nodes[2].observed).toEqual(
      ['dumps/os2.iomem', 'dumps/os2.kexec', 'dumps/os2.dmesg'].flatMap((from) => [
        { start: '0x40000', end: '0x60000', from },
        { start: '0x18000000', end: '0x20000000', from },
        { start: '0x50000000', end: '0x68000000', from },
      ]),
    );
    expect(run('map', folder).stdout).toMatch(/kernel text \(dumps\/os2\.iomem\) +0x5f000000 +0x5fe02480/);
  });

  it('check tells the whole story: not covered, extended just so, overlapping, allowed with a reason', () => {
    const rules = () =>
      JSON.parse(run('check', folder, '--format', 'json').stdout).findings.map(
        ({ rule, severity, nodes }: { rule: string; severity: string; nodes: number[] }) =>
          `${severity} ${rule} ${nodes}`,
      );
    expect(rules()).toEqual(['warning kernel-text-not-covered 0,1', 'warning kernel-text-not-covered 0,2']);
    expect(run('extend', folder, '--node', '0', '--to', '0x60000000', '--write').status).toBe(0);
    expect(rules()).toEqual([
      'error node-overlap 0,1',
      'error node-overlap 0,2',
      'warning evidence-mismatch 0',
      'warning kernel-lands-in-other-node 0,2',
      'information known-failure 0,2',
    ]);
    expect(run('check', folder).stdout).toContain(
      'kernel text of OS node 2 (0x5f000000–0x5fe02480, ≈14.0 MiB)',
    );
    expect(run('explain', folder).stdout).toContain('RANGE_RESERVED');
    const project = join(folder, 'kexec-mint.json');
    const allowed = [1, 2].map((osid) => ({ nodes: [0, osid], reason: 'health check' }));
    const text = readFileSync(project, 'utf8');
    writeFileSync(
      project,
      text.replace('"nodes":', `"allowOverlaps": ${JSON.stringify(allowed)},\n  "nodes":`),
    );
    expect(rules()).toEqual([
      'warning evidence-mismatch 0',
      'warning kernel-lands-in-other-node 0,2',
      'information allowed-overlap 0,1',
      'information allowed-overlap 0,2',
      'information known-failure 0,2',
    ]);
    expect(run('check', folder).status).toBe(0);
  });

  it('a project file that is wrong is told at its key, and everything else counts', () => {
    const project = join(folder, 'kexec-mint.json');
    writeFileSync(project, readFileSync(project, 'utf8').replace('"role": "monitor"', '"role": "boss"'));
    const { status, stdout } = run('check', folder);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^kexec-mint\.json:\d+:\d+: error: .*"monitor".* \[project-file\]$/m);
    expect(run('map', folder).stdout).toContain('kernel text (dumps/os2.iomem)');
  });
});

describe('check', () => {
  it('ends with 0 where nothing is wrong', () => {
    sample('three-nodes');
    expect(run('check', folder)).toMatchObject({
      status: 0,
      stdout: '0 error(s), 0 warning(s), 0 other finding(s)\n',
    });
  });

  it('ends with 1 where there is an error, at its place and with the places it is about', () => {
    sample('three-nodes');
    const line = extendNode0('0x48000000');
    const { status, stdout } = run('check', folder);
    expect(status).toBe(1);
    const place = `kexec-mint-os0/kexec/firmware_memmap.c:${line + 1}:22`;
    const overlaps = stdout.split('\n').filter((text) => text.endsWith('[node-overlap]'));
    expect(overlaps).toHaveLength(2);
    for (const text of overlaps) expect(text.startsWith(`${place}: error: `)).toBe(true);
    expect(stdout).toMatch(
      /^ {2}kexec-mint-os1\/kexec\/firmware_memmap\.c:\d+:\d+: note: .*0x38000000–0x50000000$/m,
    );
    expect(stdout).toMatch(/^2 error\(s\), /m);
  });

  it('has the same findings as JSON', () => {
    sample('three-nodes');
    const line = extendNode0('0x48000000');
    const { status, stdout } = run('check', folder, '--format=json');
    expect(status).toBe(1);
    const { findings } = JSON.parse(stdout);
    const range = { start: { line, character: 21 }, end: { line, character: 31 } };
    const common = {
      rule: 'node-overlap',
      severity: 'error',
      file: 'kexec-mint-os0/kexec/firmware_memmap.c',
      range,
    };
    expect(findings).toEqual(
      expect.arrayContaining([
        { ...common, nodes: [0, 1], message: expect.stringContaining('0x38000000–0x50000000') },
        { ...common, nodes: [0, 2], message: expect.stringContaining('0x50000000–0x68000000') },
      ]),
    );
    expect(JSON.parse(run('map', folder, '--format', 'json').stdout).findings).toEqual(findings);
  });

  it("finds the seed's slip", () => {
    sample('seed-slip');
    const { status, stdout } = run('check', folder);
    expect(status).toBe(1);
    expect(stdout).toContain('[assigned-twice]');
    expect(stdout).toContain('[start-never-assigned]');
  });

  it('speaks Japanese where it is asked to', () => {
    sample('three-nodes');
    extendNode0('0x48000000');
    expect(run('check', folder, '--lang', 'ja').stdout).toContain('エラー');
  });
});

describe('a call that is wrong, or a folder that holds nothing', () => {
  it.each([
    [[]],
    [['show', '.']],
    [['map', '.', '.']],
    [['map', '.', '--format']],
    [['map', '.', '--format', 'xml']],
    [['map', '.', '--shape', 'round']],
  ])('%j ends with 2 and says where more is told', (words) => {
    const { status, stdout, stderr } = run(...words);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/kexec-mint(?: map)? --help tells all about it/);
  });

  it('no such folder, a file, an empty folder, a source that is no text: 2', () => {
    expect(run('check', join(folder, 'nowhere'))).toMatchObject({ status: 2, stdout: '' });
    expect(run('map', CLI)).toMatchObject({ status: 2, stdout: '' });
    expect(run('check', folder)).toMatchObject({ status: 2, stdout: '' });
    mkdirSync(join(folder, 'kexec'));
    writeFileSync(join(folder, 'kexec/firmware_memmap.c'), new Uint8Array([0, 1, 2]));
    const { status, stderr } = run('check', folder);
    expect(status).toBe(2);
    expect(stderr).toContain(folder);
  });
});

describe('about itself', () => {
  it('tells its version and its use', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    expect(run('--version')).toEqual({ status: 0, stdout: `${version}\n`, stderr: '' });
    for (const word of ['--help', '-h']) expect(run(word)).toMatchObject({ status: 0, stderr: '' });
    expect(run('check', '--help').stdout).toContain('--format text|json');
  });
});
