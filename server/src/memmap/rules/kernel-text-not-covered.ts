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
 * Remedy: the quick fix extends the monitor exactly as far as needed, rounded up to `kexecMint.kernelTextAlignment`
 * (2 MiB). That makes an overlap: see [overlaps](overlaps.md) for what follows, and for a way without one: a range of
 * another type than RAM, named in the project file's `reserved`.
 */
import { message } from '../../messages';
import { alignUp, formatHex, formatRange, formatRoughSize, lengthOf, subtract } from '../../range';
import type { RuleContext } from '../context';
import type { KernelText } from '../evidence';
import type { Fix } from '../finding';
import { isFix, moveEnd } from '../fixes/move-end';
import { type LayoutNode, windowRegion } from '../layout';
import { placeOf, placeOfTree } from '../places';
import type { Draft, Rule } from '../rule';
import { kernelTextKnown } from '../wording';

export const kernelTextNotCovered: Rule = {
  name: 'kernel-text-not-covered',
  severity: 'warning',
  check: (context) =>
    context.layout.nodes
      .filter(({ facts }) => facts?.role === 'monitor')
      .flatMap((monitor) => uncovered(context, monitor).map((text) => draft(context, monitor, text))),
};

interface Uncovered {
  readonly node: LayoutNode;
  readonly text: KernelText;
}

/** The kernel texts of other nodes that the monitor does not see whole, lowest end first. */
function uncovered({ layout }: RuleContext, monitor: LayoutNode): readonly Uncovered[] {
  const seen = monitor.regions.flatMap(({ range }) => range ?? []);
  const found = layout.nodes.flatMap((node) => {
    const text = node.evidence.kernelText;
    const isSeen = !text || subtract([text.range], seen).length === 0;
    return node.osid === monitor.osid || isSeen ? [] : [{ node, text }];
  });
  return found.sort((a, b) => (a.text.range.end < b.text.range.end ? -1 : 1));
}

function draft(context: RuleContext, monitor: LayoutNode, { node, text }: Uncovered): Draft {
  const region = windowRegion(monitor);
  const start = region?.start.value;
  const end = endFor(context, text);
  const isAbove = start !== undefined && text.range.start >= start;
  const args = {
    monitor: monitor.osid,
    region: region?.name ?? 'region',
    osid: node.osid,
    text: formatRange(text.range),
    size: formatRoughSize(lengthOf(text.range)),
    known: kernelTextKnown(text),
    now: region?.end === undefined ? message('editor.unknown') : formatHex(region.end),
    end: formatHex(end),
  };
  return {
    place: region ? placeOf(region.size, monitor) : placeOfTree(monitor.tree),
    message: message(isAbove ? 'rule.kernel-text-not-covered' : 'rule.kernel-text-not-covered.below', args),
    nodes: [monitor.osid, node.osid].sort((a, b) => a - b),
    related: [
      { place: text.place, message: message('rule.kernel-text.here', { osid: node.osid, text: args.text }) },
    ],
    fixes: () => (isAbove ? fixes(context, monitor) : []),
  };
}

/** Where the monitor is to end: just after the text, at a multiple that the settings name, inside the window if it can. */
function endFor({ settings, layout }: RuleContext, { range }: KernelText): bigint {
  const end = alignUp(range.end, settings.kernelTextAlignment);
  return end > layout.window.end && range.end <= layout.window.end ? layout.window.end : end;
}

/** One for each node whose text is not covered; the one that covers all of them is preferred. */
function fixes(context: RuleContext, monitor: LayoutNode): readonly Fix[] {
  const region = windowRegion(monitor);
  const start = region?.start.value;
  if (!region || start === undefined) return [];
  const above = uncovered(context, monitor).filter(({ text }) => text.range.start >= start);
  return above
    .map(({ node, text }, index) => {
      const nodes = above.slice(0, index + 1).map((each) => each.node.osid);
      const target = { kernelTextOf: nodes.sort((a, b) => a - b) };
      const fix = moveEnd(context, monitor, region, endFor(context, text), target);
      return isFix(fix) && node === above.at(-1)?.node ? { ...fix, preferred: true } : fix;
    })
    .filter(isFix)
    .reverse();
}
