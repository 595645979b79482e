/** Between offsets of the evaluator and positions of the Language Server Protocol (UTF-16 on both sides). */
import type { Location, Position, Range } from 'vscode-languageserver-types';
import type { Span } from '../c/source';
import { fileName, type Place } from '../messages';
import type { Snapshot } from './snapshot';

const BEGINNING: Position = { line: 0, character: 0 };

/** The file's beginning where its text is not at hand. */
export function rangeOf(snapshot: Pick<Snapshot, 'document'>, { file, start, end }: Span): Range {
  const document = snapshot.document(file);
  if (!document) return { start: BEGINNING, end: BEGINNING };
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function locationOf(snapshot: Pick<Snapshot, 'document'>, span: Span): Location {
  return { uri: span.file, range: rangeOf(snapshot, span) };
}

/** `file:///…/mint.h#L12,3`, counted from 1: the fragment is how VS Code names a position. */
export function placeUri(snapshot: Pick<Snapshot, 'document'>, place: Place): string {
  const { start } = rangeOf(snapshot, place);
  return `${place.file}#L${start.line + 1},${start.character + 1}`;
}

/** `mint.h:12`, lines counted from 1 as editors show them. */
export function placeText(snapshot: Pick<Snapshot, 'document'>): (place: Place) => string {
  return (place) => {
    const document = snapshot.document(place.file);
    return document ? `${fileName(place)}:${document.positionAt(place.start).line + 1}` : fileName(place);
  };
}
