/** Watching instead of taking: the edit in many styles of code, held against what the compiled trees give kexec. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type WatchFix, watchOthers } from '../../server/src/memmap/fixes/watch/watch';
import { type AddressRange, formatRange, union } from '../../server/src/range';
import { image } from '../memmap/image';
import { filesBelow, repositoryFolder, type Workspace, workspace } from '../memmap/workspace';
import { insertMintLines, upstreamSource } from '../upstream/mint-trees';
import { compiled, MEMMAP } from './compiled';
import { STYLES, treeOf } from './styles';

const SIZE = 'mint_region3_size = mint_memory_size - 0x8000000';

function withTypes({ ram, watched }: WatchFix['memory']): readonly string[] {
  const list = (ranges: readonly AddressRange[], type: number) =>
    ranges.map((range) => `${formatRange(range)} ${type}`);
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
  return workspace(
    new Map([...others, ...[...files].map(([path, text]) => [`kexec-mint-os0/${path}`, text] as const)]),
  );
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
    expect(now.slice(first, first + added.length)).toEqual(added.map((line) => `\t${line}`));
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

describe('a tree that serves all nodes', () => {
  const sample = filesBelow(repositoryFolder('samples/one-tree'));
  const own = [...sample.keys()]
    .filter((path) => path.startsWith('kexec-mint/'))
    .map((path) => path.slice(11));

  it('changes for the one node, whichever it is', () => {
    const space = workspace(sample);
    const after = THREE.reduce((now, osid) => now.edited(fixOf(now, osid).edits), space);
    const result = filesOf(after, 'kexec-mint', own);
    const share = (osid: number) => 0x20000000n + BigInt(osid) * 0x18000000n;
    for (const osid of THREE) {
      const reserved = compiled(result, [`-DOSID=${osid}`]).filter((range) => range.endsWith(' 1'));
      const others = THREE.filter((other) => other !== osid).map((other) => ({
        start: share(other),
        end: share(other + 1),
      }));
      expect(reserved).toEqual(union(others).map((range) => `${formatRange(range)} 1`));
    }
    expect(after.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe("upstream's source with Mint's lines", () => {
  it('is added to member by member, and still compiles', () => {
    const source = upstreamSource();
    const text = insertMintLines(readFileSync(join(source, MEMMAP), 'utf8'));
    const headers = readdirSync(join(source, 'kexec')).filter((name) => name.endsWith('.h'));
    const paths = headers.map((name) => `kexec/${name}`);
    const files = new Map(paths.map((path) => [path, readFileSync(join(source, path), 'utf8')]));
    files.set(MEMMAP, text);
    files.set(
      'kexec/mint.h',
      treeOf(STYLES[0] ?? { name: '', code: '', added: [] }).get('kexec/mint.h') ?? '',
    );
    const space = workspaceOf(files);
    const { edits, memory } = fixOf(space);
    const result = filesOf(space.edited(edits), 'kexec-mint-os0', files.keys());
    expect(result.get(MEMMAP)).toContain('\ti = 3;\n\trange[i].start = 0x38000000;\n');
    expect([...compiled(result, ['-w', `-I${join(source, 'include')}`])].sort()).toEqual(withTypes(memory));
  });
});

describe('what is watched', () => {
  const sample = filesBelow(repositoryFolder('samples/three-nodes'), () => true);
  const space = workspace(sample);

  it('of a node between the others is two ranges', () => {
    const { memory } = fixOf(space, 1);
    expect(memory.watched.map(formatRange)).toEqual(['0x20000000–0x38000000', '0x50000000–0x68000000']);
  });

  it('may be the kernel text alone, in units of the setting', () => {
    const { memory } = fixOf(space, 0, 'kernel-text');
    expect(memory.watched.map(formatRange)).toEqual(['0x47000000–0x48000000', '0x5f000000–0x60000000']);
  });

  it('is added where a part of it is watched already, and once', () => {
    const texts = space.edited(fixOf(space, 0, 'kernel-text').edits);
    const { memory, edits } = fixOf(texts);
    expect(memory.watched.map(formatRange)).toEqual([
      '0x47000000–0x48000000',
      '0x5f000000–0x60000000',
      '0x38000000–0x47000000',
      '0x48000000–0x5f000000',
      '0x60000000–0x68000000',
    ]);
    const again = watch(texts.edited(edits));
    expect('edits' in again || space.english(again)).toBe('OS node 0 watches that memory already.');
  });

  it('keeps the file’s line ends', () => {
    const path = `kexec-mint-os0/${MEMMAP}`;
    const windows = new Map([...sample, [path, (sample.get(path) ?? '').replaceAll('\n', '\r\n')]]);
    const { edits } = fixOf(workspace(windows));
    expect(edits.map(({ newText }) => newText.replaceAll('\r\n', ''))).not.toContain('\n');
    expect(edits[0]?.newText.split('\r\n')).toHaveLength(4);
  });

  it('is refused where the table is not known, or would not stay in order', () => {
    const unknown = space.replaced(`kexec-mint-os0/${MEMMAP}`, '*ranges = i;', '*ranges = i + unheard_of();');
    const refused = watch(unknown);
    expect('edits' in refused || unknown.english(refused)).toMatch(/^The table that OS node 0's kexec gets/);
    const unsorted = new Map(treeOf(STYLES[2] ?? { name: '', code: '', added: [] }, 2));
    const others = [...sample].filter(([path]) => !path.startsWith('kexec-mint-os2/'));
    const tree = [...unsorted].map(([path, text]) => [`kexec-mint-os2/${path}`, text] as const);
    const low = workspace(new Map([...others, ...tree]));
    const answer = watch(low, 2);
    expect('edits' in answer || low.english(answer)).toMatch(/there is no place/);
  });
});

describe('where kexec puts the kernel', () => {
  const project = JSON.stringify({
    nodes: THREE.map((osid) => ({
      osid,
      source: `kexec-mint-os${osid}`,
      bzImage: 'vmlinuz',
      systemMap: 'System.map',
    })),
  });
  const space = workspace(
    new Map([
      ...filesBelow(repositoryFolder('samples/three-nodes')),
      ['vmlinuz', image()],
      ['System.map', 'ffffffff81000000 T _text\nffffffff81a021b0 T _etext\n'],
      ['kexec-mint.json', project],
    ]),
  );
  const kernels = (of: Workspace) =>
    of.layout.nodes.map(({ kernel }) => kernel?.placement.kind === 'placed' && kernel.placement.runs.start);

  it('its text begins', () => {
    expect(kernels(space)).toEqual([0x34c00000n, 0x4cc00000n, 0x64c00000n]);
    const texts = space.layout.nodes.map(({ evidence }) => evidence.kernelText);
    expect(texts.map((text) => text?.known)).toEqual(['computed', 'computed', 'computed']);
    expect(texts.map((text) => text && formatRange(text.range))).toEqual([
      '0x34c00000–0x356021b0',
      '0x4cc00000–0x4d6021b0',
      '0x64c00000–0x656021b0',
    ]);
  });

  it('is an error in another node’s memory; kexec’s option keeps it out, watching mends all', () => {
    const after = space.replaced(`kexec-mint-os0/${MEMMAP}`, SIZE, 'mint_region3_size = 0x48000000');
    expect(kernels(after)).toEqual([0x64c00000n, 0x4cc00000n, 0x64c00000n]);
    const rule = 'kernel-lands-in-other-node';
    const [found, ...others] = after.findings.filter((each) => each.rule === rule);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ severity: 'error', nodes: [0, 2] });
    expect(found && after.english(found.message)).toContain('0x64c00000–0x67f78000');
    expect(found && after.text(found.place)).toBe('0x48000000');
    const [watching, , limiting] = found?.fixes ?? [];
    expect(limiting && after.english(limiting.title)).toContain('--mem-max=0x37ffffff');
    const limited = after.edited(limiting?.edits ?? []);
    expect(kernels(limited)).toEqual([0x34c00000n, 0x4cc00000n, 0x64c00000n]);
    expect(limited.findings.map((each) => each.rule)).not.toContain(rule);
    expect(limited.findings.filter(({ severity }) => severity === 'error')).toHaveLength(2);
    const mended = after.edited(watching?.edits ?? []);
    expect(kernels(mended)).toEqual([0x34c00000n, 0x4cc00000n, 0x64c00000n]);
    expect(mended.findings).toEqual([]);
  });
});
