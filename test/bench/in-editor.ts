/** In an editor's extension host, which calls `run`: for how long an activation of the extension keeps it busy. */
import { writeFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector/promises';
import { cpus } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { extensions } from 'vscode';
import { EXTENSION } from '../editor/workspace';

/** Where the milliseconds go. */
const REPORT = 'KEXEC_MINT_BENCH_REPORT';

export async function run(): Promise<void> {
  await rest();
  const extension = extensions.getExtension(EXTENSION);
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  await extension?.activate();
  const { profile } = await session.post('Profiler.stop');
  writeFileSync(process.env[REPORT] ?? '', String(ownTime(profile)));
}

/** Waits until the machine has done with opening the window, as the clock counts; for half a minute at most. */
async function rest(): Promise<void> {
  for (let seconds = 0; seconds < 30; seconds++) {
    const before = idle();
    await setTimeout(1000);
    if (idle() - before > 0.8 * 1000 * cpus().length) return;
  }
}

/** Milliseconds that all processors together have had nothing to do. */
function idle(): number {
  return cpus().reduce((sum, { times }) => sum + times.idle, 0);
}

/** Milliseconds in the extension's code, in all that it calls, and in loading it; other extensions share the process. */
function ownTime({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): number {
  const own = new Set<number>();
  const gather = (node: Profiler.ProfileNode, isIn: boolean): void => {
    const isOwn = isIn || /dist[\\/]client\.js$|^node:internal\/modules\//.test(node.callFrame.url);
    if (isOwn) own.add(node.id);
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) gather(child, isOwn);
    }
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const [root] = nodes;
  if (root) gather(root, false);
  return samples.reduce((sum, id, i) => sum + (own.has(id) ? (timeDeltas[i] ?? 0) : 0), 0) / 1000;
}
