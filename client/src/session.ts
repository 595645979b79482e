/** The language server and the connection to it. */
import { commands, Disposable, EventEmitter, type LogOutputChannel, Uri, window, workspace } from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  type LanguageClientOptions,
  State,
} from 'vscode-languageclient';
import {
  CLIENT_COMMANDS,
  FIND_FILES_REQUEST,
  type FindFilesParams,
  type InitializationOptions,
  LAYOUT_CHANGED,
  READ_FILE_REQUEST,
  type ReadFileParams,
} from '../../server/src/protocol';
import { onCServersChanged, settingsMiddleware } from './c-language-features';
import { documentSelector, schemes } from './selector';
import { ServerEnds, type Told } from './server-ends';
import { text } from './texts';
import { findFiles, readFile } from './virtual-files';

export const NAME = 'Kexec-Mint';
/** Of the client, and the section of its settings. */
export const ID = 'kexecMint';

/** Where the server runs. */
export interface ServerHost {
  createClient(
    options: LanguageClientOptions & { readonly initializationOptions: InitializationOptions },
  ): BaseLanguageClient | Promise<BaseLanguageClient>;
  /** Ends what is left of a server whose client has stopped. */
  end?(): void;
}

const INITIALIZATION: InitializationOptions = {
  layoutChanged: true,
  commands: CLIENT_COMMANDS,
  readsFiles: true,
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
  /** Whether the server runs now. One that has crashed is started again. */
  readonly onRunning = this.states.event;
  private client: BaseLanguageClient | undefined;
  private ends = new ServerEnds(tell);
  private last: Promise<void> = Promise.resolve();
  private readonly cServers = onCServersChanged(() => this.tellSettings());
  /** The file systems that the selector names. */
  private served = '';
  private readonly changes: Disposable;

  constructor(private readonly host: ServerHost) {
    // The selector is fixed for a client's life.
    const outdated = () => {
      if (this.client) void this.restart();
    };
    this.changes = Disposable.from(
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('kexecMint.files')) outdated();
      }),
      workspace.onDidChangeWorkspaceFolders(() => {
        if (schemes().join() !== this.served) outdated();
      }),
    );
  }

  /** The connection, where the server has been started. */
  get connection(): BaseLanguageClient | undefined {
    return this.client;
  }

  start(): Promise<void> {
    return this.enqueue(() => this.startAnew());
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  restart(): Promise<void> {
    return this.enqueue(async () => {
      await this.stopNow();
      await this.startAnew();
    });
  }

  dispose(): void {
    this.cServers.dispose();
    this.changes.dispose();
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

  /** Whatever has become of servers before. */
  private startAnew(): Promise<void> {
    this.ends = new ServerEnds(tell);
    return this.startNow();
  }

  /** Starts it, again where it ends meanwhile, as often as that makes sense. */
  private async startNow(): Promise<void> {
    while (!this.client) {
      const client = await this.createClient();
      this.client = client;
      try {
        await client.start();
        this.layoutChanges.fire();
      } catch {
        // The client has logged it.
        await this.stopNow();
        if (!this.ends.isStartedAgain()) return;
      }
    }
  }

  private async createClient(): Promise<BaseLanguageClient> {
    this.served = schemes().join();
    let hasEnded = false;
    const client = await this.host.createClient({
      documentSelector: documentSelector(),
      outputChannel: this.output,
      initializationOptions: INITIALIZATION,
      middleware: settingsMiddleware,
      initializationFailedHandler: () => false,
      errorHandler: {
        // A message that cannot be read or written; if the connection is gone, its end follows.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => {
          hasEnded = true;
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    });
    // What ends and what does not start is told here, once.
    const { error } = client;
    client.error = (what, data, shows) => error.call(client, what, data, shows === 'force' ? false : shows);
    client.onRequest(READ_FILE_REQUEST, (params: ReadFileParams) => readFile(params));
    client.onRequest(FIND_FILES_REQUEST, ({ folder, globs }: FindFilesParams) =>
      findFiles(Uri.parse(folder), globs),
    );
    client.onNotification(LAYOUT_CHANGED, () => this.layoutChanges.fire());
    client.onDidChangeState(({ newState }) => {
      this.states.fire(newState === State.Running);
      // One that ends while it starts makes the start fail.
      if (hasEnded && newState === State.Stopped) void this.enqueue(() => this.startAfter(client));
    });
    return client;
  }

  private async startAfter(ended: BaseLanguageClient): Promise<void> {
    if (this.client !== ended) return;
    await this.stopNow();
    if (this.ends.isStartedAgain()) await this.startNow();
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // One that does not run says so.
    await client?.dispose().catch(() => undefined);
    this.host.end?.();
  }
}

async function tell(id: Told, count: number): Promise<void> {
  const show = text('client.server.show-output');
  const chosen = await window.showWarningMessage(text(id, { count }), show);
  if (chosen === show) await commands.executeCommand('kexecMint.showOutput');
}
