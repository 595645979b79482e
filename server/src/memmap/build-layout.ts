/** From the OS nodes to the layout, which everything that shows or judges memory reads. */
import type { NodeFacts } from '../project/project-file';
import type { Settings } from '../project/settings';
import type { Layout, LayoutNode } from './layout';
import { memoryIn } from './memory/memory';
import type { OsNode, OsNodes } from './nodes';
import { NO_EVIDENCE, type ReadEvidence } from './observed/evidence';
import { namedImage, nodeEvidence } from './observed/gather';
import { watchesAmong } from './overlaps/watches';
import { nodeKernel } from './placement/node-kernel';

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
  const laidOut = nodes
    .map((node) => laidOutNode(node, settings, facts, read))
    .sort((a, b) => a.osid - b.osid);
  return { window: settings.window, nodes: laidOut, shared, unused, watches: watchesAmong(laidOut) };
}

function laidOutNode(
  node: OsNode,
  { regionNames }: Pick<Settings, 'regionNames'>,
  facts: readonly NodeFacts[],
  read: ReadEvidence,
): LayoutNode {
  const own = facts.find(({ osid }) => osid === node.osid);
  const { regions, memory } = memoryIn(node.evaluation, regionNames, own?.reserved);
  const kernel = nodeKernel({ regions, memory }, own, own && namedImage(own, read));
  const evidence = own ? nodeEvidence(own, kernel, read) : NO_EVIDENCE;
  return { ...node, regions, memory, kernel, facts: own, evidence };
}
