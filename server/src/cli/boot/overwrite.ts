/** Plays busy OS nodes: writes into their memory while a node runs, and sees whether it goes on. */
import { type Message, message } from '../../messages';
import type { AddressRange } from '../../range';
import { DebuggedMachine } from './gdb-stub';
import type { Machine } from './qemu';
import { Stop } from './stop';

export interface Overwriting {
  /** One after the other, for as long as the node lives. */
  readonly stages: readonly OverwriteStage[];
  /** Addresses that the node watches, multiples of {@link WATCHED_BYTES}: it is to read there what was written. */
  readonly watched: readonly bigint[];
}

export interface OverwriteStage {
  /** The node that is played. */
  readonly osid: number;
  /** What loading its kernel writes to, or all of its RAM. */
  readonly what: 'kernel' | 'memory';
  readonly ranges: readonly AddressRange[];
}

/** `died`: it does nothing more, or says that it is broken. `reset`: the machine has been reset. */
export type Outcome = 'lived' | 'died' | 'reset';

export interface OverwriteReport {
  readonly stages: readonly (OverwriteStage & { readonly outcome: Outcome })[];
  /** Of the last stage there was. */
  readonly outcome: Outcome;
  /** Whether the node read what was written, at each address that it watches; undefined where it watches none. */
  readonly reads: boolean | undefined;
}

/** What a node reads at an address that it watches. */
export const WATCHED_BYTES = 8n;

/** Eight bytes that no memory holds by chance. */
const PATTERN = Buffer.from('mint-mem');
const WRITTEN = PATTERN.readBigUInt64LE();

/** A node that does this many rounds of work after all was written has not been hit. */
const BEATS_OF_LIFE = 4;
const BEATS_BEFORE = 2;
/** A node that takes this many times as long as before for a round is gone; the machine it runs on may be a busy one. */
const PATIENCE = 20;
const LEAST_MILLISECONDS = 15_000;
const MOST_MILLISECONDS = 120_000;
const FAULT = /Kernel panic|\bOops\b|BUG: |general protection fault|Machine check/;

export async function overwrite(
  machine: Machine,
  { stages, watched }: Overwriting,
  progress: (what: Message) => void,
): Promise<OverwriteReport> {
  const seen = new Map<bigint, bigint | undefined>();
  const before = Date.now();
  if ((await livesFor(BEATS_BEFORE, MOST_MILLISECONDS, machine, seen)) !== 'lived') {
    throw new Stop(message('boot.no-beat'), machine.console());
  }
  const usual = ((Date.now() - before) / BEATS_BEFORE) * PATIENCE;
  const patience = Math.min(MOST_MILLISECONDS, Math.max(LEAST_MILLISECONDS, usual));
  const done: (OverwriteStage & { outcome: Outcome })[] = [];
  for (const stage of stages) {
    progress(message(`boot.step.${stage.what}`, { other: stage.osid }));
    await write(stage.ranges, machine);
    const outcome = await livesFor(BEATS_OF_LIFE, patience, machine, seen);
    done.push({ ...stage, outcome });
    if (outcome !== 'lived') break;
  }
  const outcome = done.at(-1)?.outcome ?? 'lived';
  const reads = watched.every((address) => seen.get(address) === WRITTEN);
  return { stages: done, outcome, reads: watched.length === 0 ? undefined : outcome === 'lived' && reads };
}

async function write(ranges: readonly AddressRange[], machine: Machine): Promise<void> {
  const failed = (error: unknown): never => {
    throw new Stop(message('boot.no-debugger', { error: String(error) }), machine.console());
  };
  const debugged = await DebuggedMachine.stop(machine.debugger).catch(failed);
  for (const range of ranges) await debugged.fill(range, PATTERN).catch(failed);
  // What it said before it stood still proves nothing.
  machine.events.clear();
  // A machine that is reset at once ends before it has answered.
  await debugged.release().catch(() => {});
}

/**
 * @param patience milliseconds for a round
 * @param seen what the node reads at the addresses that it watches
 */
async function livesFor(
  beats: number,
  patience: number,
  machine: Machine,
  seen: Map<bigint, bigint | undefined>,
): Promise<Outcome> {
  const before = machine.console().length;
  let until = Date.now() + patience;
  for (let count = 0; count < beats; ) {
    const event = await machine.events.next(Math.max(0, until - Date.now()));
    if (event === 'gone') return 'reset';
    if (event === 'silence' || FAULT.test(machine.console().slice(before))) return 'died';
    if (event.kind === 'read') seen.set(event.address, event.value);
    if (event.kind === 'beat') {
      count++;
      until = Date.now() + patience;
    }
  }
  return 'lived';
}
