/** Watching instead of taking: the edit in many styles of code, held against what the compiled trees give kexec. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WatchFix, watchOthers } from '../../server/src/memmap/fixes/watch/watch';
import { type AddressRange, formatRange } from '../../server/src/range';
import { filesBelow, repositoryFolder, type Workspace, workspace } from '../memmap/workspace';
import { insertMintLines, upstreamSource } from '../upstream/mint-trees';
import { STYLES, treeOf } from './styles';

const MEMMAP = 'kexec/firmware_memmap.c';
const SIZE = 'mint_region3_size = mint_memory_size - 0x8000000';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-watch-'));
  mkdirSync(join(folder, 'no-firmware'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiled tree gives kexec on a machine whose firmware reports nothing, as `start–end type`. */
function compiled(files: ReadonlyMap<string, string>, definitions: readonly string[] = []): readonly string[] {
  const tree = mkdtempSync(join(folder, 'tree-'));
  for (const [path, text] of files) {
    mkdirSync(join(tree, dirname(path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  const program = join(tree, 'print-ranges');
  const sources = [join(tree, MEMMAP), join(import.meta.dirname, '../samples/print-ranges.c')];
  const memmap = `-DFIRMWARE_MEMMAP_DIR="${join(folder, 'no-firmware')}"`;
  const flags = ['-std=gnu11', '-Wall', '-Wextra', '-Werror', memmap, ...definitions];
  execFileSync('gcc', [...flags, '-I', join(tree, 'kexec'), ...sources, '-o', program], { stdio: 'pipe' });
  const lines = execFileSync(program, { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [start = '', last = '', type = ''] = line.split(' ');
    return `${formatRange({ start: BigInt(start), end: BigInt(last) + 1n })} ${type}`;
  });
}

function withTypes({ ram, watched }: WatchFix['memory']): readonly string[] {
  const list = (ranges: readonly AddressRange[], type: number) => ranges.map((range) => `${formatRange(range)} ${type}`);
  return [...list(ram, 0), ...list(watched, 1)].sort();
}

/** The files of one tree of a workspace, by their paths in it. */
function filesOf(space: Workspace, tree: string, paths: Iterable<string>): ReadonlyMap<string, string> {
  const read = (path: string) => space.context.text(`file:///workspace/${tree}/${path}`) ?? '';
  return new Map([...paths].map((path) => [path, read(path)]));
}

const THREE = [0, 1, 2] as const;

/** Node 0's tree in the style, those of nodes 1 and 2 as the sample has them. */
function workspaceOf(files: ReadonlyMap<string, string>): Workspace {
  const sample = filesBelow(repositoryFolder('samples/three-nodes'), () => true);
  const others = [...sample].filter(([path]) => !path.startsWith('kexec-mint-os0/'));
  return workspace(new Map([...others, ...[...files].map(([path, text]) => [`kexec-mint-os0/${path}`, text] as const)]));
}

function watch(space: Workspace, osid = 0, part: 'memory' | 'kernel-text' = 'memory') {
  const node = space.layout.nodes.find((each) => each.osid === osid);
  if (!node) throw new Error(`no OS node ${osid}`);
  return watchOthers(space.context, node, part);
}

function fixOf(space: Workspace, osid = 0, part: 'memory' | 'kernel-text' = 'memory'): WatchFix {
  const fix = watch(space, osid, part);
  if (!('edits' in fix)) throw new Error(space.english(fix));
  return fix;
}

/** What the edit makes of node 0's tree: to the line what a person would have written. */
describe.each(STYLES)('$name', (style) => {
  const { added } = style;
  const files = treeOf(style);
  const original = workspaceOf(files);

  it(added ? 'is added to as it is written, and compiles to what was promised' : 'is left alone', () => {
    if (!added) {
      const refused = watch(original);
      expect('edits' in refused ? refused.edits : original.english(refused)).toMatch(/there is no place/);
      return;
    }
    const { edits, memory } = fixOf(original);
    const result = filesOf(original.edited(edits), 'kexec-mint-os0', files.keys());
    const [before = [], now = []] = [files, result].map((each) => each.get(MEMMAP)?.split('\n'));
    const first = now.findIndex((line, index) => line !== before[index]);
    expect(now.slice(first, first + added.length).map((line) => line.replace('\t', ''))).toEqual(added);
    expect([...now.slice(0, first), ...now.slice(first + added.length)]).toEqual(before);
    expect(withTypes(memory)).toEqual([
      '0x0–0x20000 0',
      '0x20000000–0x38000000 0',
      '0x38000000–0x68000000 1',
      '0x8000000–0x10000000 0',
    ]);
    expect([...compiled(result)].sort()).toEqual(withTypes(memory));
    // An extended node gets its share back: the same tree.
    const extended = original.replaced(`kexec-mint-os0/${MEMMAP}`, SIZE, 'mint_region3_size = 0x48000000');
    const after = extended.edited(fixOf(extended).edits);
    expect(filesOf(after, 'kexec-mint-os0', files.keys())).toEqual(result);
    expect(after.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
