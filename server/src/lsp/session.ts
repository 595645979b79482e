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
import { type Locale, localeOf, type Message, message, render } from '../messages';
import { fileError } from '../project/file-error';
import type { FileAccess, SearchListener } from '../project/files';
import { withoutSlash } from '../project/uri';
import type { ParserFiles } from '../protocol';
import { createService, type FileChange, type Service } from '../service/service';
import type { WorkspaceSnapshot } from '../service/snapshot';
import { Announcer } from './announcer';
import { type ClientFeatures, clientFeatures, WATCHERS } from './capabilities';
import { isOnDisk } from './client-files';
import { settingsFrom } from './configuration';
import { Folders } from './folders';
import { FoundLog } from './found-log';
import { initializationOptions, workspaceFolders } from './initialization';
import { Publisher } from './publisher';
import { ReadingProgress } from './reading-progress';

/** What differs between Node and other hosts. */
export interface Platform {
  files(folders: () => readonly string[], listener: SearchListener): FileAccess;
  /** @param files what the client has handed over of it */
  parser(files: ParserFiles | undefined): Promise<CParser>;
  /** The person's language, for clients that do not tell it. */
  readonly language?: string | undefined;
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
  readonly publisher: Publisher;
  private readonly announcer: Announcer;
  private readonly foundLog: FoundLog;
  private readonly folders: Folders;
  /** The newest section that the client gave without being asked. */
  private given: unknown;
  private settings = settingsFrom(undefined);
  private configurations = 0;
  private isConfigured = false;

  constructor(
    private readonly connection: Connection,
    platform: Platform,
    parser: CParser,
    params: InitializeParams,
  ) {
    this.locale = localeOf(params.locale ?? platform.language);
    const options = initializationOptions(params.initializationOptions);
    const { documentation, layoutChanged = false } = options;
    this.client = clientFeatures(params.capabilities, options);
    this.documentation = documentation;
    this.given = options.kexecMint;
    this.folders = new Folders(workspaceFolders(params).map(canonical));
    this.publisher = new Publisher(connection, this);
    const { client, locale } = this;
    this.announcer = new Announcer(connection, {
      client,
      locale,
      layoutChanged,
      log: (error) => this.log(error),
    });
    const reaches = (uri: string) => client.readsFiles || isOnDisk(uri);
    const folders = () => this.folders.current.filter(reaches);
    const warn = (text: Message) => connection.console.warn(render(text, this.locale));
    const disk = platform.files(folders, {
      endedAfter: (entries) => warn(message('editor.search-ended', { entries })),
      unreadable: (folder, error) =>
        warn(message('file.unreadable', { file: folder, why: fileError(error) })),
    });
    const files: FileAccess = {
      read: async (uri, options) => (reaches(uri) ? disk.read(uri, options) : undefined),
      find: async (globs) => {
        await this.folders.locate(files, this.settings);
        return disk.find(globs);
      },
    };
    const log = (error: unknown) => this.log(error);
    const reading = new ReadingProgress(connection, {
      locale,
      isShown: client.showsProgress,
      stop: () => this.service.stopReading(),
      log,
    });
    this.foundLog = new FoundLog(connection.console, locale);
    this.service = createService({ files, parser, encoding: client.encoding, folders, log, reading });
  }

  /** Once the client takes requests: watches, asks for the settings, publishes. */
  async start(): Promise<void> {
    const { connection, client } = this;
    if (client.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const [come, gone] = [added, removed].map((folders) => folders.map(({ uri }) => canonical(uri)));
        this.folders.change(come ?? [], gone ?? []);
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
    if (!client.registersWatchers) connection.console.info(render(message('log.unwatched'), this.locale));
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
    if (typeof pushed === 'object' && pushed !== null && SECTION in pushed) {
      this.given = pushed[SECTION];
      return this.given;
    }
    return (this.client.configuration ? await this.askedSection() : undefined) ?? this.given;
  }

  private async askedSection(): Promise<unknown> {
    try {
      return await this.connection.workspace.getConfiguration(SECTION);
    } catch (error) {
      this.log(error);
      return undefined;
    }
  }

  opened(document: TextDocument): void {
    const uri = canonical(document.uri);
    const isNew = this.folders.opened(uri);
    this.service.open(uri, document.version, document.getText(), document.languageId);
    if (isNew && (this.folders.followsDocuments || !this.client.registersWatchers)) this.service.rediscover();
    this.update();
  }

  closed(document: TextDocument): void {
    const uri = canonical(document.uri);
    this.folders.closed(uri);
    this.service.close(uri);
    if (this.folders.followsDocuments) this.service.rediscover();
    this.update();
  }

  /** Told by clients that do not tell what changes on disk. */
  saved(): void {
    this.service.rediscover();
    this.update();
  }

  filesChanged(changes: readonly FileEvent[]): void {
    for (const { uri, type } of changes) {
      const file = canonical(uri);
      this.service.changed(file, CHANGES[type] ?? 'changed');
      if (this.folders.isOpen(file)) this.announcer.saved(file);
    }
    this.update();
  }

  log(error: unknown): void {
    this.connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
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
