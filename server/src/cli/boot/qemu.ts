/** A machine in QEMU: its console, its events, and the socket of its debugger. */
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { GuestEvents } from './guest';
import { type Running, start } from './process';

export interface MachineOptions {
  readonly qemu: string;
  /** Holds `kernel`, `first`, and the sockets. */
  readonly folder: string;
  /** Bytes. */
  readonly memory: bigint;
  /** The machine gets a debugger's socket. */
  readonly debugged: boolean;
  /** Runs on the processor itself; without it, QEMU plays one. */
  readonly kvm: boolean;
  readonly signal: AbortSignal;
  readonly console: (text: string) => void;
}

export interface Machine extends Pick<Running, 'kill' | 'ended'> {
  readonly events: GuestEvents;
  /** Path of the debugger's socket. */
  readonly debugger: string;
  /** What it has printed on its console so far. */
  console(): string;
  /** KVM could not go on with it, or takes longer than QEMU would without it: the machine has been ended. */
  kvmFailed(): boolean;
}

/** As QEMU says it, before it leaves the machine standing still. Hosts that are virtual themselves fail like this. */
const KVM_FAILURE = /^KVM internal error/m;
/**
 * How long the first system may take to its first word with KVM. A processor's own KVM takes a second or two and QEMU
 * without it some five; one that a virtual host plays was seen to take minutes.
 */
const KVM_MILLISECONDS = 20_000;

/** Names below the folder. They are short, and QEMU runs in it: a socket's path may have 107 bytes. */
const EVENTS = 'events';
const DEBUGGER = 'debugger';
export const KERNEL = 'kernel';
export const FIRST = 'first';

const MEBIBYTE = 1n << 20n;

/** Ends a machine that KVM cannot run. */
class KvmWatch {
  failed = false;
  private complaints = '';
  private readonly patience = setTimeout(() => this.fail(), KVM_MILLISECONDS);

  constructor(private readonly kill: () => void) {}

  /** @param text on QEMU's standard error */
  complained(text: string): void {
    this.complaints += text;
    if (KVM_FAILURE.test(this.complaints)) this.fail();
  }

  /** The first system has spoken, or the machine has ended. */
  settle(): void {
    clearTimeout(this.patience);
  }

  private fail(): void {
    this.failed = true;
    this.kill();
  }
}

export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { qemu, folder, signal } = options;
  const events = new GuestEvents();
  const server = createServer((socket) => {
    socket.setEncoding('utf8').on('data', (text: string) => {
      kvm?.settle();
      options.console(text);
      events.feed(text);
    });
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(join(folder, EVENTS), resolve);
  });
  const { child, ended, kill } = start(
    { command: qemu, args: machineArguments(options), cwd: folder },
    signal,
  );
  const kvm = options.kvm ? new KvmWatch(kill) : undefined;
  let printed = '';
  const take = (text: string) => {
    printed += text;
    options.console(text);
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    take(text);
    kvm?.complained(text);
  });
  const end = ended.finally(() => {
    kvm?.settle();
    events.close();
    server.close();
  });
  // Whoever kills it may not wait for it.
  end.catch(() => {});
  return {
    events,
    ended: end,
    kill,
    debugger: join(folder, DEBUGGER),
    console: () => printed,
    kvmFailed: () => kvm?.failed === true,
  };
}

/** Nothing of a PC but memory, a processor, two serial lines: the console, and the one for {@link GuestEvents}. */
function machineArguments({ memory, debugged, kvm }: MachineOptions): readonly string[] {
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    // Where QEMU itself finds KVM wanting, it takes the next.
    ...(kvm ? ['-accel', 'kvm'] : []),
    ...['-accel', 'tcg'],
    ...['-m', `${(memory + MEBIBYTE - 1n) / MEBIBYTE}M`],
    ...['-kernel', KERNEL, '-initrd', FIRST, '-append', 'console=ttyS0 nokaslr'],
    ...['-serial', 'stdio', '-chardev', `socket,id=events,path=${EVENTS}`, '-serial', 'chardev:events'],
    ...(debugged ? ['-gdb', `unix:${DEBUGGER},server=on,wait=off`] : []),
  ];
}

export function mayUseKvm(): boolean {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
