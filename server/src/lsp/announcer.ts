/** Tells the client that what it shows of the layouts is another one now: lenses and hints, lists and pictures. */
import type { Connection } from 'vscode-languageserver';
import type { RuleContext } from '../memmap/context';
import { memoize } from '../memoize';
import type { Locale } from '../messages';
import { LAYOUT_CHANGED } from '../protocol';
import { layout } from '../service/features/layout';
import type { WorkspaceSnapshot } from '../service/snapshot';
import type { ClientFeatures } from './capabilities';

export interface AnnouncerOptions {
  readonly client: ClientFeatures;
  readonly locale: Locale;
  /** The client wants {@link LAYOUT_CHANGED}. */
  readonly layoutChanged: boolean;
  readonly log: (error: unknown) => void;
}

export class Announcer {
  private refreshed: string | undefined;
  private announced: string | undefined;
  /** How often each open document was written to disk: a picture may show what is saved beside what is not. */
  private readonly saves = new Map<string, number>();

  constructor(
    private readonly connection: Connection,
    private readonly options: AnnouncerOptions,
  ) {}

  saved(uri: string): void {
    this.saves.set(uri, (this.saves.get(uri) ?? 0) + 1);
  }

  announce(workspace: WorkspaceSnapshot): void {
    const memory = memoryOf(workspace);
    const isOther = this.refreshed !== undefined && this.refreshed !== memory;
    this.refreshed = memory;
    // An edit in one tree changes what lenses and tooltips in the others say.
    if (isOther) this.refresh();
    if (!this.options.layoutChanged) return;
    const saves = [...this.saves].filter(([uri]) => restsOn(workspace, uri));
    const shown = JSON.stringify([memory, layout(workspace, this.options.locale), saves]);
    if (this.announced === shown) return;
    this.announced = shown;
    this.connection.sendNotification(LAYOUT_CHANGED).catch(this.options.log);
  }

  private refresh(): void {
    const { connection, options } = this;
    if (options.client.refreshesHints) connection.languages.inlayHint.refresh().catch(options.log);
    if (options.client.refreshesLenses)
      connection.sendRequest('workspace/codeLens/refresh').catch(options.log);
  }
}

/** The memory of all nodes, with what the sources and the dumps say of it. */
function memoryOf({ projects }: WorkspaceSnapshot): string {
  return JSON.stringify(projects.map(({ context }) => memoryOfProject(context)));
}

const memoryOfProject = memoize(({ settings, layout: { nodes }, project }: RuleContext): string =>
  JSON.stringify(
    [
      settings,
      project.file?.allowances,
      nodes.map(({ osid, regions, evidence }) => [
        osid,
        regions.map(({ range }) => range),
        evidence.kernelText?.range,
        evidence.reports.map(({ file, ram }) => [file, ram]),
      ]),
    ],
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
  ),
);

function restsOn({ projects }: WorkspaceSnapshot, uri: string): boolean {
  return projects.some(
    (project) => project.nodesReading(uri).length > 0 || project.context.project.file?.uri === uri,
  );
}
