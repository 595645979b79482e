/**
 * Pushes diagnostics: what changed since the last time, and an empty list for files that have none any more. A client that
 * asks for those of open documents gets the others alone, and is told when asking again is worth it.
 */
import type { Connection, Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver';
import { memoize } from '../memoize';
import { type DiagnosticOptions, diagnostics } from '../service/features/diagnostics';
import type { Snapshot, WorkspaceSnapshot } from '../service/snapshot';
import type { ClientFeatures } from './capabilities';
import { diagnosticFor } from './degrade';

export interface ClientOptions extends DiagnosticOptions {
  readonly client: ClientFeatures;
}

export interface PublisherOptions extends ClientOptions {
  log(error: unknown): void;
}

/** What the client has of a file. */
interface Sent {
  readonly version: number | undefined;
  readonly diagnostics: Diagnostic[];
  readonly text: string;
}

export class Publisher {
  /** The diagnostics of each file of a project that has any, as the client takes them. */
  readonly diagnosticsOf = memoize(
    (project: Snapshot): ReadonlyMap<string, Diagnostic[]> => {
      const files = [...diagnostics(project, this.options)];
      return new Map(
        files.map(([uri, found]) => [uri, found.map((each) => diagnosticFor(this.options.client, each))]),
      );
    },
    // While they are the same, the texts that they are places of are, too.
    ({ findings }) => findings,
  );
  private readonly sent = new Map<string, Sent>();
  /** What it may ask for. */
  private offered = '[]';

  constructor(
    private readonly connection: Connection,
    private readonly options: PublisherOptions,
  ) {}

  publish(workspace: WorkspaceSnapshot): void {
    const all = workspace.projects.flatMap((project) => [...this.diagnosticsOf(project)]);
    const isPulled = (uri: string) =>
      this.options.client.pullsDiagnostics && workspace.version(uri) !== undefined;
    const current = new Map(all.filter(([uri]) => !isPulled(uri)));
    for (const uri of new Set([...this.sent.keys(), ...current.keys()])) {
      this.send({ uri, version: workspace.version(uri), diagnostics: current.get(uri) ?? [] });
    }
    this.offer(all.filter(([uri]) => isPulled(uri)));
  }

  private send({ version, ...params }: PublishDiagnosticsParams): void {
    const { uri, diagnostics } = params;
    const sent = this.sent.get(uri);
    if (sent?.diagnostics === diagnostics && sent.version === version) return;
    const text = JSON.stringify(diagnostics);
    if (diagnostics.length === 0) this.sent.delete(uri);
    else this.sent.set(uri, { version, diagnostics, text });
    if (sent?.text === text && sent.version === version) return;
    const versioned = this.options.client.diagnosticVersions ? { ...params, version } : params;
    void this.connection.sendDiagnostics(versioned);
  }

  private offer(pulled: readonly (readonly [string, Diagnostic[]])[]): void {
    const offered = JSON.stringify(pulled);
    if (this.offered === offered) return;
    this.offered = offered;
    if (!this.options.client.refreshesDiagnostics) return;
    this.connection.languages.diagnostics.refresh().catch((error: unknown) => this.options.log(error));
  }
}
