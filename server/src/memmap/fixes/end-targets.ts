/** The addresses that a person may want a region to end at. */
import type { RuleContext } from '../context';
import type { LayoutNode, Region } from '../layout';
import { endBehind, type Target } from './move-end';

/** An address, exclusive, and what it is. */
export interface EndTarget {
  readonly address: bigint;
  readonly target: NonNullable<Target>;
}

/** The window's end, the next node's region, and behind each other node's kernel text; those above the region's start. */
export function endTargets(context: RuleContext, node: LayoutNode, region: Region): readonly EndTarget[] {
  const next = nextRegion(context, node, region);
  const targets = [windowEnd(context), ...(next ? [next] : []), ...behindKernelTexts(context, node)];
  const start = region.start.value ?? 0n;
  return targets.filter(({ address }) => address > start);
}

export function windowEnd({ layout }: RuleContext): EndTarget {
  return { address: layout.window.end, target: 'window' };
}

/** The next higher start of another node's region of the same name. */
export function nextRegion({ layout }: RuleContext, node: LayoutNode, region: Region): EndTarget | undefined {
  const start = region.start.value ?? 0n;
  const others = layout.nodes.flatMap((other) => {
    const address = other.regions.find(({ name }) => name === region.name)?.start.value;
    const isAbove = other.osid !== node.osid && address !== undefined && address > start;
    return isAbove ? [{ address, target: { osid: other.osid, region: region.name } }] : [];
  });
  return others.sort(byAddress)[0];
}

function behindKernelTexts(context: RuleContext, { osid }: LayoutNode): readonly EndTarget[] {
  const texts = context.layout.nodes.flatMap((other) => {
    const text = other.evidence.kernelText;
    if (!text || other.osid === osid) return [];
    return [{ address: endBehind(context, text), target: { kernelTextOf: [other.osid] } }];
  });
  return texts.sort(byAddress);
}

function byAddress(a: EndTarget, b: EndTarget): number {
  return a.address < b.address ? -1 : a.address > b.address ? 1 : 0;
}
