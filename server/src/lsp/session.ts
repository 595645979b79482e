/** One client's session, from `initialize` to the end: passes on what changes, and pushes what follows from it. */
import {
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type InitializeParams,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { CParser } from '../c/parser';
import { type Locale, localeOf, message, render } from '../messages';
import { isServed } from '../project/discover';
import type { FileAccess } from '../project/files';
import { parentOf, withoutSlash } from '../project/uri';
import type { InitializationOptions, ParserFiles } from '../protocol';
import { createService, type FileChange, type Service } from '../service/service';
import type { WorkspaceSnapshot } from '../service/snapshot';
import { Announcer } from './announcer';
import { type ClientFeatures, clientFeatures, WATCHERS } from './capabilities';
import { settingsFrom } from './configuration';
import { FoundLog } from './found-log';
import { Publisher } from './publisher';
import { ReadingProgress } from './reading-progress';

/** What differs between Node and other hosts. */
export interface Platform {
  /** @param onLimit told how many entries were looked at when a search ended early */
  files(folders: () => readonly string[], onLimit: (entries: number) => void): FileAccess;
  /** @param files what the client has handed over of it */
  parser(files: ParserFiles | undefined): Promise<CParser>;
}

const CHANGES: Readonly<Record<FileChangeType, FileChange>> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

const SECTION = 'kexecMint';

export class Session {
  readonly service: Service;
  readonly locale: Locale;
  readonly client: ClientFeatures;
  readonly documentation: string | undefined;
  readonly opensMap: boolean;
  private readonly publisher: Publisher;
  private readonly announcer: Announcer;
  private readonly foundLog: FoundLog;
  private readonly documents = new Set<string>();
  private folders: readonly string[];
  private settings = settingsFrom(undefined);
  private configurations = 0;
  private isConfigured = false;

  constructor(
    private readonly connection: Connection,
    platform: Platform,
    parser: CParser,
    params: InitializeParams,
  ) {
    this.locale = localeOf(params.locale);
    this.client = clientFeatures(params.capabilities);
    const {
      documentation,
      layoutChanged = false,
      opensMap = false,
    } = optionsFrom(params.initializationOptions);
    this.documentation = documentation;
    this.opensMap = opensMap;
    this.folders = (params.workspaceFolders ?? (params.rootUri ? [{ uri: params.rootUri }] : [])).map(
      ({ uri }) => canonical(uri),
    );
    this.publisher = new Publisher(connection, this);
    const { client, locale } = this;
    this.announcer = new Announcer(connection, {
      client,
      locale,
      layoutChanged,
      log: (error) => this.log(error),
    });
    const folders = () => this.searched();
    const files = platform.files(folders, (entries) =>
      connection.console.warn(render(message('editor.search-ended', { entries }), this.locale)),
    );
    const log = (error: unknown) => this.log(error);
    const reading = new ReadingProgress(connection, {
      locale,
      isShown: client.showsProgress,
      stop: () => this.service.stopReading(),
      log,
    });
    this.foundLog = new FoundLog(connection.console, locale);
    this.service = createService({ files, parser, folders, log, reading });
  }

  /** Once the client takes requests: watches, asks for the settings, publishes. */
  async start(): Promise<void> {
    const { connection, client } = this;
    if (client.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => canonical(uri)));
        this.folders = [
          ...this.folders.filter((uri) => !gone.has(uri)),
          ...added.map(({ uri }) => canonical(uri)),
        ];
        this.service.rediscover();
        this.update();
      });
    }
    await Promise.all([
      client.registersWatchers &&
        connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS }),
      client.registersConfiguration &&
        connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION }),
    ]).catch((error: unknown) => this.log(error));
    await this.configure(undefined);
  }

  /** @param pushed all settings, from a client that sends them; others are asked */
  async configure(pushed: unknown): Promise<void> {
    const turn = ++this.configurations;
    const section = await this.sectionOf(pushed);
    if (turn !== this.configurations) return;
    this.settings = settingsFrom(section);
    this.isConfigured = true;
    this.service.configure(this.settings);
    this.update();
  }

  private async sectionOf(pushed: unknown): Promise<unknown> {
    if (typeof pushed === 'object' && pushed !== null && SECTION in pushed) return pushed[SECTION];
    if (!this.client.configuration) return undefined;
    try {
      return await this.connection.workspace.getConfiguration(SECTION);
    } catch (error) {
      this.log(error);
      return undefined;
    }
  }

  opened(document: TextDocument): void {
    const uri = canonical(document.uri);
    const isNew = !this.documents.has(uri);
    this.documents.add(uri);
    this.service.open(uri, document.version, document.getText(), document.languageId);
    if (isNew && this.folders.length === 0) this.service.rediscover();
    this.update();
  }

  closed(document: TextDocument): void {
    const uri = canonical(document.uri);
    this.documents.delete(uri);
    this.service.close(uri);
    if (this.folders.length === 0) this.service.rediscover();
    this.update();
  }

  filesChanged(changes: readonly FileEvent[]): void {
    for (const { uri, type } of changes) {
      const file = canonical(uri);
      this.service.changed(file, CHANGES[type] ?? 'changed');
      if (this.documents.has(file)) this.announcer.saved(file);
    }
    this.update();
  }

  log(error: unknown): void {
    this.connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }

  /** Without a workspace folder the tree of an open document is searched for in the document's own folder. */
  private searched(): readonly string[] {
    if (this.folders.length > 0) return this.folders;
    const served = [...this.documents].filter((uri) => isServed(uri, [], this.settings));
    return [...new Set(served.map(parentOf))];
  }

  /** Publishes what follows from the newest state. The first settings are waited for: they decide what there is to say. */
  private update(): void {
    if (!this.isConfigured) return;
    const begun = performance.now();
    this.service
      .snapshot()
      .then((workspace) => {
        this.show(workspace);
        this.foundLog.log(workspace, performance.now() - begun);
      })
      .catch((error: unknown) => this.log(error));
  }

  private show(workspace: WorkspaceSnapshot): void {
    this.publisher.publish(workspace);
    this.announcer.announce(workspace);
  }
}

/** The spelling that discovery gives, so that a document and its file on disk are one. */
export function canonical(uri: string): string {
  return withoutSlash(URI.parse(uri).toString());
}

/** What an editor hands over may be anything. */
export function optionsFrom(given: unknown): InitializationOptions {
  if (typeof given !== 'object' || given === null) return {};
  const {
    parser,
    documentation,
    layoutChanged,
    opensMap,
  }: { [Key in keyof InitializationOptions]: unknown } = given;
  return {
    ...(isParserFiles(parser) ? { parser } : {}),
    ...(typeof documentation === 'string' ? { documentation } : {}),
    layoutChanged: layoutChanged === true,
    opensMap: opensMap === true,
  };
}

function isParserFiles(given: unknown): given is ParserFiles {
  if (typeof given !== 'object' || given === null) return false;
  const { runtime, language }: { [Key in keyof ParserFiles]?: unknown } = given;
  return runtime instanceof Uint8Array && language instanceof Uint8Array;
}
