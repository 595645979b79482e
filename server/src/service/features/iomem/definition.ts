/** Go to definition in a dump of /proc/iomem: from an entry to the statements that set the regions it shows. */
import type { Location, Position } from 'vscode-languageserver-types';
import { samePlace } from '../../../memmap/places';
import { placesOf, predictingRegions } from '../../iomem-regions';
import { locationOf } from '../../positions';
import type { Snapshot } from '../../snapshot';

export function iomemDefinition(snapshot: Snapshot, file: string, { line }: Position): readonly Location[] {
  const entry = snapshot.iomem(file)?.entries.find(({ place }) => place.line === line);
  const places = entry ? predictingRegions(snapshot, file, entry).flatMap(placesOf) : [];
  return places
    .filter((place, index) => !places.slice(0, index).some((other) => samePlace(other, place)))
    .map((place) => locationOf(snapshot, place));
}
