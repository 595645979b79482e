/** What the last commit has, through the editor's own git extension where it is there and on. */
import { type Disposable, type Event, EventEmitter, extensions, type Uri } from 'vscode';

/** Of the git extension's API (version 1), the members used here. */
interface GitExtension {
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly repositories: readonly Repository[];
  readonly onDidOpenRepository: Event<Repository>;
  readonly onDidCloseRepository: Event<Repository>;
  getRepository(uri: Uri): Repository | null;
}

interface Repository {
  readonly rootUri: Uri;
  readonly state: {
    readonly HEAD?: { readonly commit?: string };
    readonly mergeChanges: readonly Change[];
    readonly indexChanges: readonly Change[];
    readonly workingTreeChanges: readonly Change[];
    readonly onDidChange: Event<void>;
  };
  /** The bytes of a file in a commit; rejected where the commit has no such file. */
  buffer(ref: string, path: string): Promise<Uint8Array>;
}

interface Change {
  readonly uri: Uri;
}

/** The last commit of a repository. */
export interface LastCommit {
  /** Its full hash. */
  readonly hash: string;
  /** Files that differ from it on disk. */
  readonly changed: readonly Uri[];
  /** Its bytes of a file; undefined where it has no such file. */
  bytes(uri: Uri): Promise<Uint8Array | undefined>;
}

export class Git implements Disposable {
  private readonly changes = new EventEmitter<void>();
  /** A repository has come, gone or changed. */
  readonly onDidChange = this.changes.event;
  private readonly subscriptions: Disposable[] = [this.changes];
  private readonly watched = new Map<Repository, Disposable>();
  private readonly cache = new CommittedFiles();
  private api: Promise<GitApi | undefined> | undefined;

  async lastCommit(uri: Uri): Promise<LastCommit | undefined> {
    this.api ??= this.connect();
    const api = await this.api;
    // The person may turn it on later.
    if (!api) this.api = undefined;
    const repository = api?.getRepository(uri);
    const hash = repository?.state.HEAD?.commit;
    if (!repository || !hash) return undefined;
    const { mergeChanges, indexChanges, workingTreeChanges } = repository.state;
    return {
      hash,
      changed: [...mergeChanges, ...indexChanges, ...workingTreeChanges].map((change) => change.uri),
      bytes: (file) => this.cache.bytes(repository, hash, file),
    };
  }

  dispose(): void {
    for (const each of [...this.subscriptions, ...this.watched.values()]) each.dispose();
  }

  private async connect(): Promise<GitApi | undefined> {
    const extension = extensions.getExtension<GitExtension>('vscode.git');
    if (!extension) return undefined;
    try {
      const api = (await extension.activate()).getAPI(1);
      for (const repository of api.repositories) this.watch(repository);
      this.subscriptions.push(
        api.onDidOpenRepository((repository) => {
          this.watch(repository);
          this.changes.fire();
        }),
        api.onDidCloseRepository((repository) => {
          this.watched.get(repository)?.dispose();
          this.watched.delete(repository);
          this.changes.fire();
        }),
      );
      return api;
    } catch {
      // It is turned off in the settings.
      return undefined;
    }
  }

  private watch(repository: Repository): void {
    this.watched.get(repository)?.dispose();
    this.watched.set(
      repository,
      repository.state.onDidChange(() => this.changes.fire()),
    );
  }
}

/** The files of the last commit that was asked about: a commit never changes. */
class CommittedFiles {
  private commit = '';
  private files = new Map<string, Promise<Uint8Array | undefined>>();

  bytes(repository: Repository, hash: string, uri: Uri): Promise<Uint8Array | undefined> {
    const commit = `${repository.rootUri} ${hash}`;
    if (commit !== this.commit) this.files = new Map();
    this.commit = commit;
    const key = uri.toString();
    const known = this.files.get(key);
    if (known) return known;
    const asked = repository.buffer(hash, uri.fsPath).catch(() => undefined);
    this.files.set(key, asked);
    return asked;
  }
}
