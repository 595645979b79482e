/** From the OS nodes to the layout, which everything that shows or judges memory reads. */
import type { NodeFacts } from '../project/project-file';
import type { Settings } from '../project/settings';
import type { Layout, LayoutNode } from './layout';
import type { OsNode, OsNodes } from './nodes';
import { NO_EVIDENCE, type ReadEvidence } from './observed/evidence';
import { nodeEvidence } from './observed/gather';
import { regionsOf } from './regions';

/**
 * Nodes that claim one OSID stand beside each other, in order of their trees.
 *
 * @param facts what the project file says of nodes
 */
export function buildLayout(
  { nodes, shared, unused }: OsNodes,
  settings: Pick<Settings, 'window' | 'regionNames'>,
  facts: readonly NodeFacts[],
  read: ReadEvidence,
): Layout {
  const laidOut = nodes.map((node) => laidOutNode(node, settings, facts, read));
  return { window: settings.window, nodes: laidOut.sort((a, b) => a.osid - b.osid), shared, unused };
}

function laidOutNode(
  node: OsNode,
  { regionNames }: Pick<Settings, 'regionNames'>,
  facts: readonly NodeFacts[],
  read: ReadEvidence,
): LayoutNode {
  const own = facts.find(({ osid }) => osid === node.osid);
  const regions = regionsOf(node.evaluation, regionNames, own?.reserved);
  const evidence = own ? nodeEvidence(own, regions, read) : NO_EVIDENCE;
  return { ...node, regions, facts: own, evidence };
}
