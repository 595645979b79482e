/** The language server as a process, and a client that sends it whatever it likes. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { StreamMessageReader } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { serverArguments } from '../server-arguments';
import { framed } from './framing';
import { sampleFiles } from './workspaces';

const SAMPLE = join(import.meta.dirname, '../../samples/three-nodes');
export const FILES = sampleFiles('three-nodes');
export const FILE = 'kexec-mint-os0/kexec/firmware_memmap.c';
export const TEXT = FILES.get(FILE) ?? '';
export const uriOf = (path: string) => URI.file(join(SAMPLE, path)).toString();

interface Answer {
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: { readonly type?: number; readonly message?: string };
  readonly result?: unknown;
  readonly error?: { readonly code: number };
}

/** A client that keeps to nothing. */
export class Wire {
  readonly received: Answer[] = [];
  readonly exit: Promise<number | null>;
  readonly process: ChildProcessWithoutNullStreams;
  private wake = () => {};

  constructor() {
    this.process = spawn(process.execPath, serverArguments());
    this.exit = new Promise((resolve) => this.process.on('exit', resolve));
    // A server that has ended reads no more.
    this.process.stdin.on('error', () => {});
    new StreamMessageReader(this.process.stdout).listen((message) => {
      this.received.push(message as Answer);
      this.wake();
    });
  }

  raw(text: string): void {
    this.process.stdin.write(text);
  }

  send(message: object): void {
    this.raw(framed(message));
  }

  answer(id: number | string): Promise<Answer> {
    return this.message((each) => each.id === id && each.method === undefined);
  }

  /** The first that has come, or comes, of those that are wanted. */
  async message(isWanted: (message: Answer) => boolean): Promise<Answer> {
    for (;;) {
      const found = this.received.find(isWanted);
      if (found) return found;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  /** What the server told of exceptions that reached no handler of a message. */
  uncaught(): readonly unknown[] {
    return this.received.flatMap(({ method, params }) =>
      method === 'window/logMessage' && params?.message?.startsWith('uncaught') ? [params.message] : [],
    );
  }

  async initialize(folder = SAMPLE): Promise<void> {
    const folders = [{ uri: URI.file(folder).toString(), name: 'sample' }];
    const params = { processId: process.pid, rootUri: null, capabilities: {}, workspaceFolders: folders };
    this.send({ id: 'initialize', method: 'initialize', params });
    await this.answer('initialize');
    this.send({ method: 'initialized', params: {} });
    this.open(1);
  }

  open(version: number): void {
    const textDocument = { uri: uriOf(FILE), languageId: 'c', version, text: TEXT };
    this.send({ method: 'textDocument/didOpen', params: { textDocument } });
  }

  endInput(): void {
    this.process.stdin.end();
  }

  kill(): void {
    this.process.kill('SIGKILL');
  }
}
