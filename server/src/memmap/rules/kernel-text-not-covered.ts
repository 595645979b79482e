/**
 * The OS node that is to watch the others (role `monitor` in kexec-mint.json) does not recognize the memory in which
 * another node's kernel text lies, so it cannot read that text.
 *
 * Where the text lies is taken from the other node's `/proc/iomem` ("Kernel code"), or, without that node's help, from
 * its vmlinux or System.map for the size and from the project file's `kernelTextStart`, or the place that kexec gives a
 * bzImage, for the start.
 *
 * Example: OS node 0 ends at 0x38000000, and `dumps/os2.iomem` shows
 * ```
 * 5f000000-5fdfffff : Kernel code
 * ```
 *
 * Remedy: the first quick fix lets the monitor watch the other nodes' memory: reserved ranges, which it reads and never
 * allocates. Another extends its RAM exactly as far as needed, rounded up to `kexecMint.kernelTextAlignment` (2 MiB); where
 * a region of another type than RAM ends nearer to the text, that region. Extending RAM makes an overlap: see
 * [overlaps](overlaps.md) for what follows.
 */
import { message } from '../../messages';
import {
  type AddressRange,
  contains,
  formatHex,
  formatRange,
  formatRoughSize,
  lengthOf,
  subtract,
} from '../../range';
import type { RuleContext } from '../context';
import type { Fix } from '../finding';
import { endBehind, isFix, moveEnd } from '../fixes/move-end';
import { watchFixes } from '../fixes/watch/watch';
import { type LayoutNode, type Region, windowRegion } from '../layout';
import type { KernelText } from '../observed/evidence';
import { placeOf } from '../places';
import type { Draft, Rule } from '../rule';
import { kernelTextKnown } from '../wording';

export const kernelTextNotCovered: Rule = {
  name: 'kernel-text-not-covered',
  severity: 'warning',
  check: (context) =>
    context.layout.nodes
      .filter(({ facts }) => facts?.role === 'monitor')
      .flatMap((monitor) =>
        uncovered(context, monitor).flatMap((text) => {
          const region = nearestBelow(monitor, text);
          return region ? [draft(context, monitor, region, text)] : [];
        }),
      ),
};

type KnownRegion = Region & { readonly range: AddressRange };

function isKnown(region: Region): region is KnownRegion {
  return region.range !== undefined;
}

/** The region to extend: of the one that divides the window and those that are watched, the one that ends highest below. */
function nearestBelow(monitor: LayoutNode, { text }: Uncovered): KnownRegion | undefined {
  const own = windowRegion(monitor);
  const candidates = monitor.regions
    .filter((region) => region === own || region.kind === 'reserved')
    .filter(isKnown)
    .filter(({ range }) => range.start <= text.range.start)
    .sort((a, b) => (a.range.end < b.range.end ? -1 : 1));
  return candidates.at(-1) ?? (own && isKnown(own) ? own : undefined);
}

interface Uncovered {
  readonly node: LayoutNode;
  readonly text: KernelText;
}

/** The kernel texts of other nodes that the monitor does not see whole, lowest end first. */
function uncovered({ layout }: RuleContext, monitor: LayoutNode): readonly Uncovered[] {
  // A region that is not known may be the one that covers them.
  if (monitor.regions.some(({ unknown }) => unknown)) return [];
  const seen = monitor.memory.ranges.map(({ range }) => range);
  const found = layout.nodes.flatMap((node) => {
    const text = node.evidence.kernelText;
    const isSeen = !text || subtract([text.range], seen).length === 0;
    return node.osid === monitor.osid || isSeen ? [] : [{ node, text }];
  });
  return found.sort((a, b) => (a.text.range.end < b.text.range.end ? -1 : 1));
}

function draft(
  context: RuleContext,
  monitor: LayoutNode,
  region: KnownRegion,
  { node, text }: Uncovered,
): Draft {
  const { window } = context.layout;
  const args = {
    monitor: monitor.osid,
    region: region.name,
    osid: node.osid,
    text: formatRange(text.range),
    size: formatRoughSize(lengthOf(text.range)),
    known: kernelTextKnown(text),
    start: formatHex(region.range.start),
    now: formatHex(region.range.end),
    end: formatHex(endBehind(context, text)),
    window: formatRange(window),
  };
  const isBelow = text.range.start < region.range.start;
  const isOutside = !contains(window, text.range);
  const variant = isOutside ? '.outside' : isBelow ? '.below' : '';
  return {
    place: placeOf(region.size, monitor),
    message: message(`rule.kernel-text-not-covered${variant}`, args),
    nodes: [monitor.osid, node.osid],
    related: [
      { place: text.place, message: message('rule.kernel-text.here', { osid: node.osid, text: args.text }) },
    ],
    fixes: () => fixes(context, monitor, region, { node, text }),
  };
}

/** To watch it, where the tree's table can be added to; else, and below that, to take it for RAM. */
function fixes(
  context: RuleContext,
  monitor: LayoutNode,
  region: KnownRegion,
  uncoveredText: Uncovered,
): readonly Fix[] {
  const watching = watchFixes(context, monitor).filter(
    ({ memory }) => subtract([uncoveredText.text.range], [...memory.ram, ...memory.watched]).length === 0,
  );
  const taking = extensions(context, monitor, region, uncoveredText.node);
  return [...watching, ...taking].map((fix, index) => (index === 0 ? { ...fix, preferred: true } : fix));
}

/** One that covers the texts of all nodes, and one that covers this node's text and all below it. */
function extensions(
  context: RuleContext,
  monitor: LayoutNode,
  region: KnownRegion,
  node: LayoutNode,
): readonly Fix[] {
  const reach = { start: region.range.start, end: context.layout.window.end };
  const above = uncovered(context, monitor).filter(
    (each) => contains(reach, each.text.range) && nearestBelow(monitor, each) === region,
  );
  const enough = above.slice(0, above.findIndex((each) => each.node === node) + 1);
  return [above, enough].flatMap((covered) => {
    const last = covered.at(-1);
    if (!last || enough.length === 0) return [];
    const kernelTextOf = covered.map((each) => each.node.osid).sort((a, b) => a - b);
    const fix = moveEnd(context, monitor, region, endBehind(context, last.text), { kernelTextOf });
    return isFix(fix) ? [fix] : [];
  });
}
