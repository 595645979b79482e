/** The fix for an overflow: a suffix on a number. */
import type { Evaluation } from '../../c/evaluation';
import type { Span } from '../../c/source';
import { message } from '../../messages';
import type { Settings } from '../../project/settings';
import { sameRange } from '../../range';
import type { RuleContext } from '../context';
import type { Fix, RegionPromise, TextEdit } from '../finding';
import type { LayoutNode } from '../layout';
import { touches } from '../places';
import { regionsOf } from '../regions';
import { overlayOf } from '../what-if';
import { literalsAt } from './literal';

/**
 * Makes one number of the overflowing expression, or all of them, unsigned and 64 bits wide: the first of these edits
 * that leaves no overflow there for any of the OSIDs, and every region that was known as it was.
 */
export function addSuffix(
  context: RuleContext,
  node: LayoutNode,
  place: Span,
  osids: readonly number[],
): Fix | undefined {
  const suffix = context.settings.dataModel === 'LP64' ? 'UL' : 'ULL';
  // A number with a suffix has the type that its writer chose.
  const literals = literalsAt(context, node.evaluation, place).filter(({ text }) => !/[uUlL]$/.test(text));
  const edits = literals.map(({ place: at, text }) => ({ place: at, newText: text + suffix }));
  const choices = [...edits.map((edit) => [edit]), ...(edits.length > 1 ? [edits] : [])];
  const chosen = choices.find((choice) => stopsOverflow(context, node, place, choice, osids));
  if (!chosen) return undefined;
  const spelled = chosen.map(({ newText }) => newText).join(', ');
  const promise = promised(context, node, chosen);
  const title = message('fix.suffix', { text: spelled });
  return { title, edits: chosen, preferred: true, ...(promise ? { promise } : {}) };
}

function stopsOverflow(
  context: RuleContext,
  node: LayoutNode,
  place: Span,
  edits: readonly TextEdit[],
  osids: readonly number[],
): boolean {
  const overlay = overlayOf(context, edits);
  if (!overlay) return false;
  const longer = edits.reduce(
    (sum, edit) => sum + edit.newText.length - (edit.place.end - edit.place.start),
    0,
  );
  const there = { ...place, end: place.end + longer };
  return osids.every((osid) => {
    const before = context.evaluate(node.tree, osid);
    const after = context.evaluate(node.tree, osid, overlay);
    const stops = after.problems.every(
      (problem) => problem.reason.code !== 'signed-overflow' || !touches(problem.place, there),
    );
    return (
      stops && after.problems.length <= before.problems.length && keepsKnown(context.settings, before, after)
    );
  });
}

function keepsKnown({ regionNames }: Settings, before: Evaluation, after: Evaluation): boolean {
  const kept = new Map(regionsOf(after, regionNames).map((region) => [region.name, region]));
  return regionsOf(before, regionNames).every(({ name, range }) => {
    const now = kept.get(name)?.range;
    return !range || (now !== undefined && sameRange(now, range));
  });
}

/** The first region that the edit makes known, else one that it leaves as it is. */
function promised(
  context: RuleContext,
  { tree, osid }: LayoutNode,
  edits: readonly TextEdit[],
): RegionPromise | undefined {
  const { regionNames } = context.settings;
  const overlay = overlayOf(context, edits);
  const unedited = regionsOf(context.evaluate(tree, osid), regionNames);
  const before = new Map(unedited.map(({ name, range }) => [name, range]));
  const after = overlay ? regionsOf(context.evaluate(tree, osid, overlay), regionNames) : [];
  const known = after.filter(({ range }) => range !== undefined);
  const region = known.find(({ name }) => before.get(name) === undefined) ?? known.at(-1);
  return region?.range && { tree: tree.root, osid, region: region.name, range: region.range };
}
