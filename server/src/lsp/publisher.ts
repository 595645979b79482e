/** Pushes diagnostics: what changed since the last time, and an empty list for files that have none any more. */
import type { Connection, PublishDiagnosticsParams } from 'vscode-languageserver';
import { type DiagnosticOptions, diagnostics } from '../service/features/diagnostics';
import type { WorkspaceSnapshot } from '../service/snapshot';

export class Publisher {
  /** What the client has, by URI, as it was sent. */
  private readonly sent = new Map<string, string>();

  constructor(
    private readonly connection: Connection,
    private readonly options: DiagnosticOptions,
  ) {}

  publish(workspace: WorkspaceSnapshot): void {
    const current = new Map(workspace.projects.flatMap((project) => [...diagnostics(project, this.options)]));
    for (const uri of new Set([...this.sent.keys(), ...current.keys()])) {
      this.send({ uri, version: workspace.version(uri), diagnostics: [...(current.get(uri) ?? [])] });
    }
  }

  private send(params: PublishDiagnosticsParams): void {
    const text = JSON.stringify(params);
    if (this.sent.get(params.uri) === text) return;
    if (params.diagnostics.length === 0) this.sent.delete(params.uri);
    else this.sent.set(params.uri, text);
    void this.connection.sendDiagnostics(params);
  }
}
