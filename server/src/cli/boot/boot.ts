/** `boot DIR`: builds each node's kexec, boots its kernel with it in QEMU, and compares what the layout predicts. */

import { rmSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Locale, type Message, message, render } from '../../messages';
import { isMessage, openFolder } from '../folder';
import { HAS_ERRORS, type Host, INTERRUPTED, OK, UNREADABLE } from '../host';
import { bootNode } from './boot-node';
import { KexecBuilder } from './build-kexec';
import { compare } from './compare';
import { secondSystem } from './initramfs';
import { isWhole, type Layers, layersOf } from './layers';
import { Log } from './log';
import { memoryFor, type NodePlan, planNodes } from './plan';
import {
  type BootReport,
  jsonReport,
  markdownReport,
  type NodeReport,
  passed,
  textReport,
  verdict,
} from './report';
import { save } from './save';
import { Interrupted, Stop } from './stop';
import { findKernel, findTools, isStatic, type KernelFile, type Tools } from './tools';

/** So many machines run at once. */
const MACHINES = 2;

export interface BootCall {
  readonly folder: string;
  /** Undefined: every OS node. */
  readonly osid: number | undefined;
  /** A bzImage; undefined: the one of this machine. */
  readonly kernel: string | undefined;
  /** Source of kexec-tools, for trees that hold some files only. */
  readonly kexecSource: string | undefined;
  /** The other nodes' memory is written over. */
  readonly overwrite: boolean;
  /** What the nodes show is stored as evidence. */
  readonly save: boolean;
  /** What programs print is shown. */
  readonly verbose: boolean;
  readonly format: 'text' | 'json' | 'markdown';
}

/** @returns the exit code: 0 where all agree, 1 where not, 2 where it could not be found out, 130 where it was interrupted */
export async function boot(call: BootCall, locale: Locale, host: Host): Promise<number> {
  const log = new Log(host, locale, call.verbose);
  const signal = host.interruption();
  let temporary: string | undefined;
  const clean = () => {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
  };
  process.on('exit', clean);
  try {
    temporary = await mkdtemp(join(tmpdir(), 'kexec-mint-boot-'));
    const report = await bootAll(call, { folder: temporary, signal, log, host });
    const code = report.nodes.every(passed) ? OK : HAS_ERRORS;
    if (call.save) await save(report, host, locale);
    host.out(
      call.format === 'json'
        ? jsonReport(report, locale)
        : (call.format === 'markdown' ? markdownReport : textReport)(report, locale),
    );
    return code;
  } catch (error) {
    if (error instanceof Interrupted) {
      log.say(message('boot.interrupted'));
      return INTERRUPTED;
    }
    if (error instanceof Stop) log.tail(error.output);
    // What is thrown besides is the file system's word, such as that the disk is full.
    host.err(error instanceof Stop ? render(error.text, locale) : String(error));
    return UNREADABLE;
  } finally {
    process.off('exit', clean);
    if (temporary) await rm(temporary, { recursive: true, force: true });
  }
}

interface Work {
  /** A temporary folder. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly host: Host;
}

async function bootAll(call: BootCall, work: Work): Promise<BootReport> {
  const kernel = sure(await findKernel(call.kernel));
  const tools = sure(await findTools());
  const opened = await openFolder(call.folder, work.host, work.log.locale);
  if (isMessage(opened)) throw new Stop(opened);
  const initrdSize = BigInt(secondSystem(tools.busybox, []).length);
  const booted = { header: kernel.header, initrdSize };
  const plans = sure(planNodes(opened.projects, call.osid, call.overwrite, booted));
  const memory = sure(memoryFor(plans));
  const trees = await Promise.all(plans.map((plan) => sourcesOf(plan, call)));
  const kexecs = await buildAll(plans, trees, work);
  const nodes = await inParallel(MACHINES, plans, work.signal, async (plan, index, signal) => {
    const kexec = kexecs[index] ?? new Uint8Array();
    const report = await bootOne(plan, kexec, { kernel, tools, memory }, { ...work, signal });
    // Of one node alone the report says it.
    if (plans.length > 1) work.log.say(verdict(report));
    return report;
  });
  return { folder: opened, kernel, nodes };
}

async function sourcesOf({ tree }: NodePlan, { kexecSource }: BootCall): Promise<Layers> {
  if (await isWhole(tree.path)) return layersOf(tree.path, undefined);
  if (kexecSource === undefined) throw new Stop(message('boot.no-source', { tree: tree.path }));
  const source = resolve(kexecSource);
  const names = await readdir(source).catch(() => undefined);
  if (!names?.includes('kexec') || !(await isWhole(source))) {
    throw new Stop(message('boot.not-a-source', { folder: kexecSource }));
  }
  return layersOf(tree.path, source);
}

async function buildAll(
  plans: readonly NodePlan[],
  trees: readonly Layers[],
  { folder, signal, log }: Work,
): Promise<readonly Uint8Array[]> {
  const builder = new KexecBuilder({ folder, signal, log: (text) => log.raw(text) });
  const kexecs: Uint8Array[] = [];
  for (const [index, { node, tree }] of plans.entries()) {
    const layers = trees[index];
    if (!layers) continue;
    log.step(node.osid, message('boot.step.build', { tree: node.tree.name }));
    for (const header of layers.kept) log.step(node.osid, message('boot.kept-header', { header }));
    const kexec = await builder.kexecOf({ ...tree, layers });
    if (!isStatic(kexec)) throw new Stop(message('boot.not-static', { tree: node.tree.name }));
    kexecs.push(kexec);
  }
  return kexecs;
}

interface Machinery {
  readonly kernel: KernelFile;
  readonly tools: Tools;
  readonly memory: bigint;
}

async function bootOne(
  plan: NodePlan,
  kexec: Uint8Array,
  { kernel, tools, memory }: Machinery,
  { folder, signal, log }: Work,
): Promise<NodeReport> {
  const { prediction, overwriting } = plan;
  const { osid } = prediction;
  const run = await bootNode({
    ...tools,
    folder: join(folder, `node${osid}`),
    kernel: kernel.bytes,
    kexec,
    kexecOptions: prediction.kexecOptions,
    memory,
    overwriting,
    signal,
    console: (text) => log.raw(text, osid),
    progress: (what) => log.step(osid, what),
  });
  return { plan, run, comparison: compare(prediction, run) };
}

/** Handles the items in order, `most` of them at a time. Where one fails, the others are ended. */
async function inParallel<Item, Result>(
  most: number,
  items: readonly Item[],
  signal: AbortSignal,
  handle: (item: Item, index: number, signal: AbortSignal) => Promise<Result>,
): Promise<readonly Result[]> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const results: Result[] = [];
  const waiting = [...items.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next && !either.aborted; next = waiting.shift()) {
      const [index, item] = next;
      results[index] = await handle(item, index, either).catch((error: unknown) => {
        if (!failed.signal.aborted) failed.abort(error);
        throw error;
      });
    }
  };
  // All have ended before the folder they work in is removed.
  await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, worker));
  if (signal.aborted) throw new Interrupted();
  if (failed.signal.aborted) throw failed.signal.reason;
  return results;
}

function sure<Value extends object | bigint>(value: Value | Message): Value {
  if (typeof value === 'object' && isMessage(value)) throw new Stop(value);
  return value as Value;
}
