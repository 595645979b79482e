/** Boots one OS node: QEMU starts a kernel, which starts the node's kernel with the node's kexec. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kindOfWords } from '../../evidence/evidence';
import { type Message, message } from '../../messages';
import type { GuestEvent } from './guest';
import { firstSystem, secondSystem } from './initramfs';
import type { TypedRange } from './memory';
import { type OverwriteReport, type Overwriting, overwrite } from './overwrite';
import { FIRST, KERNEL, type Machine, mayUseKvm, startMachine } from './qemu';
import { Interrupted, Stop } from './stop';

export interface BootOrder {
  /** An empty folder for this node. */
  readonly folder: string;
  readonly qemu: string;
  readonly busybox: Uint8Array;
  readonly kernel: Uint8Array;
  readonly kexec: Uint8Array;
  readonly kexecOptions: readonly string[];
  /** Bytes. */
  readonly memory: bigint;
  /** What is to be written while the node runs. */
  readonly overwriting: Overwriting | undefined;
  readonly signal: AbortSignal;
  readonly console: (text: string) => void;
  readonly progress: (what: Message) => void;
}

/** What a node's boot showed. */
export interface NodeRun {
  /** What the machine's firmware reported to the first kernel. */
  readonly firmware: readonly TypedRange[];
  /** /proc/iomem of the first kernel. */
  readonly firstIomem: string;
  /** What `kexec -d` printed. */
  readonly kexec: string;
  /** /proc/iomem and the log of the node's kernel; undefined where it did not boot. */
  readonly iomem: string | undefined;
  readonly log: string | undefined;
  /** Why it did not boot. */
  readonly failure: Message | undefined;
  readonly overwrite: OverwriteReport | undefined;
}

/** A kernel takes seconds; without KVM, on a busy machine, some more. */
const BOOT_SECONDS = 300;
/** How often a machine that says nothing is looked at. */
const LOOK_MILLISECONDS = 2000;

/** @throws Stop where there is no machine to boot it in, Interrupted */
export async function bootNode(order: BootOrder): Promise<NodeRun> {
  const { folder, busybox, kernel, kexec, kexecOptions, overwriting, progress } = order;
  await mkdir(folder, { recursive: true });
  const second = secondSystem(busybox, overwriting?.watched ?? []);
  await writeFile(join(folder, KERNEL), kernel);
  await writeFile(join(folder, FIRST), firstSystem({ busybox, kexec, kernel, second, kexecOptions }));
  try {
    progress(message('boot.step.first'));
    return await runMachine(order, mayUseKvm());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runMachine(order: BootOrder, kvm: boolean): Promise<NodeRun> {
  const run = await tryMachine(order, kvm);
  if (run) return run;
  order.progress(message('boot.step.without-kvm'));
  return runMachine(order, false);
}

/** @returns undefined where KVM failed */
async function tryMachine(order: BootOrder, kvm: boolean): Promise<NodeRun | undefined> {
  const machine = await startMachine({ ...order, kvm, debugged: order.overwriting !== undefined });
  try {
    const run = await follow(machine, order);
    return machine.kvmFailed() ? undefined : run;
  } catch (error) {
    if (order.signal.aborted) throw new Interrupted();
    if (machine.kvmFailed()) return undefined;
    throw error;
  } finally {
    machine.kill();
    await machine.ended.catch(() => {});
  }
}

async function follow(machine: Machine, { overwriting, progress }: BootOrder): Promise<NodeRun> {
  const firmware = await firstSection(machine, 'firmware');
  const { text: firstIomem } = await firstSection(machine, 'first-iomem');
  const { text: kexec, status } = await firstSection(machine, 'kexec');
  const run = { firmware: rangesOf(firmware.text), firstIomem, kexec, overwrite: undefined };
  const failed = (failure: Message) => ({ ...run, iomem: undefined, log: undefined, failure });
  if (status !== 0) return failed(message('boot.kexec-refused', { status }));
  progress(message('boot.step.second'));
  const iomem = await section(machine, 'iomem');
  if (iomem === 'stuck') return failed(message('boot.stuck'));
  if (iomem === 'gone') return failed(message('boot.second-reset'));
  if (iomem === 'silence') return failed(message('boot.second-silent', { seconds: BOOT_SECONDS }));
  const log = await section(machine, 'log');
  return {
    ...run,
    iomem: iomem.text,
    log: typeof log === 'string' ? undefined : log.text,
    failure: undefined,
    overwrite: overwriting && (await overwrite(machine, overwriting, progress)),
  };
}

type Section = GuestEvent & { readonly kind: 'section' };

/** A section of the first system, which depends on nothing that the tree says. */
async function firstSection(machine: Machine, name: string): Promise<Section> {
  const found = await section(machine, name);
  if (typeof found === 'object') return found;
  const { ended } = machine;
  // Where QEMU could not be started at all, that is the reason.
  if (found === 'gone') {
    await ended.catch((error: unknown) => {
      throw new Stop(message('boot.no-qemu', { error: String(error) }));
    });
  }
  throw new Stop(message('boot.no-first', { seconds: BOOT_SECONDS }), machine.console());
}

async function section(machine: Machine, name: string): Promise<Section | 'gone' | 'silence' | 'stuck'> {
  const until = Date.now() + BOOT_SECONDS * 1000;
  for (;;) {
    const event = await machine.events.next(LOOK_MILLISECONDS);
    if (event === 'silence') {
      if (Date.now() < until && !/Kernel panic/.test(machine.console())) continue;
      return event;
    }
    if (typeof event === 'string') return event;
    if (event.kind === 'stuck') return 'stuck';
    if (event.kind === 'section' && event.name === name) return event;
  }
}

/** Lines of `0x0 0x9fbff System RAM`; ends are the last addresses. */
function rangesOf(text: string): readonly TypedRange[] {
  return text.split('\n').flatMap((line) => {
    const [, start = '', end = '', words = ''] = /^(0x[0-9a-f]+) (0x[0-9a-f]+) (.*)$/.exec(line) ?? [];
    if (start === '') return [];
    return [{ start: BigInt(start), end: BigInt(end) + 1n, kind: kindOfWords(words) }];
  });
}
