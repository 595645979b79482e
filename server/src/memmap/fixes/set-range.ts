/** The fix that gives a region another range: another start, another size, or both. */
import { message } from '../../messages';
import { type AddressRange, formatHex, formatRange, lengthOf } from '../../range';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import type { LayoutNode, Region } from '../layout';
import { checkedFix } from '../what-if';
import { assign, isMessage } from './assign';

/** Takes what evidence shows; undefined where no edit of the region's own expressions makes it so. */
export function setRange(
  context: RuleContext,
  node: LayoutNode,
  region: Region,
  range: AddressRange,
): Fix | undefined {
  const wanted = [
    { quantity: region.start, value: range.start },
    { quantity: region.size, value: lengthOf(range) },
  ].filter(({ quantity, value }) => quantity.value !== value);
  const assignments = wanted.flatMap(({ quantity, value }) => {
    const assignment = assign(context, node, quantity, formatHex(value));
    return isMessage(assignment) ? [] : [assignment];
  });
  if (assignments.length === 0 || assignments.length < wanted.length) return undefined;
  const fix = message('fix.from-evidence', {
    osid: node.osid,
    region: region.name,
    range: formatRange(range),
  });
  const condition = assignments.find((each) => each.condition !== undefined)?.condition;
  return checkedFix(context, {
    title: condition === undefined ? fix : message('fix.alone', { fix, condition }),
    node,
    region: region.name,
    range,
    edits: assignments.flatMap(({ edits }) => edits),
    alone: assignments.every(({ alone }) => alone),
  });
}
