/** Whose memory it is in which kexec puts a node's kernel. */
import { type AddressRange, intersection } from '../../range';
import type { Layout, LayoutNode } from '../layout';
import { type Part, partsOf } from '../overlaps/overlaps';
import type { Placement } from './place-kernel';

/** RAM of another node in which a node's kernel comes to lie. */
export interface Landing {
  /** The other node's. */
  readonly part: Part;
  /** What the kernel takes of it. */
  readonly taken: AddressRange;
}

/** @param placement of a kernel of `node`, which need not be the present one */
export function landings(
  layout: Pick<Layout, 'nodes'>,
  node: Pick<LayoutNode, 'osid'>,
  placement: Placement | undefined,
): readonly Landing[] {
  if (placement?.kind !== 'placed') return [];
  const { kernel } = placement.segments;
  const others = partsOf(layout.nodes.filter(({ osid }) => osid !== node.osid));
  return others.flatMap((part) => {
    const taken = part.type === 'ram' ? intersection(kernel, part.range) : undefined;
    return taken ? [{ part, taken }] : [];
  });
}
