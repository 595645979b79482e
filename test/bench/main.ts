/** The benchmark: every measure, one after the other; the rows go to a file, as JSON. See scripts/bench.mjs. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { activation } from './activation';
import type { Row } from './figures';
import {
  answers,
  coldStart,
  growth,
  keystroke,
  largeWorkspace,
  memory,
  overlapGrowth,
  type Servers,
} from './measures';
import type { Command } from './peer';
import { longBench, manyTrees, sampleBench, upstreamBench } from './workspaces';

const [root = '', report = '', inEditor = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'kexec-mint-bench-'));
try {
  const servers = found();
  console.log(
    `${machine()}\n${servers.other?.name ?? 'clangd is not installed: nothing is compared with it.'}\n`,
  );
  const rows: Row[] = [];
  for (const measure of measures(servers)) {
    const some = [await measure()].flat();
    for (const row of some) console.error(`${row.measure}: ${row.ours}${row.other ? `, ${row.other}` : ''}`);
    rows.push(...some);
  }
  writeFileSync(report, JSON.stringify(rows));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function measures(servers: Servers): (() => Row | readonly Row[] | Promise<Row | readonly Row[]>)[] {
  const sample = sampleBench(root, join(folder, 'sample'));
  const upstream = upstreamBench(join(folder, 'upstream'));
  const brief = longBench(root, join(folder, 'brief'), 300);
  const long = longBench(root, join(folder, 'long'), 10_000);
  const large = manyTrees(root, join(folder, 'large'), 200);
  return [
    () => keystroke('sample', servers, sample),
    () => keystroke('upstream', servers, upstream),
    () => growth(servers, brief, long),
    () => coldStart(servers, sample),
    () => answers(servers, sample),
    () => memory(servers, sample),
    () => overlapGrowth(),
    () => largeWorkspace(servers, large, sample),
    () => activation(root, join(folder, 'editor'), inEditor, sample),
  ];
}

function found(): Servers {
  const ours: Command = {
    name: 'Kexec-Mint',
    words: [process.execPath, join(root, 'dist/server.js'), '--stdio'],
  };
  const other = ['clangd-19', 'clangd', 'clangd-14'].map(clangd).find((command) => command !== undefined);
  return other ? { ours, other } : { ours };
}

function clangd(program: string): Command | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const version = /clangd version \S+/.exec(stdout ?? '')?.[0];
  return status === 0 && version ? { name: version, words: [program, '--log=error'] } : undefined;
}

function machine(): string {
  const [processor] = cpus();
  return `${cpus().length} × ${processor?.model.trim()}, Node ${process.versions.node}`;
}
