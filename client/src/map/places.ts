/** Between the picture and the code: which region a line sets, and which line sets a region. */
import {
  type Position,
  Selection,
  type TextDocument,
  type TextEditor,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { PictureResult, RegionName } from '../../../server/src/protocol';

type RegionPlaces = PictureResult['regions'];

/** The regions that the line with the cursor sets: one tree may serve several nodes. */
export function regionsAtCursor(
  regions: RegionPlaces,
  editor: TextEditor | undefined,
): readonly RegionName[] {
  if (!editor) return [];
  const file = editor.document.uri.toString();
  const { line } = editor.selection.active;
  return regions
    .filter(({ places }) =>
      places.some(
        ({ uri, range }) =>
          Uri.parse(uri).toString() === file && range.start.line <= line && line <= range.end.line,
      ),
    )
    .map(({ osid, region }) => ({ osid, region }));
}

/** Puts the cursor on the line that sets the region, in an editor beside the panel. */
export async function revealRegion(
  regions: RegionPlaces,
  { osid, region }: RegionName,
  panel: ViewColumn | undefined,
): Promise<void> {
  const [place] = regions.find((each) => each.osid === osid && each.region === region)?.places ?? [];
  if (!place) return;
  const { line, character } = place.range.start;
  const document = await workspace.openTextDocument(Uri.parse(place.uri));
  await showBeside(document, panel, document.validatePosition(positionAt(document, line, character)), false);
}

function positionAt(document: TextDocument, line: number, character: number): Position {
  return document.lineAt(Math.min(line, document.lineCount - 1)).range.start.translate(0, character);
}

/** Shows a document where it is on screen already, else beside the panel; never in the panel's place. */
export async function showBeside(
  document: TextDocument,
  panel: ViewColumn | undefined,
  position: Position | undefined,
  preserveFocus: boolean,
): Promise<void> {
  const shown = window.visibleTextEditors.find((editor) => editor.document === document && editor.viewColumn);
  const beside = panel === ViewColumn.One ? ViewColumn.Two : ViewColumn.One;
  await window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? beside,
    preserveFocus,
    ...(position ? { selection: new Selection(position, position) } : {}),
  });
}
