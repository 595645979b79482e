/** From the OS nodes to the layout, which everything that shows or judges memory reads. */
import type { Settings } from '../project/settings';
import type { Layout } from './layout';
import type { OsNodes } from './nodes';
import { regionsOf } from './regions';

/** Nodes that claim one OSID stand beside each other, in order of their trees. */
export function buildLayout({ nodes, shared }: OsNodes, settings: Pick<Settings, 'window'>): Layout {
  const laidOut = nodes.map((node) => ({ ...node, regions: regionsOf(node.evaluation) }));
  return { window: settings.window, nodes: laidOut.sort((a, b) => a.osid - b.osid), shared };
}
