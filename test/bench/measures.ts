/** What is measured. Servers take turns within one run, as times of one machine differ from minute to minute. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nativeParseTimes } from '../c/native-parser';
import { compared, exponent, median, milliseconds, p95, type Row, short } from './figures';
import { type Command, Peer, replacing } from './peer';
import { rangesTime } from './ranges';
import { type Bench, typedDigits } from './workspaces';

/** The servers of a run; no `other` where clangd is not installed. */
export interface Servers {
  readonly ours: Command;
  readonly other?: Command;
}

const WARM_UP = 10;
const BLOCK = 5;
const BLOCKS = 10;

/** Times of both servers, in turns. */
interface Times {
  readonly ours: readonly number[];
  readonly other?: readonly number[];
}

/** Runs `measure` on both servers in turns, on a workspace that both have open. */
async function inTurns(
  servers: Servers,
  bench: Bench,
  measure: (peer: Peer, bench: Bench) => Promise<number>,
): Promise<Times> {
  const [ours, other] = await Promise.all(
    [servers.ours, servers.other].map((command) => opened(command, bench)),
  );
  if (!ours) throw new Error('there is no server');
  const both = other ? [ours, other] : [ours];
  const times: number[][] = both.map(() => []);
  for (const peer of both) for (let i = 0; i < WARM_UP; i++) await measure(peer, bench);
  for (let block = 0; block < BLOCKS; block++) {
    for (const [index, peer] of both.entries()) {
      for (let i = 0; i < BLOCK; i++) times[index]?.push(await measure(peer, bench));
    }
  }
  for (const peer of both) await peer.end();
  const [oursTimes = [], otherTimes] = times;
  return otherTimes ? { ours: oursTimes, other: otherTimes } : { ours: oursTimes };
}

async function opened(command: Command | undefined, { folder, file }: Bench): Promise<Peer | undefined> {
  if (!command) return undefined;
  const peer = new Peer(command, folder);
  await peer.initialize();
  await peer.open(file);
  return peer;
}

/** Types another number over the one that is there. */
function typist(): (peer: Peer, bench: Bench) => Promise<number> {
  const turns = new Map<Peer, number>();
  return (peer, { file, digits }) => {
    const turn = (turns.get(peer) ?? 0) + 1;
    turns.set(peer, turn);
    const text = typedDigits(turn);
    return peer.edit(file, replacing(digits, text.length, text));
  };
}

/** From a keystroke to the diagnostics, beside clangd and beside a full parse of the file by the native parser. */
export async function keystroke(name: string, servers: Servers, bench: Bench): Promise<readonly Row[]> {
  const times = await inTurns(servers, bench, typist());
  const parse = parseTimes(bench);
  const ours = milliseconds(times.ours);
  const measure = `keystroke/${name}`;
  return [
    againstOther({ measure, ours }, times, median, 0.05),
    compared(
      { measure, ours, other: `tree-sitter: ${milliseconds(parse)}` },
      median(times.ours) / median(parse),
      3,
      'tree-sitter',
    ),
  ];
}

function parseTimes({ folder, file }: Bench): readonly number[] {
  const text = readFileSync(join(folder, file), 'utf8');
  return nativeParseTimes(text, WARM_UP + BLOCKS * BLOCK).slice(WARM_UP);
}

/** How a keystroke's time grows with the file around the edited function. */
export async function growth(servers: Servers, brief: Bench, long: Bench): Promise<Row> {
  const [few, many] = [
    await inTurns({ ours: servers.ours }, brief, typist()),
    await inTurns({ ours: servers.ours }, long, typist()),
  ];
  return compared(
    {
      measure: 'keystroke/10000-lines',
      ours: milliseconds(many.ours),
      other: `keystroke/300-lines: ${milliseconds(few.ours)}`,
    },
    median(many.ours) / median(few.ours),
    1.5,
    'keystroke/300-lines',
  );
}

/** From the start of the process to the first diagnostics. */
export async function coldStart(servers: Servers, bench: Bench): Promise<Row> {
  const times: number[][] = [[], []];
  for (let i = 0; i < BLOCKS; i++) {
    for (const [index, command] of [servers.ours, servers.other].entries()) {
      const peer = await opened(command, bench);
      if (!peer) continue;
      times[index]?.push(performance.now() - peer.started);
      await peer.end();
    }
  }
  const [ours = [], other = []] = times;
  return againstOther(
    { measure: 'start', ours: milliseconds(ours) },
    other.length > 0 ? { ours, other } : { ours },
    median,
    1,
  );
}

/** Hover, hints and lenses beside clangd's hover. */
export async function answers(servers: Servers, bench: Bench): Promise<readonly Row[]> {
  const requests = [
    ['hover', 'textDocument/hover', { position: bench.digits }],
    [
      'hints',
      'textDocument/inlayHint',
      { range: { start: { line: 0, character: 0 }, end: { line: bench.digits.line + 20, character: 0 } } },
    ],
    ['lenses', 'textDocument/codeLens', {}],
  ] as const;
  const hover = { position: { line: bench.digits.line, character: bench.digits.character - 25 } };
  const rows: Row[] = [];
  for (const [name, method, more] of requests) {
    const times = await inTurns(servers, bench, (peer, { file }) =>
      peer.name === servers.ours.name
        ? peer.ask(method, file, more)
        : peer.ask('textDocument/hover', file, hover),
    );
    rows.push(againstOther({ measure: `${name}/p95`, ours: milliseconds(times.ours) }, times, p95, 1));
  }
  return rows;
}

/** Memory after 1,000 edits beside clangd's, and what 9,000 more add. */
export async function memory(servers: Servers, bench: Bench): Promise<readonly Row[]> {
  const held: (number | undefined)[] = [];
  let later: number | undefined;
  for (const command of [servers.ours, servers.other]) {
    const peer = await opened(command, bench);
    if (!peer) continue;
    const type = typist();
    for (let i = 0; i < 1_000; i++) await type(peer, bench);
    held.push(peer.memory());
    if (command === servers.ours) {
      for (let i = 0; i < 9_000; i++) await type(peer, bench);
      later = peer.memory();
    }
    await peer.end();
  }
  const [ours, other] = held;
  const measure = 'memory/1000-edits';
  return [
    compared(
      {
        measure,
        ours: mebibytes(ours),
        ...(other === undefined ? {} : { other: `clangd: ${mebibytes(other)}` }),
      },
      ours !== undefined && other !== undefined ? ours / other : undefined,
      0.8,
      'clangd',
    ),
    compared(
      {
        measure: 'memory/10000-edits',
        ours: mebibytes(later),
        other: `memory/1000-edits: ${mebibytes(ours)}`,
      },
      ours !== undefined && later !== undefined ? later / ours : undefined,
      1.1,
      'memory/1000-edits',
    ),
  ];
}

/** A workspace of 200 source trees: the first layout, and a keystroke. */
export async function largeWorkspace(servers: Servers, bench: Bench, sample: Bench): Promise<readonly Row[]> {
  const first: number[] = [];
  for (let i = 0; i < 3; i++) {
    const peer = await opened(servers.ours, bench);
    if (!peer) break;
    first.push(performance.now() - peer.started);
    await peer.end();
  }
  const [large, small] = [
    await inTurns({ ours: servers.ours }, bench, typist()),
    await inTurns({ ours: servers.ours }, sample, typist()),
  ];
  const seconds = median(first) / 1000;
  return [
    {
      measure: 'start/200-trees',
      ours: `${short(seconds)} s`,
      goal: '≤ 2 s',
      isMet: seconds <= 2,
    },
    compared(
      {
        measure: 'keystroke/200-trees',
        ours: milliseconds(large.ours),
        other: `keystroke/sample: ${milliseconds(small.ours)}`,
      },
      median(large.ours) / median(small.ours),
      1.5,
      'keystroke/sample',
    ),
  ];
}

/** How the time for all overlaps grows with the number of ranges. */
export function overlapGrowth(): Row {
  const points = [1_000, 3_000, 10_000, 30_000, 100_000].map((count) => [count, rangesTime(count)] as const);
  const grown = exponent(points);
  const last = points.at(-1)?.[1] ?? 0;
  return {
    measure: 'overlaps/exponent',
    ours: `${short(last)} ms (100,000)`,
    ratio: grown,
    goal: '≤ 1.15',
    isMet: grown <= 1.15,
  };
}

function againstOther(
  row: Pick<Row, 'measure' | 'ours'>,
  times: Times,
  figure: (samples: readonly number[]) => number,
  most: number,
): Row {
  const { ours, other } = times;
  if (!other) return compared(row, undefined, most, 'clangd');
  return compared(
    { ...row, other: `clangd: ${milliseconds(other)}` },
    figure(ours) / figure(other),
    most,
    'clangd',
  );
}

function mebibytes(bytes: number | undefined): string {
  return bytes === undefined ? '?' : `${short(bytes / 2 ** 20)} MiB`;
}
