/**
 * Go to definition: where a name of the two files is declared or #defined, in the trees that read the file. Nothing where
 * another server is to say it.
 */
import type { Location, Position } from 'vscode-languageserver-types';
import { samePlace } from '../../memmap/places';
import { locationOf } from '../positions';
import type { Snapshot } from '../snapshot';
import { tokenAt } from '../token-at';

export function definition(snapshot: Snapshot, file: string, position: Position): readonly Location[] {
  const isAsked = snapshot.settings.cLanguageFeatures !== 'off';
  const document = isAsked && snapshot.isServed(file) ? snapshot.document(file) : undefined;
  if (!document) return [];
  const token = tokenAt(document, position);
  if (token?.kind !== 'identifier') return [];
  const places = snapshot
    .nodesReading(file)
    .flatMap((node) => node.evaluation.definitions.get(token.text) ?? [])
    .filter(({ kind }) => kind !== 'pinned')
    .map(({ span }) => span);
  return places
    .filter((place, index) => !places.slice(0, index).some((other) => samePlace(other, place)))
    .map((place) => locationOf(snapshot, place));
}
