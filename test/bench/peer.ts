/** A language server under measurement: this project's or clangd, over stdio, with the clock on this side. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ConfigurationRequest,
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
} from 'vscode-languageserver-protocol/node';
import { URI } from 'vscode-uri';

/** How a server is started. */
export interface Command {
  readonly name: string;
  readonly words: readonly [string, ...string[]];
}

export class Peer {
  readonly started = performance.now();
  private readonly process: ChildProcess;
  private readonly connection: ProtocolConnection;
  private readonly versions = new Map<string, number>();
  /** The newest version of each document that diagnostics have come for. */
  private readonly diagnosed = new Map<string, number>();
  private wake: () => void = () => undefined;

  readonly name: string;

  constructor(
    { name, words: [program, ...words] }: Command,
    private readonly folder: string,
  ) {
    this.name = name;
    this.process = spawn(program, words, { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
    const { stdin, stdout } = this.process;
    if (!stdin || !stdout) throw new Error('the server has no streams');
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout),
      new StreamMessageWriter(stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version }) => {
      this.diagnosed.set(uri, version ?? this.versions.get(uri) ?? 0);
      this.wake();
    });
    // No settings, and nothing to watch: what is not set is as it comes.
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => null));
    this.connection.onRequest(RegistrationRequest.type, () => undefined);
    this.connection.listen();
  }

  async initialize(): Promise<void> {
    const rootUri = URI.file(this.folder).toString();
    await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'bench' }],
      capabilities: {
        workspace: { workspaceFolders: true },
        textDocument: {
          publishDiagnostics: { relatedInformation: true, versionSupport: true },
          hover: { contentFormat: ['markdown'] },
          inlayHint: { resolveSupport: { properties: ['tooltip'] } },
        },
      },
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
  }

  /** Opens a file of the folder; ends with its first diagnostics. */
  async open(path: string): Promise<void> {
    const uri = this.uri(path);
    const text = readFileSync(join(this.folder, path), 'utf8');
    this.versions.set(uri, 1);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: 'c', version: 1, text },
    });
    await this.diagnosedAt(uri, 1);
  }

  /** Sends an edit without waiting for what it leads to. */
  async send(path: string, change: TextDocumentContentChangeEvent): Promise<void> {
    const uri = this.uri(path);
    const version = (this.versions.get(uri) ?? 0) + 1;
    this.versions.set(uri, version);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [change],
    });
  }

  /** Milliseconds from an edit to the diagnostics of that very version. */
  async edit(path: string, change: TextDocumentContentChangeEvent): Promise<number> {
    const uri = this.uri(path);
    const start = performance.now();
    await this.send(path, change);
    await this.diagnosedAt(uri, this.versions.get(uri) ?? 0);
    return performance.now() - start;
  }

  /** Milliseconds to the answer of a request about a document. */
  async ask(method: string, path: string, more: object): Promise<number> {
    const start = performance.now();
    await this.connection.sendRequest(method, { textDocument: { uri: this.uri(path) }, ...more });
    return performance.now() - start;
  }

  /** Bytes of memory that the process holds; undefined where the system does not say. */
  memory(): number | undefined {
    try {
      const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
      const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
      return kib === undefined ? undefined : Number(kib) * 1024;
    } catch {
      return undefined;
    }
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    await ended;
    this.connection.dispose();
  }

  private uri(path: string): string {
    return URI.file(join(this.folder, path)).toString();
  }

  private async diagnosedAt(uri: string, version: number): Promise<void> {
    while ((this.diagnosed.get(uri) ?? 0) < version) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}

/** An edit that puts `text` in the place of `length` characters. */
export function replacing(start: Position, length: number, text: string): TextDocumentContentChangeEvent {
  const end = { line: start.line, character: start.character + length };
  return { range: { start, end }, text };
}
