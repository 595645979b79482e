/** The fix for a start that was written as a second size. */
import type { Write } from '../../c/evaluation';
import { message } from '../../messages';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import type { LayoutNode, Region } from '../layout';
import { isSet } from '../regions';
import { checkedFix } from '../what-if';
import { slice } from './source-text';

/** Makes the first of two assignments to the size one to the start, which has none. */
export function renameToStart(context: RuleContext, node: LayoutNode, region: Region): Fix | undefined {
  const [first, second, ...more] = plainWrites(region.size.watched?.writes ?? []);
  if (!first || !second || more.length > 0 || isSet(region.start.watched)) return undefined;
  const text = context.text(first.target.file);
  const target = text === undefined ? '' : slice(text, first.target);
  if (first.macro || !target.endsWith(region.size.variable)) return undefined;
  if (first.value.kind !== 'known' || region.size.value === undefined) return undefined;
  const place = { ...first.target, start: first.target.end - region.size.variable.length };
  const start = BigInt.asUintN(64, first.value.value);
  return checkedFix(context, {
    title: message('fix.rename', { from: region.size.variable, to: region.start.variable, place: { place } }),
    edits: [{ place, newText: region.start.variable }],
    preferred: true,
    node,
    region: region.name,
    range: { start, end: start + region.size.value },
    alone: false,
  });
}

/** Plain assignments; an initialiser at the declaration is none. */
export function plainWrites(writes: readonly Write[]): readonly Write[] {
  return writes.filter(({ operator }) => operator === '=');
}
