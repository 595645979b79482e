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
  readonly signal: AbortSignal;
  readonly console: (text: string) => void;
}

export interface Machine extends Pick<Running, 'kill' | 'ended'> {
  readonly events: GuestEvents;
  /** Path of the debugger's socket. */
  readonly debugger: string;
  /** What it has printed on its console so far. */
  console(): string;
}

/** Names below the folder. They are short, and QEMU runs in it: a socket's path may have 107 bytes. */
const EVENTS = 'events';
const DEBUGGER = 'debugger';
export const KERNEL = 'kernel';
export const FIRST = 'first';

const MEBIBYTE = 1n << 20n;

export async function startMachine(options: MachineOptions): Promise<Machine> {
  const { qemu, folder, signal } = options;
  const events = new GuestEvents();
  const server = createServer((socket) => {
    socket.setEncoding('utf8').on('data', (text: string) => {
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
  let printed = '';
  const take = (text: string) => {
    printed += text;
    options.console(text);
  };
  child.stdout.setEncoding('utf8').on('data', take);
  child.stderr.setEncoding('utf8').on('data', take);
  const end = ended.finally(() => {
    events.close();
    server.close();
  });
  // Whoever kills it may not wait for it.
  end.catch(() => {});
  return { events, ended: end, kill, debugger: join(folder, DEBUGGER), console: () => printed };
}

/** Nothing of a PC but memory, a processor, two serial lines: the console, and the one for {@link GuestEvents}. */
function machineArguments({ memory, debugged }: MachineOptions): readonly string[] {
  return [
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...(mayUseKvm() ? ['-accel', 'kvm'] : []),
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
