/** The fixes that a region's size offers whether or not anything is wrong. */
import type { Span } from '../../c/source';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import { type LayoutNode, windowRegion } from '../layout';
import { lastWrite, type QuantityOfNode, quantitiesAt, samePlace } from '../places';
import { nextRegion, windowEnd } from './end-targets';
import { isFix, moveEnd } from './move-end';
import { restoreSize } from './restore';
import { watchFixes } from './watch/watch';

/** Where the seed's second trial ended node 0's region: below it lay all of node 2's kernel text. */
const SECOND_TRIAL = 0x60000000n;

/** The fixes for a place in a size's assignment, for the node that {@link regionAt} finds there. */
export function fixesAt(context: RuleContext, place: Span): readonly Fix[] {
  const found = regionAt(context, place);
  return found?.part === 'size' && found.region === windowRegion(found.node)
    ? sizeFixes(context, found.node)
    : [];
}

/**
 * The start or size that the place decides. Where one assignment serves several nodes it is the lowest node's: the
 * monitor is the one that is extended. Where a condition picks some of them, the lowest of those.
 */
export function regionAt(context: Pick<RuleContext, 'layout'>, place: Span): QuantityOfNode | undefined {
  const found = quantitiesAt(context.layout, place);
  // Adjacent statements both touch the place between them: the one that holds it decides.
  const holding = found.filter(({ region, part }) => {
    const target = lastWrite(region[part])?.span;
    return target && target.start <= place.start && place.end <= target.end;
  });
  return holding[0] ?? found[0];
}

/** Without taking: to watch the others; then the size: to the window's end, to the second trial's address, to the next node's region, back to Mint's own size. */
export function sizeFixes(context: RuleContext, node: LayoutNode): readonly Fix[] {
  const region = windowRegion(node);
  if (!region) return [];
  const { window } = context.layout;
  const targets = [windowEnd(context), nextRegion(context, node, region)];
  const fixes = targets.flatMap((to) => (to ? [moveEnd(context, node, region, to.address, to.target)] : []));
  if (window.start < SECOND_TRIAL && SECOND_TRIAL < window.end) {
    fixes.push(moveEnd(context, node, region, SECOND_TRIAL));
  }
  const restored = restoreSize(context, node);
  return unique([...(restored ? [restored] : []), ...watchFixes(context, node), ...fixes.filter(isFix)]);
}

/** Without edits that say the same; the first title stays. */
function unique(fixes: readonly Fix[]): readonly Fix[] {
  return fixes.filter((fix, index) => !fixes.slice(0, index).some((earlier) => sameEdits(earlier, fix)));
}

function sameEdits(a: Fix, b: Fix): boolean {
  return (
    a.edits.length === b.edits.length &&
    a.edits.every((edit, index) => {
      const other = b.edits[index];
      return other !== undefined && edit.newText === other.newText && samePlace(edit.place, other.place);
    })
  );
}
