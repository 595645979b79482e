/** Projects of trees that set regions to given numbers, evaluated by the real service. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { watchOthers } from '../../server/src/memmap/fixes/watch/watch';
import { applyEdits } from '../../server/src/memmap/what-if';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/project/settings';
import { createService } from '../../server/src/service/service';
import type { Snapshot } from '../../server/src/service/snapshot';
import { FOLDER, MemoryFiles, realParser } from '../service/memory-files';

const SAMPLES = join(import.meta.dirname, '../../samples');
const parser = await realParser();

/** Start and size of each region, from region1 on; a text is C. */
export type Regions = readonly (readonly [start: bigint | string, size: bigint | string])[];

export interface ProjectText {
  /** By OSID. */
  readonly nodes: readonly Regions[];
  /** What kexec-mint.json says of the nodes, by OSID, and of the rest. */
  readonly facts?: readonly object[];
  readonly project?: object;
  readonly files?: Readonly<Record<string, string>>;
}

export function projectOf({ nodes, facts = [], project = {}, files = {} }: ProjectText): Promise<Snapshot> {
  const trees = nodes.map((regions, osid): [string, string] => [
    `os${osid}/kexec/firmware_memmap.c`,
    `int get_firmware_memmap_ranges(void)\n{\n${regions.map(assignments).join('')}\treturn 0;\n}\n`,
  ]);
  const json = {
    nodes: nodes.map((_, osid) => ({ osid, source: `os${osid}`, ...facts[osid] })),
    ...project,
  };
  return snapshotOf([...trees, ['kexec-mint.json', JSON.stringify(json)], ...Object.entries(files)]);
}

function assignments([start, size]: Regions[number], index: number): string {
  const name = `mint_region${index + 1}`;
  const text = (value: bigint | string) => (typeof value === 'string' ? value : `0x${value.toString(16)}ULL`);
  return [
    `\tunsigned long long ${name}_start, ${name}_size;\n`,
    `\t${name}_start = ${text(start)};\n`,
    `\t${name}_size = ${text(size)};\n`,
  ].join('');
}

/** A sample with texts of its files replaced: by path, what stands there and what is to. */
export function sampleOf(
  name: string,
  edits: Readonly<Record<string, readonly [string, string]>> = {},
  settings: Partial<Settings> = {},
): Promise<Snapshot> {
  const folder = join(SAMPLES, name);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const texts = files.map((file): [string, string] => {
    const path = file.slice(folder.length + 1).replaceAll('\\', '/');
    const text = readFileSync(file, 'utf8');
    const [from, to] = edits[path] ?? ['', ''];
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    return [path, text.replace(from, to)];
  });
  return snapshotOf(texts, settings);
}

async function snapshotOf(
  files: readonly (readonly [string, string])[],
  settings: Partial<Settings> = {},
): Promise<Snapshot> {
  const service = createService({
    files: new MemoryFiles(files),
    parser,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    folders: () => [FOLDER],
    log: (error) => {
      throw error;
    },
  });
  const [project] = (await service.snapshot()).projects;
  if (!project) throw new Error('no project');
  return project;
}

export const NODE0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
export const SIZE = 'mint_memory_size - 0x8000000';

/** Figures 1 and 2. */
export const figure1 = await sampleOf('three-nodes');
export const figure2 = await sampleOf('three-nodes', { [NODE0]: [SIZE, '0x48000000'] });

/** The end of the statement that gives node 0's region 3 to kexec, and what follows it. */
const TABLE_END = '\t\treturn -1;\n\n\t*ranges = i;';
/** An edit of node 0's tree that adds a range to its table. */
export function adding(start: string, size: string, type: string): readonly [string, string] {
  const lines = [
    '\t\treturn -1;',
    `\tif (add_ram(range, &i, room, ${start}, ${size}) < 0)`,
    '\t\treturn -1;',
    `\trange[i - 1].type = ${type};`,
  ];
  return [TABLE_END, `${lines.join('\n')}\n\n\t*ranges = i;`];
}

/** Node 0 watches nodes 1 and 2: what the fix makes of figure 1. */
export const figure3 = await sampleOf('three-nodes', { [NODE0]: watchingEdit(figure1) });

function watchingEdit({ context, layout }: Snapshot): readonly [string, string] {
  const [node] = layout.nodes;
  const fix = node && watchOthers(context, node, 'memory');
  const text = node && context.text(node.tree.memmapFile);
  if (!fix || !('edits' in fix) || text === undefined) throw new Error('node 0 cannot watch the others');
  return [text, applyEdits(text, fix.edits)];
}
