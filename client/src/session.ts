/** The language server's process and the connection to it. */
import { join } from 'node:path';
import {
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
  window,
  workspace,
} from 'vscode';
import {
  DidChangeConfigurationNotification,
  LanguageClient,
  type NodeModule,
  State,
  TransportKind,
} from 'vscode-languageclient/node';
import { CLIENT_COMMANDS, type InitializationOptions, LAYOUT_CHANGED } from '../../server/src/protocol';
import { onCServersChanged, settingsMiddleware } from './c-language-features';
import { documentSelector } from './selector';

const NAME = 'Kexec-Mint';

const INITIALIZATION: InitializationOptions = {
  layoutChanged: true,
  commands: CLIENT_COMMANDS,
  // Findings of one edit may be in several files, and are wanted with it.
  diagnostics: 'push',
};

/** At most one running server. Starts and stops queue up, so that a restart never leaves two behind. */
export class ServerSession implements Disposable {
  readonly output: LogOutputChannel = window.createOutputChannel(NAME, { log: true });
  private readonly layoutChanges = new EventEmitter<void>();
  /** The layout of a project, or what is found about it, may be another one now. */
  readonly onLayoutChanged = this.layoutChanges.event;
  private readonly states = new EventEmitter<boolean>();
  /** Whether the server runs now. One that has crashed is started again by the client. */
  readonly onRunning = this.states.event;
  private client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();
  private readonly settings: Disposable;
  private readonly cServers = onCServersChanged(() => this.tellSettings());

  constructor(private readonly context: ExtensionContext) {
    // The selector is fixed for a client's life.
    this.settings = workspace.onDidChangeConfiguration((change) => {
      if (this.client && change.affectsConfiguration('kexecMint.files')) void this.restart();
    });
  }

  /** The connection, where the server has been started. */
  get connection(): LanguageClient | undefined {
    return this.client;
  }

  start(): Promise<void> {
    return this.enqueue(() => this.startNow());
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopNow();
      await this.startNow();
    });
  }

  dispose(): void {
    this.settings.dispose();
    this.cServers.dispose();
    this.layoutChanges.dispose();
    this.states.dispose();
    this.output.dispose();
  }

  /** The server asks for the settings then; one that does not run asks when it starts. */
  private tellSettings(): void {
    const { type } = DidChangeConfigurationNotification;
    this.client?.sendNotification(type, { settings: null }).catch(() => undefined);
  }

  private enqueue(action: () => Promise<void>): Promise<void> {
    this.last = this.last.then(action, action);
    return this.last;
  }

  private async startNow(): Promise<void> {
    if (this.client) return;
    const server: NodeModule = {
      module: this.context.asAbsolutePath(join('dist', 'server.js')),
      transport: TransportKind.ipc,
    };
    this.client = new LanguageClient('kexecMint', NAME, server, {
      documentSelector: documentSelector(),
      outputChannel: this.output,
      initializationOptions: INITIALIZATION,
      middleware: settingsMiddleware,
    });
    this.client.onNotification(LAYOUT_CHANGED, () => this.layoutChanges.fire());
    this.client.onDidChangeState(({ newState }) => this.states.fire(newState === State.Running));
    await this.client.start();
    this.layoutChanges.fire();
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    await client?.dispose();
  }
}
