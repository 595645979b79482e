/** A project's sources at one moment, what they evaluate to, and what is wrong with them. Immutable. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { IomemReading } from '../evidence/iomem';
import type { RuleContext } from '../memmap/context';
import type { Finding } from '../memmap/finding';
import type { Layout, LayoutNode } from '../memmap/layout';
import { isServed } from '../project/discover';
import { hasIomemName, IOMEM_LANGUAGE } from '../project/iomem-files';
import type { Settings } from '../project/settings';
import type { SourceTree } from '../project/tree';
import { parentOf, relativePath } from '../project/uri';
import type { FrozenSources } from './sources';

export interface Snapshot {
  readonly layout: Layout;
  readonly findings: readonly Finding[];
  readonly settings: Settings;
  /** What fixes are computed from. */
  readonly context: RuleContext;
  /** Whether the extension answers for the file as C: the `files` setting says so, and it is no dump. */
  isServed(file: string): boolean;
  /**
   * What the file shows where it is a dump of /proc/iomem: by its name, by the language that the editor opened it in,
   * or because the project file names it as one. Undefined for any other file.
   */
  iomem(file: string): IomemReading | undefined;
  /** The file's text and lines; undefined where nothing reads it or it is no text. */
  document(file: string): TextDocument | undefined;
  /** The editor's version of the document; undefined where it is not open. */
  version(file: string): number | undefined;
  /** The OS nodes whose evaluation read the file, by OSID. */
  nodesReading(file: string): readonly LayoutNode[];
}

/** How the source trees were looked for. */
export interface Search {
  /** URIs of the folders that were searched. */
  readonly folders: readonly string[];
  /** Patterns of the files that the extension works on, as the editor's settings have them. */
  readonly globs: readonly string[];
  /** Trees that were found and not read, as somebody stopped the reading. */
  readonly unread: readonly SourceTree[];
}

/** The projects of a workspace at one moment. */
export interface WorkspaceSnapshot {
  readonly search: Search;
  /** At least one; those with trees come first. */
  readonly projects: readonly Snapshot[];
  /** The project that the file belongs to: whose nodes read it, whose trees it is in, whose project file it is. */
  of(file: string): Snapshot;
  /** As {@link Snapshot.version}. */
  version(file: string): number | undefined;
}

export interface SnapshotParts {
  readonly context: RuleContext;
  readonly findings: readonly Finding[];
  readonly sources: FrozenSources;
  readonly folders: readonly string[];
  readonly readIomem: (document: TextDocument) => IomemReading;
}

export function createSnapshot(parts: SnapshotParts): Snapshot {
  const { context, findings, sources, folders, readIomem } = parts;
  const { layout, settings, project } = context;
  const isIomem = (file: string) =>
    hasIomemName(file) ||
    sources.get(file)?.languageId === IOMEM_LANGUAGE ||
    project.file?.nodes.some(({ evidence }) => evidence.iomem === file) === true;
  return {
    layout,
    findings,
    settings,
    context,
    isServed: (file) => !isIomem(file) && isServed(file, folders, settings),
    iomem: (file) => {
      const document = isIomem(file) ? sources.get(file) : undefined;
      return document ? readIomem(document) : undefined;
    },
    document: (file) => sources.get(file) ?? undefined,
    version: (file) => sources.version(file),
    nodesReading: (file) => layout.nodes.filter(({ evaluation }) => evaluation.files.includes(file)),
  };
}

export function workspaceSnapshot(
  projects: readonly Snapshot[],
  sources: FrozenSources,
  search: Search,
): WorkspaceSnapshot {
  return {
    search,
    projects,
    of: (file) => ownerOf(file, projects),
    version: (file) => sources.version(file),
  };
}

function ownerOf(file: string, projects: readonly Snapshot[]): Snapshot {
  const [first] = projects;
  const owner =
    projects.find((project) => project.nodesReading(file).length > 0 || isOwn(project, file)) ??
    projects.find((project) => isBelow(project, file)) ??
    first;
  if (!owner) throw new Error('a workspace has a project');
  return owner;
}

/** The project file, or one that it names. */
function isOwn({ context }: Snapshot, file: string): boolean {
  const project = context.project.file;
  return (
    project?.uri === file ||
    project?.nodes.some(({ evidence }) => Object.values(evidence).includes(file)) === true
  );
}

/** In one of the project's trees, or below its file. */
function isBelow({ context }: Snapshot, file: string): boolean {
  const { trees, file: project } = context.project;
  const folders = [...trees.map(({ root }) => root), ...(project ? [parentOf(project.uri)] : [])];
  return folders.some((folder) => relativePath(folder, file) !== undefined);
}
