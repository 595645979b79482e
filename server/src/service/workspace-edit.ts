/** Fixes as edits of the Language Server Protocol. */
import type { CreateFile, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { groupBy } from '../group-by';
import type { Fix } from '../memmap/finding';
import { rangeOf } from './positions';
import type { Snapshot } from './snapshot';

/**
 * @param versioned the client takes `documentChanges`: an edit then names the version it was computed from, and is
 *   refused for any other
 */
export function workspaceEdit(
  snapshot: Snapshot,
  fix: Pick<Fix, 'edits'>,
  versioned: boolean,
): WorkspaceEdit {
  const files = [...groupBy(fix.edits, ({ place }) => place.file)].map(
    ([uri, edits]): [string, TextEdit[]] => [
      uri,
      edits.map(({ place, newText }) => ({ range: rangeOf(snapshot, place), newText })),
    ],
  );
  if (!versioned) return { changes: Object.fromEntries(files) };
  return {
    documentChanges: files.flatMap(([uri, edits]) => [
      // A project file may not be there yet.
      ...(snapshot.document(uri) ? [] : [createFile(uri)]),
      { textDocument: { uri, version: snapshot.version(uri) ?? null }, edits },
    ]),
  };
}

function createFile(uri: string): CreateFile {
  return { kind: 'create', uri, options: { ignoreIfExists: true } };
}
