/** The sources at one moment, what they evaluate to, and what is wrong with them. Immutable. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { RuleContext } from '../memmap/context';
import type { Finding } from '../memmap/finding';
import type { Layout, LayoutNode } from '../memmap/layout';
import { isServed } from '../project/discover';
import type { Settings } from '../project/settings';
import type { FrozenSources } from './sources';

export interface Snapshot {
  readonly layout: Layout;
  readonly findings: readonly Finding[];
  readonly settings: Settings;
  /** What fixes are computed from. */
  readonly context: RuleContext;
  /** Whether the extension answers for the file: the `files` setting says so. */
  isServed(file: string): boolean;
  /** The file's text and lines; undefined where nothing reads it or it is no text. */
  document(file: string): TextDocument | undefined;
  /** The editor's version of the document; undefined where it is not open. */
  version(file: string): number | undefined;
  /** The OS nodes whose evaluation read the file, by OSID. */
  nodesReading(file: string): readonly LayoutNode[];
}

export interface SnapshotParts {
  readonly context: RuleContext;
  readonly findings: readonly Finding[];
  readonly sources: FrozenSources;
  readonly folders: readonly string[];
}

export function createSnapshot({ context, findings, sources, folders }: SnapshotParts): Snapshot {
  const { layout, settings } = context;
  const readers = new Map<string, LayoutNode[]>();
  for (const node of layout.nodes) {
    for (const file of new Set(node.evaluation.files)) {
      const nodes = readers.get(file);
      if (nodes) nodes.push(node);
      else readers.set(file, [node]);
    }
  }
  return {
    layout,
    findings,
    settings,
    context,
    isServed: (file) => isServed(file, folders, settings),
    document: (file) => sources.get(file) ?? undefined,
    version: (file) => sources.version(file),
    nodesReading: (file) => readers.get(file) ?? [],
  };
}
