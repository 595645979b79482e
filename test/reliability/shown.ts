/** All that an editor shows of a workspace, as data: two services in the same state show the same. */
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-types';
import { codeActions } from '../../server/src/service/features/code-actions';
import { codeLenses } from '../../server/src/service/features/code-lens';
import { definition } from '../../server/src/service/features/definition';
import { diagnostics } from '../../server/src/service/features/diagnostics';
import { documentSymbols } from '../../server/src/service/features/document-symbols';
import { explainOverlaps } from '../../server/src/service/features/explain-overlaps';
import { found } from '../../server/src/service/features/found';
import { hover } from '../../server/src/service/features/hover';
import { inlayHints } from '../../server/src/service/features/inlay-hints';
import { foldingRanges } from '../../server/src/service/features/iomem/folding-ranges';
import { iomemHover } from '../../server/src/service/features/iomem/hover';
import { layout } from '../../server/src/service/features/layout';
import { exportPicture } from '../../server/src/service/features/picture';
import type { Snapshot, WorkspaceSnapshot } from '../../server/src/service/snapshot';

const OPTIONS = { locale: 'en', versioned: false, createsFiles: true } as const;

/** @param step every so many characters a place is asked about; hovers and fixes cost most */
export function shown(workspace: WorkspaceSnapshot, step = 400): unknown {
  return {
    layout: layout(workspace, 'en'),
    found: found(workspace, undefined, 'ja'),
    overlaps: explainOverlaps(workspace.projects, 'ja'),
    projects: workspace.projects.map((snapshot) => ({
      diagnostics: [...diagnostics(snapshot, { locale: 'en' })].sort(([a], [b]) => (a < b ? -1 : 1)),
      markdown: exportPicture(snapshot, undefined, 'markdown', 'en'),
      svg: exportPicture(snapshot, undefined, 'svg', 'ja'),
      files: filesOf(snapshot).map((document) => shownIn(snapshot, document, step)),
    })),
  };
}

/** Every document that nodes or findings rest on. */
export function filesOf(snapshot: Snapshot): readonly TextDocument[] {
  const { nodes } = snapshot.layout;
  const files = new Set([
    ...nodes.flatMap(({ evaluation }) => [...evaluation.files]),
    ...snapshot.findings.map(({ place }) => place.file),
  ]);
  return [...files].sort().flatMap((file) => snapshot.document(file) ?? []);
}

function shownIn(snapshot: Snapshot, document: TextDocument, step: number): unknown {
  const { uri } = document;
  const whole = { start: document.positionAt(0), end: document.positionAt(document.getText().length) };
  if (snapshot.iomem(uri)) {
    return { uri, folds: foldingRanges(snapshot, uri), hover: iomemHover(snapshot, uri, whole.start, 'en') };
  }
  return {
    uri,
    lenses: codeLenses(snapshot, uri, 'en'),
    hints: inlayHints(snapshot, uri, whole, 'en'),
    symbols: documentSymbols(snapshot, uri),
    places: placesIn(document, step).map((position) => ({
      position,
      hover: hover(snapshot, uri, position, 'en'),
      definition: definition(snapshot, uri, position),
      actions: codeActions(snapshot, uri, { start: position, end: position }, {}, OPTIONS),
    })),
  };
}

function placesIn(document: TextDocument, step: number): readonly Position[] {
  const count = Math.ceil(document.getText().length / step);
  return Array.from({ length: count }, (_, index) => document.positionAt(index * step + (index % step)));
}
