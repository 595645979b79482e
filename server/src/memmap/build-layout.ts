/** From the OS nodes to the layout, which everything that shows or judges memory reads. */
import type { Settings } from '../project/settings';
import type { Layout, LayoutNode, Quantity, Region } from './layout';
import type { OsNodes } from './nodes';
import { regionsOf } from './regions';

/** Nodes that claim one OSID stand beside each other, in order of their trees. */
export function buildLayout({ nodes, shared }: OsNodes, settings: Pick<Settings, 'window'>): Layout {
  const laidOut = nodes.map((node) => ({ ...node, regions: regionsOf(node.evaluation) }));
  return { window: settings.window, nodes: laidOut.sort((a, b) => a.osid - b.osid), shared };
}

/** The region that divides the window between the nodes: the one with the highest number. */
export function windowRegion(node: Pick<LayoutNode, 'regions'>): Region | undefined {
  return node.regions.at(-1);
}

/** Whether the same tree serves further nodes of the layout. */
export function sharesTree(layout: Layout, node: LayoutNode): boolean {
  return layout.nodes.some((other) => other !== node && other.tree.root === node.tree.root);
}

/** A region's start and size, in this order. */
export function quantitiesOf(region: Region): readonly [Quantity, Quantity] {
  return [region.start, region.size];
}
