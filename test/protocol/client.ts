/** An editor's side of the protocol: a server process over stdio, a workspace in a temporary folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  type CancellationToken,
  type ClientCapabilities,
  CodeAction,
  CodeActionRequest,
  CodeLensRefreshRequest,
  ConfigurationRequest,
  CreateFile,
  createProtocolConnection,
  type DataCallback,
  type Diagnostic,
  DiagnosticRefreshRequest,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  type Disposable,
  ExitNotification,
  type FileChangeType,
  type FileSystemWatcher,
  HoverRequest,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  InlayHintRefreshRequest,
  type MarkupContent,
  Message,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  SymbolKind,
  type TextDocumentContentChangeEvent,
  TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { CLIENT_COMMANDS } from '../../server/src/protocol';
import { serverArguments } from '../server-arguments';

const ROOT = join(import.meta.dirname, '../..');

/** What VS Code says it can do, as far as the server asks. */
const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
    didChangeWatchedFiles: { dynamicRegistration: true },
    didChangeConfiguration: { dynamicRegistration: true },
    inlayHint: { refreshSupport: true },
    codeLens: { refreshSupport: true },
  },
  textDocument: {
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, isPreferredSupport: true },
    documentSymbol: {
      hierarchicalDocumentSymbolSupport: true,
      symbolKind: { valueSet: [SymbolKind.Variable, SymbolKind.Constant, SymbolKind.Object] },
    },
    documentLink: { tooltipSupport: true },
    inlayHint: { resolveSupport: { properties: ['tooltip'] } },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
  },
};

interface Received {
  readonly requests: Set<string>;
  readonly notifications: Set<string>;
}

/** Sees messages for which there is no handler too. */
class NotingReader extends StreamMessageReader {
  constructor(
    stream: Readable,
    private readonly received: Received,
  ) {
    super(stream);
  }

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      if (Message.isRequest(message)) this.received.requests.add(message.method);
      if (Message.isNotification(message)) this.received.notifications.add(message.method);
      callback(message);
    });
  }
}

export class TestClient {
  readonly connection: ProtocolConnection;
  readonly workspace = mkdtempSync(join(tmpdir(), 'kexec-mint-protocol-'));
  /** The newest diagnostics of each file, by path in the workspace. */
  readonly published = new Map<string, PublishDiagnosticsParams>();
  readonly watchers: FileSystemWatcher[] = [];
  /** Methods of all messages that the server began: its requests and its notifications. */
  readonly received: Received = { requests: new Set(), notifications: new Set() };
  /** What the server asked to be asked for anew. */
  readonly refreshes = new Set<string>();
  /** What the editor answers when it is asked for `kexecMint`. */
  settings: unknown = {};
  private readonly documents = new Map<string, TextDocument>();
  private readonly process: ChildProcess;
  private readonly exit: Promise<number | null>;
  private listeners: (() => void)[] = [];

  /**
   * @param sample folder of `samples/` whose copy is the workspace
   * @param server what Node is to run
   * @param language of the server's environment
   */
  constructor(sample?: string, server = serverArguments(), language = 'C') {
    if (sample) cpSync(join(ROOT, 'samples', sample), this.workspace, { recursive: true });
    const child = spawn(process.execPath, server, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, LC_ALL: language },
    });
    this.process = child;
    this.exit = new Promise((resolve) => child.on('exit', resolve));
    this.connection = createProtocolConnection(
      new NotingReader(child.stdout, this.received),
      new StreamMessageWriter(child.stdin),
    );
    this.connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.set(this.pathOf(params.uri), params);
      this.notice();
    });
    this.connection.onRequest(ConfigurationRequest.type, ({ items }) => items.map(() => this.settings));
    for (const type of [
      CodeLensRefreshRequest.type,
      InlayHintRefreshRequest.type,
      DiagnosticRefreshRequest.type,
    ]) {
      this.connection.onRequest(type, () => {
        this.refreshes.add(type.method);
        this.notice();
      });
    }
    this.connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      for (const { method, registerOptions } of registrations) {
        if (method === DidChangeWatchedFilesNotification.method)
          this.watchers.push(...registerOptions.watchers);
      }
    });
    this.connection.listen();
  }

  notice(): void {
    for (const listener of this.listeners) listener();
  }

  async initialize(given: Partial<InitializeParams> = {}): Promise<InitializeResult> {
    const result = await this.connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      capabilities: CAPABILITIES,
      initializationOptions: { commands: CLIENT_COMMANDS },
      workspaceFolders: [{ uri: URI.file(this.workspace).toString(), name: 'workspace' }],
      locale: 'en',
      ...given,
    });
    await this.connection.sendNotification(InitializedNotification.type, {});
    return result;
  }

  uri(path: string): string {
    return URI.file(join(this.workspace, path)).toString();
  }

  private pathOf(uri: string): string {
    return URI.parse(uri)
      .fsPath.slice(this.workspace.length + 1)
      .replaceAll('\\', '/');
  }

  read(path: string): string {
    return readFileSync(join(this.workspace, path), 'utf8');
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.workspace, path)), { recursive: true });
    writeFileSync(join(this.workspace, path), content);
  }

  remove(path: string): void {
    rmSync(join(this.workspace, path), { recursive: true, force: true });
  }

  /** Tells the server what an editor's file watcher sees. */
  async changedOnDisk(path: string, type: FileChangeType): Promise<void> {
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
      changes: [{ uri: this.uri(path), type }],
    });
  }

  async open(path: string, text = this.read(path), languageId = 'c'): Promise<void> {
    const document = TextDocument.create(this.uri(path), languageId, 1, text);
    this.documents.set(path, document);
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri: document.uri, languageId, version: 1, text },
    });
  }

  document(path: string): TextDocument {
    const document = this.documents.get(path);
    if (!document) throw new Error(`${path} is not open`);
    return document;
  }

  /** One notification with all the changes; each applies to the text that the one before left. */
  async change(path: string, ...contentChanges: TextDocumentContentChangeEvent[]): Promise<void> {
    const document = this.document(path);
    TextDocument.update(document, contentChanges, document.version + 1);
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri: document.uri, version: document.version },
      contentChanges,
    });
  }

  /** Replaces the first occurrence of `from`. */
  async replace(path: string, from: string, to: string): Promise<void> {
    await this.change(path, { range: this.find(path, from), text: to });
  }

  /** Writes a document to disk, and tells that alone. */
  async save(path: string): Promise<void> {
    const { uri } = this.document(path);
    this.write(path, this.document(path).getText());
    await this.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
  }

  async close(path: string): Promise<void> {
    this.documents.delete(path);
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, {
      textDocument: { uri: this.uri(path) },
    });
  }

  /** Where `text` stands first in an open document. */
  find(path: string, text: string): Range {
    const document = this.document(path);
    const at = document.getText().indexOf(text);
    if (at < 0) throw new Error(`${path} does not hold ${text}`);
    return { start: document.positionAt(at), end: document.positionAt(at + text.length) };
  }

  async hover(path: string, at: Position, token?: CancellationToken): Promise<string | undefined> {
    const params = { textDocument: { uri: this.uri(path) }, position: at };
    const hover = await this.connection.sendRequest(HoverRequest.type, params, token);
    return (hover?.contents as MarkupContent | undefined)?.value;
  }

  async actions(path: string, range: Range, only?: readonly string[]): Promise<readonly CodeAction[]> {
    const actions = await this.connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri: this.uri(path) },
      range,
      context: { diagnostics: [], ...(only ? { only: [...only] } : {}) },
    });
    return (actions ?? []).filter(CodeAction.is);
  }

  /** Applies the edit of the first quick fix at a place whose title holds `title`. */
  async applyFix(path: string, at: Range, title: string): Promise<void> {
    const actions = await this.actions(path, at);
    const action = actions.find((one) => one.edit && one.title.includes(title));
    if (!action) throw new Error(`no ${title} in ${actions.map((one) => one.title)}`);
    await this.apply(action.edit);
  }

  /** Applies an edit as editors do: to documents that are open, and opens what it creates. */
  async apply(edit: WorkspaceEdit | undefined): Promise<void> {
    for (const change of edit?.documentChanges ?? []) {
      if (CreateFile.is(change)) {
        await this.open(this.pathOf(change.uri), '');
        continue;
      }
      if (!TextDocumentEdit.is(change)) throw new Error('a file is moved or deleted');
      const path = this.pathOf(change.textDocument.uri);
      const { version } = change.textDocument;
      if (version !== null && version !== this.document(path).version)
        throw new Error('an edit for another version');
      for (const one of [...change.edits].reverse()) {
        if (!('newText' in one)) throw new Error('a snippet');
        await this.change(path, { range: one.range, text: one.newText });
      }
    }
  }

  /** Waits until what is published satisfies `isIt`; the test's timeout ends the wait. */
  async until(isIt: () => boolean): Promise<void> {
    if (isIt()) return;
    await new Promise<void>((resolve) => {
      const listener = () => {
        if (!isIt()) return;
        this.listeners = this.listeners.filter((other) => other !== listener);
        resolve();
      };
      this.listeners.push(listener);
    });
  }

  diagnostics(path: string): readonly Diagnostic[] {
    return this.published.get(path)?.diagnostics ?? [];
  }

  rules(path: string): readonly unknown[] {
    return this.diagnostics(path).map(({ code }) => code);
  }

  async shutdown(): Promise<number | null> {
    await this.connection.sendRequest(ShutdownRequest.type);
    return this.exitNow();
  }

  /** `exit` alone; what the process ends with. */
  async exitNow(): Promise<number | null> {
    await this.connection.sendNotification(ExitNotification.type);
    return this.exit;
  }

  /** Ends a server that a test has not ended, and takes the workspace away. */
  dispose(): void {
    this.connection.dispose();
    this.process.kill();
    rmSync(this.workspace, { recursive: true, force: true });
  }
}
