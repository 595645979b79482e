/** Document links of a dump of /proc/iomem: from an entry's addresses to the statement that sets the region it shows. */
import type { DocumentLink } from 'vscode-languageserver-types';
import { type Locale, message, render } from '../../../messages';
import { placesOf, predictingRegions } from '../../iomem-regions';
import { placeUri, rangeOf } from '../../positions';
import type { Snapshot } from '../../snapshot';

export function iomemLinks(snapshot: Snapshot, file: string, locale: Locale): readonly DocumentLink[] {
  return (snapshot.iomem(file)?.entries ?? []).flatMap((entry) => {
    const [nearest] = predictingRegions(snapshot, file, entry);
    if (!nearest) return [];
    const { node, region } = nearest;
    const [statement] = placesOf(nearest);
    const { start, end } = entry.place;
    return [
      {
        range: rangeOf(snapshot, { file, start, end }),
        target: placeUri(snapshot, statement),
        tooltip: render(message('editor.iomem.link', { osid: node.osid, region: region.name }), locale),
      },
    ];
  });
}
