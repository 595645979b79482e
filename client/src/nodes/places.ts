/** Where an element of the view stands in the sources. */
import type { Location } from 'vscode-languageserver-types';
import type { Element } from './elements';

/** Command of the view: its argument is an {@link Element}. */
export const GO_TO_SOURCE = 'kexecMint.goToSource';

/** The place that sets a region, that of its node's share, a finding's; undefined where nothing sets it. */
export function placeOf(element: Element): Location | undefined {
  switch (element.kind) {
    case 'project':
      return undefined;
    case 'node':
      return element.item.regions.find(({ isShare }) => isShare)?.places[0] ?? startOf(element.item.file);
    case 'region':
      return element.item.places[0];
    case 'kernel-text':
    case 'finding':
      return element.item.location;
  }
}

function startOf(uri: string): Location {
  const start = { line: 0, character: 0 };
  return { uri, range: { start, end: start } };
}
