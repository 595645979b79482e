/** A client that reads no more and goes on sending: the server holds little for it, and loses nothing of it. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FILE, TEXT, uriOf, Wire } from './wire';

/**
 * What one read of a pipe brings (64 KiB, some hundred requests) is answered, though no answer is taken; an answer of those
 * below takes some KiB, so that most of this is what V8 has not collected yet. A server that has just started has twice as much.
 */
const GROWTH_MIB = 64;
/** A pipe that takes nothing for so long is not read. */
const QUIET_MS = 2000;
/** A server that reads on for so long, whatever becomes of its answers, reads for ever. */
const LONG_MS = 30_000;

const textDocument = { uri: uriOf(FILE) };
const position = {
  line: TEXT.split('\n').findIndex((line) => line.includes('mint_region3_size =')),
  character: 3,
};
const REQUESTS = [
  ['textDocument/hover', { textDocument, position }],
  ['textDocument/codeLens', { textDocument }],
  ['textDocument/documentSymbol', { textDocument }],
] as const;

let wire: Wire;

beforeEach(async () => {
  wire = new Wire();
  await wire.initialize();
  // The code that answers, and what it keeps.
  for (const [method, params] of REQUESTS) {
    wire.send({ id: method, method, params });
    await wire.answer(method);
  }
});
afterEach(() => wire.kill());

/** The resident memory of the server, at its highest so far. */
function peakMib(): number {
  const status = readFileSync(`/proc/${wire.process.pid}/status`, 'utf8');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
}

/** Edits and requests, until the server takes no more of them. @returns how many requests */
async function flood(): Promise<number> {
  const { stdin } = wire.process;
  const end = performance.now() + LONG_MS;
  for (let version = 2, asked = 0; performance.now() < end; version++) {
    const text = TEXT.replace('0x8000000', `0x${version.toString(16)}000`);
    const params = { textDocument: { ...textDocument, version }, contentChanges: [{ text }] };
    wire.send({ method: 'textDocument/didChange', params });
    for (const [method, asks] of REQUESTS) wire.send({ id: asked++, method, params: asks });
    if (!stdin.writableNeedDrain) continue;
    const taken = await Promise.race([once(stdin, 'drain'), setTimeout(QUIET_MS)]);
    if (taken === undefined) return asked;
  }
  throw new Error('the server reads on');
}

it('is read no further before memory grows, and answered when it reads again', async () => {
  const before = peakMib();
  wire.process.stdout.pause();
  const asked = await flood();
  const growth = peakMib() - before;
  console.log(`${asked} requests were sent and not read; the server grew by ${growth.toFixed()} MiB`);
  expect(growth).toBeLessThan(GROWTH_MIB);
  wire.process.stdout.resume();
  for (let id = 0; id < asked; id++) await wire.answer(id);
  wire.send({ id: 'shutdown', method: 'shutdown' });
  await wire.answer('shutdown');
  wire.send({ method: 'exit' });
  expect(await wire.exit).toBe(0);
});

it('takes the server with it', async () => {
  wire.process.stdout.pause();
  await flood();
  wire.process.stdin.destroy();
  wire.process.stdout.destroy();
  expect(await wire.exit).not.toBeNull();
});
