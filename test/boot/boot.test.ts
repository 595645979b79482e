/**
 * Real kernels read the map: Debian's kernel in QEMU, loaded by upstream's kexec with the lines of a tree in it. What is
 * predicted has to be what kexec printed and what the booted kernel shows, to the byte.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayUseKvm } from '../../server/src/cli/boot/qemu';
import { insertMintLines } from '../upstream/mint-trees';
import { CLI, type Result, runBoot } from './boot-command';
import { builtSource, debianKernel } from './kexec-source';

const SAMPLES = join(import.meta.dirname, '../../samples');
const MEMMAP = 'kexec-mint-os0/kexec/firmware_memmap.c';
const SIZE = 'mint_memory_size - 0x8000000';

let folder: string;
let source: string;
let kernel: string;
let count = 0;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-booted-'));
  source = builtSource();
  kernel = debianKernel();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of a sample; `edit` changes node 0's firmware_memmap.c. */
function sample(name: string, edit?: (text: string) => string): string {
  const copy = join(folder, `${count++}`);
  cpSync(join(SAMPLES, name), copy, { recursive: true });
  if (edit) change(join(copy, MEMMAP), edit);
  return copy;
}

function change(file: string, edit: (text: string) => string): void {
  const before = readFileSync(file, 'utf8');
  const after = edit(before);
  if (after === before) throw new Error(`nothing to change in ${file}`);
  writeFileSync(file, after);
}

function boot(copy: string, ...words: readonly string[]): Promise<Result> {
  return bootOnPath(undefined, copy, ...words);
}

/** @param path where programs are looked for, in place of this process's */
function bootOnPath(path: string | undefined, copy: string, ...words: readonly string[]): Promise<Result> {
  const all = [copy, '--kernel', kernel, '--kexec-source', source, '--format', 'json', ...words];
  return runBoot(all, { temporary: join(folder, `temporary${count++}`), ...(path ? { path } : {}) });
}

/** The report; the run has left nothing behind. */
function reportOf({ code, out, err, left, alive }: Result) {
  if (out === '') throw new Error(`nothing was reported, exit code ${code}:\n${err}`);
  expect({ left, alive }).toEqual({ left: [], alive: [] });
  return { code, ...JSON.parse(out) };
}

/** Another command, which has to end well. */
function cli(...words: readonly string[]): string {
  return execFileSync(process.execPath, [CLI, ...words], { encoding: 'utf8' });
}

/** The rules that are broken, as the layout has it before anything is booted. */
function errorsIn(copy: string): readonly string[] {
  const { findings } = JSON.parse(cli('map', copy, '--format', 'json'));
  return findings.flatMap(({ rule, severity }: { rule: string; severity: string }) =>
    severity === 'error' ? [rule] : [],
  );
}

type Text = string;
const range = (text: Text) => {
  const [start = '', end = '', type = 'ram'] = text.split(/[– ]/);
  return { start, end, type };
};

/** A node all of whose columns agree. @param text where its kernel begins */
function agreeing(osid: number, ranges: readonly Text[], text: string) {
  const predicted = ranges.map(range);
  // The interrupt table and the first page are nobody's.
  const behind = (start: string) => predicted.map((one) => (one.start === '0x0' ? { ...one, start } : one));
  return {
    osid,
    predicted,
    kexec: behind('0x400'),
    kernel: behind('0x1000'),
    kernelText: { predicted: { start: text }, real: { start: text } },
    agree: true,
  };
}

const NODES = [
  agreeing(0, ['0x0–0x20000', '0x8000000–0x10000000', '0x20000000–0x38000000'], '0x34c00000'),
  agreeing(1, ['0x20000–0x40000', '0x10000000–0x18000000', '0x38000000–0x50000000'], '0x4cc00000'),
  agreeing(2, ['0x40000–0x60000', '0x18000000–0x20000000', '0x50000000–0x68000000'], '0x64c00000'),
];

/** The end of the text is predicted too, from its size. */
function expectSameText({ nodes }: { nodes: readonly (typeof NODES)[number][] }): void {
  for (const { kernelText } of nodes) expect(kernelText.real).toEqual(kernelText.predicted);
}

describe('the map, kexec and the kernel agree', () => {
  it('on every range and kernel text of three nodes, which --save enters as evidence', async () => {
    const copy = sample('three-nodes');
    const report = reportOf(await boot(copy, '--all', '--save'));
    expect(report).toMatchObject({ code: 0, nodes: NODES });
    expectSameText(report);
    const project = readFileSync(join(copy, 'kexec-mint.json'), 'utf8');
    for (const osid of [0, 1, 2]) {
      expect(project).toContain(`"iomem": "dumps/boot-os${osid}.iomem"`);
      expect(project).toContain(`"kexecOutput": "dumps/boot-os${osid}.kexec"`);
      expect(readFileSync(join(copy, `dumps/boot-os${osid}.iomem`), 'utf8')).toContain('Kernel code');
      expect(readFileSync(join(copy, `dumps/boot-os${osid}.dmesg`), 'utf8')).toContain('BIOS-e820');
    }
    expect(project).toContain('// Node 0 is to read the kernel text of the other nodes.');
  });

  it('on a tree that serves every node', async () => {
    const copy = sample('one-tree');
    expect(reportOf(await boot(copy, '--node', '1'))).toMatchObject({ code: 0, nodes: [NODES[1]] });
    // Nothing is saved unasked.
    expect(readdirSync(copy).sort()).toEqual(readdirSync(join(SAMPLES, 'one-tree')).sort());
  });

  it('on a whole tree, built as it is, and another kernel', async () => {
    const copy = join(folder, 'whole');
    const tree = join(copy, 'kexec-mint-os2');
    cpSync(source, tree, { recursive: true, preserveTimestamps: true });
    change(join(tree, 'kexec/firmware_memmap.c'), insertMintLines);
    cpSync(join(SAMPLES, 'three-nodes/kexec-mint-os2/kexec/mint.h'), join(tree, 'kexec/mint.h'));
    const temporary = join(folder, 'temporary-whole');
    const words = [copy, '--node', '2', '--kernel', debianKernel('linux-image-amd64'), '--format', 'json'];
    const report = reportOf(await runBoot(words, { temporary }));
    expect(report).toMatchObject({
      code: 0,
      nodes: [{ osid: 2, agree: true, predicted: NODES[2]?.predicted }],
    });
    expectSameText(report);
  });
});

const EXTENDED = ['0x0–0x20000', '0x8000000–0x10000000', '0x20000000–0x68000000'];

describe('node 0 extended over the others', () => {
  it('by 0x48000000 lies where the kernel of node 2 is loaded, and does not live through that', async () => {
    const copy = sample('three-nodes');
    cli('extend', copy, '--node', '0', '--to', '0x68000000', '--write');
    expect(errorsIn(copy)).toContain('node-overlap');
    const report = reportOf(await boot(copy, '--node', '0', '--overwrite', 'other-nodes'));
    expect(report).toMatchObject({ code: 1, nodes: [agreeing(0, EXTENDED, '0x64c00000')] });
    expectSameText(report);
    const { overwrite } = report.nodes[0];
    expect(['died', 'reset']).toContain(overwrite.outcome);
    const last = overwrite.stages.at(-1);
    expect(last).toMatchObject({ what: 'kernel' });
  });

  it('by 0x40000000 lies in the memory of node 2, and does not live when that is used', async () => {
    const copy = sample('three-nodes', (text) => text.replace(SIZE, '0x40000000'));
    const report = reportOf(await boot(copy, '--node', '0', '--overwrite', 'other-nodes'));
    const trial = [...EXTENDED.slice(0, 2), '0x20000000–0x60000000'];
    expect(report).toMatchObject({ code: 1, nodes: [agreeing(0, trial, '0x5cc00000')] });
    expect(['died', 'reset']).toContain(report.nodes[0].overwrite.outcome);
  });

  it('with its kernel kept in its own share has it there, and does not live either', async () => {
    const copy = sample('three-nodes', (text) => text.replace(SIZE, '0x48000000'));
    change(join(copy, 'kexec-mint.json'), (text) =>
      text.replace('"source": "kexec-mint-os0"', '"source": "kexec-mint-os0", "memMax": "0x37ffffff"'),
    );
    const report = reportOf(await boot(copy, '--node', '0', '--overwrite', 'other-nodes'));
    expect(report).toMatchObject({ code: 1, nodes: [agreeing(0, EXTENDED, '0x34c00000')] });
    expect(['died', 'reset']).toContain(report.nodes[0].overwrite.outcome);
  });
});

describe('node 0 that watches the others', () => {
  it('keeps its kernel in its share, lives through the writing of all their memory, and reads it', async () => {
    const copy = sample('three-nodes');
    cli('watch', copy, '--node', '0', '--write');
    expect(errorsIn(copy)).toEqual([]);
    const report = reportOf(await boot(copy, '--node', '0', '--overwrite', 'other-nodes'));
    const watching = ['0x0–0x20000', '0x8000000–0x10000000', '0x20000000–0x38000000'];
    expect(report).toMatchObject({
      code: 0,
      nodes: [agreeing(0, [...watching, '0x38000000–0x68000000 reserved'], '0x34c00000')],
    });
    const { overwrite } = report.nodes[0];
    expect(overwrite).toMatchObject({ outcome: 'lived', reads: true });
    expect(overwrite.stages).toHaveLength(4);
  });
});

describe('a tree whose map is not what it seems', () => {
  it('is told by what kexec and the kernel got', async () => {
    // The project file says what a variable holds at run time, and is wrong.
    const copy = sample('three-nodes');
    change(join(copy, 'kexec-mint.json'), (text) =>
      text.replace(
        '"source": "kexec-mint-os0"',
        '"source": "kexec-mint-os0", "define": { "mint_memory_start": "0x28000000" }',
      ),
    );
    const { code, nodes } = reportOf(await boot(copy, '--node', '0'));
    expect(code).toBe(1);
    expect(nodes).toMatchObject([{ agree: false }]);
    expect(nodes[0].predicted.at(-1)).toEqual(range('0x28000000–0x40000000'));
    expect(nodes[0].kexec.at(-1)).toEqual(range('0x20000000–0x38000000'));
    expect(nodes[0].kernel.at(-1)).toEqual(range('0x20000000–0x38000000'));
  });
});

describe('a machine whose KVM fails', () => {
  it('is started again without it', async () => {
    // What QEMU prints where KVM cannot go on, and then stands still.
    const programs = join(folder, 'programs');
    const qemu = join(programs, 'qemu-system-x86_64');
    mkdirSync(programs);
    writeFileSync(
      qemu,
      '#!/bin/sh\ncase "$*" in *kvm*) echo "KVM internal error. Suberror: 1" >&2; exec sleep 1000;; esac\n' +
        `PATH=\${PATH#*:} exec qemu-system-x86_64 "$@"\n`,
    );
    chmodSync(qemu, 0o755);
    const path = `${programs}:${process.env.PATH}`;
    const result = await bootOnPath(path, sample('three-nodes'), '--node', '0');
    expect(result.err.includes('without KVM')).toBe(mayUseKvm());
    const { code, nodes } = reportOf(result);
    expect(code).toBe(0);
    expect(nodes).toMatchObject([{ agree: true }]);
  });
});

describe('an interruption', () => {
  const STEPS = [
    ['of the compiler', 'building kexec from kexec-mint-os1'],
    ['of a machine', 'OS node 0: starting a machine in QEMU'],
    ['of a node', "OS node 0: kexec has loaded the node's kernel; starting it"],
  ] as const;
  it.each(STEPS)('%s leaves no process and no file', async (_, step) => {
    const words = [sample('three-nodes'), '--kernel', kernel, '--kexec-source', source];
    const result = await runBoot(words, {
      temporary: join(folder, `temporary${count++}`),
      heard: (line, interrupt) => {
        if (line.includes(step)) interrupt();
      },
    });
    expect(result).toMatchObject({ code: 130, out: '', left: [], alive: [] });
    expect(result.err).toContain('Interrupted');
  });
});
