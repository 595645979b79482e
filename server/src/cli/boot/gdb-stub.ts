/**
 * Writes into a guest's memory through QEMU's debugger interface: GDB's remote serial protocol, of which three packets
 * are needed. While a debugger is connected and has not said otherwise, the machine stands still.
 */
import { connect, type Socket } from 'node:net';
import type { AddressRange } from '../../range';

/** QEMU takes packets of 4096 bytes; two of them are one of memory. */
const BYTES_PER_PACKET = 2016;
/** So many packets are on their way at once. */
const IN_FLIGHT = 256;

/** QEMU answers a write at once; a machine that is busy with others, some seconds later. */
const ANSWER_MILLISECONDS = 120_000;

/** What comes back: that a packet arrived, that it was done, and, unasked, that the machine has stopped. */
const ANSWER = /\+|\$(OK)#9a|\$[ST][^#]*#[0-9a-f]{2}/gi;

export class DebuggedMachine {
  private received = '';
  private done = 0;
  private wake: () => void = () => {};
  private failure: Error | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => this.take(text));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the debugger interface has closed')));
  }

  /** Connects, which stops the machine. */
  static async stop(path: string): Promise<DebuggedMachine> {
    const socket = connect(path);
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    const machine = new DebuggedMachine(socket);
    // Addresses are physical ones from here on.
    await machine.ask([packet('Qqemu.PhyMemMode:1')]);
    return machine;
  }

  /** Fills a range with copies of the pattern, the first of which stands at its start. */
  async fill(range: AddressRange, pattern: Uint8Array): Promise<void> {
    const size = Number(range.end - range.start);
    const step = BYTES_PER_PACKET - (BYTES_PER_PACKET % pattern.length);
    const whole = Buffer.alloc(Math.min(step, size), pattern).toString('hex');
    const sumOfWhole = sumOf(whole);
    const packets: string[] = [];
    for (let offset = 0; offset < size; offset += step) {
      const length = Math.min(step, size - offset);
      const head = `M${(range.start + BigInt(offset)).toString(16)},${length.toString(16)}:`;
      const isWhole = 2 * length === whole.length;
      const data = isWhole ? whole : whole.slice(0, 2 * length);
      packets.push(framed(head + data, sumOf(head) + (isWhole ? sumOfWhole : sumOf(data))));
      if (packets.length === IN_FLIGHT) await this.ask(packets.splice(0));
    }
    await this.ask(packets);
  }

  /** Disconnects; the machine goes on. */
  async release(): Promise<void> {
    await this.ask([packet('D')]);
    this.socket.destroy();
  }

  /** Sends packets and waits until each has been answered with OK. */
  private async ask(packets: readonly string[]): Promise<void> {
    this.done = 0;
    this.socket.write(packets.join(''), 'latin1');
    while (this.done < packets.length) {
      if (this.failure) throw this.failure;
      await new Promise<void>((resolve) => {
        const silence = setTimeout(() => this.fail(new Error('no answer')), ANSWER_MILLISECONDS);
        this.wake = () => {
          clearTimeout(silence);
          resolve();
        };
      });
    }
  }

  private take(text: string): void {
    this.received = (this.received + text).replace(ANSWER, (_, done) => {
      if (done) this.done++;
      return '';
    });
    if (/#[0-9a-f]{2}/i.test(this.received))
      this.fail(new Error(`the debugger interface says ${this.received}`));
    this.wake();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wake();
  }
}

function packet(text: string): string {
  return framed(text, sumOf(text));
}

/** The `+` says that the answer before was received. @param sum of the packet's characters */
function framed(text: string, sum: number): string {
  return `+$${text}#${(sum & 0xff).toString(16).padStart(2, '0')}`;
}

function sumOf(text: string): number {
  let sum = 0;
  for (let index = 0; index < text.length; index++) sum += text.charCodeAt(index);
  return sum;
}
