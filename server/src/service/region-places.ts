/** Where a file gives regions their starts and sizes. */

import type { Location } from 'vscode-languageserver-types';
import type { Write } from '../c/evaluation';
import type { Span } from '../c/source';
import type { Value } from '../c/value';
import { type LayoutNode, type Region, windowRegion } from '../memmap/layout';
import { locationOf } from './positions';
import type { Snapshot } from './snapshot';

/** A place that sets a start or size for one OS node: an assignment, an initialiser, a call of a macro, or a #define. */
export interface Setting {
  readonly node: LayoutNode;
  /** `region3` */
  readonly region: string;
  readonly part: 'start' | 'size';
  /** `mint_region3_start` */
  readonly variable: string;
  /** From the assigned name to the end of what is assigned. */
  readonly place: Span;
  /** The variable's value after this place. */
  readonly value: Value;
}

/** In order of place, then of OSID. */
export function settingsIn(snapshot: Snapshot, file: string): readonly Setting[] {
  return snapshot
    .nodesReading(file)
    .flatMap((node) => settingsOf(node))
    .filter(({ place }) => place.file === file)
    .sort((a, b) => a.place.start - b.place.start || a.node.osid - b.node.osid);
}

/** All places that set a region of the node. */
export function settingsOf(node: LayoutNode): readonly Setting[] {
  return node.regions.flatMap((region) =>
    (['start', 'size'] as const).flatMap((part) => {
      const { variable, watched } = region[part];
      if (!watched) return [];
      const common = { node, region: region.name, part, variable };
      const { writes, definition, value } = watched;
      if (writes.length > 0) {
        return writes.map((write) => ({ ...common, place: placeOfWrite(write), value: write.value }));
      }
      return definition?.kind === 'macro' ? [{ ...common, place: definition.whole, value }] : [];
    }),
  );
}

/**
 * The places that set a region of the node, the one to go to first: of the region that divides the window what decides its
 * size, of others what decides their start.
 */
export function regionLocations(snapshot: Snapshot, node: LayoutNode, region: Region): readonly Location[] {
  const settings = settingsOf(node).filter((setting) => setting.region === region.name);
  const lastFirst = (part: 'start' | 'size') => settings.filter((setting) => setting.part === part).reverse();
  const parts = windowRegion(node) === region ? (['size', 'start'] as const) : (['start', 'size'] as const);
  const [main = [], other = []] = parts.map(lastFirst);
  const ordered = [...main.slice(0, 1), ...other.slice(0, 1), ...main.slice(1), ...other.slice(1)];
  return ordered.map(({ place }) => locationOf(snapshot, place));
}

function placeOfWrite(write: Write): Span {
  return write.macro?.span ?? write.span;
}
