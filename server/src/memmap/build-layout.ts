/** From the OS nodes to the layout, which everything that shows or judges memory reads. */
import type { NodeFacts } from '../project/project-file';
import type { Settings } from '../project/settings';
import type { Layout, LayoutNode } from './layout';
import { inTable, nodeMemory } from './memory/memory';
import { rangeTable } from './memory/table';
import type { OsNode, OsNodes } from './nodes';
import { NO_EVIDENCE, type ReadEvidence } from './observed/evidence';
import { nodeEvidence } from './observed/gather';
import { watchesAmong } from './overlaps/watches';
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
  const table = rangeTable(node.evaluation);
  const regions = inTable(table, regionsOf(node.evaluation, regionNames, own?.reserved));
  const memory = nodeMemory(table, regions);
  const evidence = own ? nodeEvidence(own, regions, read) : NO_EVIDENCE;
  return { ...node, regions, memory, facts: own, evidence };
}
