/** The fix that brings back the size Mint starts with. */
import { message } from '../../messages';
import { formatHex, formatRange } from '../../range';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import { type LayoutNode, sharesTree, windowRegion } from '../layout';
import { lastWrite } from '../places';
import { checkedFix } from '../what-if';
import { assign, assignForAll, isMessage } from './assign';
import { slice } from './source-text';

/** All of a node's memory but its region 2: Kexec-Mint's own line for region 3. */
const TOTAL = 'mint_memory_size';
const REGION2_SIZE = 0x8000000n;

/** Undefined where the size is already written so, or the tree does not know the names. */
export function restoreSize(context: RuleContext, node: LayoutNode): Fix | undefined {
  const region = windowRegion(node);
  const start = region?.start.value;
  const total = node.evaluation.valueOf(TOTAL)?.value;
  const region2 = node.regions.find(({ number }) => number === 2);
  if (!region || start === undefined || total?.kind !== 'known') return undefined;
  if (region.number <= 2 || region2?.size.value !== REGION2_SIZE || total.value <= REGION2_SIZE)
    return undefined;
  const formula = `${TOTAL} - ${formatHex(REGION2_SIZE)}`;
  const expression = lastWrite(region.size)?.expression;
  const text = expression && context.text(expression.file);
  const written = text === undefined || !expression ? undefined : slice(text, expression);
  if (written === undefined || withoutSpace(written) === withoutSpace(formula)) return undefined;
  const range = { start, end: start + total.value - REGION2_SIZE };
  const wanted = { osid: node.osid, region: region.name, formula, range: formatRange(range) };
  const own = assign(context, node, region.size, formula);
  // An assignment that serves all nodes was changed for all: it is restored for all.
  const isForAll = sharesTree(context.layout, node) && (isMessage(own) || own.condition !== undefined);
  const assignment = isForAll ? assignForAll(context, node, region.size, formula) : own;
  if (isMessage(assignment)) return undefined;
  const title = message(isForAll ? 'fix.restore-all' : 'fix.restore', wanted);
  return checkedFix(context, { title, node, region: region.name, range, ...assignment });
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}
