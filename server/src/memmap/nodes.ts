/** Which OS nodes there are, and which tree each is booted from. */
import type { Evaluation } from '../c/evaluation';
import type { Value } from '../c/value';
import type { NodeFacts } from '../project/project-file';
import type { Settings } from '../project/settings';
import type { SourceTree } from '../project/tree';
import { baseName } from '../project/uri';
import type { EvaluateTree } from './evaluator';
import { type OsidSource, type OwnOsid, type UnusedTree, windowRegion } from './layout';
import { inTable } from './memory/memory';
import { rangeTable } from './memory/table';
import { isSet, regionsOf } from './regions';

/** The most OS nodes that one tree is evaluated for. */
export const MOST_NODES = 64;
/** Where nothing tells how many nodes the window holds: Mint's own number. */
const USUAL_NODES = 3;
/** Numbers the node where the tree says no OSID. */
const MEMORY_REGION = 'mint_memory_region';

export interface OsNode {
  readonly osid: number;
  readonly tree: SourceTree;
  /** With the OSID pinned. */
  readonly evaluation: Evaluation;
  readonly osidFrom: OsidSource;
}

export interface OsNodes {
  /** One tree serves every OSID. */
  readonly shared: boolean;
  readonly nodes: readonly OsNode[];
  /** Trees that claim an OSID for which the project file names another tree. */
  readonly unused: readonly UnusedTree[];
}

type NodeSettings = Pick<Settings, 'window' | 'nodeCount' | 'osidNames' | 'regionNames'>;

/**
 * The nodes for which the project file names a tree, and those of the other trees. One tree alone: nodes 0 to n-1, as
 * many as the settings say or the window holds. Several: a node for each, numbered by the tree's own definition, else by
 * its folder's name, else by the lowest free number; one whose number the project file gives to another tree is unused.
 */
export function osNodes(
  trees: readonly SourceTree[],
  settings: NodeSettings,
  evaluate: EvaluateTree,
  facts: readonly NodeFacts[] = [],
): OsNodes {
  const [only, ...more] = trees;
  const listed = listedNodes(trees, settings, evaluate, facts);
  if (only && more.length === 0 && (listed.length === 0 || settings.nodeCount !== undefined)) {
    const nodes = nodesOfOneTree(only, settings, evaluate);
    return { shared: nodes.length > 1, nodes, unused: [] };
  }
  const taken = new Set(listed.map(({ osid }) => osid));
  const others = nodesOfTrees(
    trees.filter((tree) => !listed.some((node) => node.tree === tree)),
    settings,
    evaluate,
    taken,
  );
  const used = others.filter(({ osid }) => !taken.has(osid));
  const unused = others.filter(({ osid }) => taken.has(osid)).map(({ tree, osid }) => ({ tree, osid }));
  return { shared: more.length === 0 && listed.length > 1, nodes: [...listed, ...used], unused };
}

/** The nodes whose tree the project file names. */
function listedNodes(
  trees: readonly SourceTree[],
  settings: NodeSettings,
  evaluate: EvaluateTree,
  facts: readonly NodeFacts[],
): readonly OsNode[] {
  return facts.flatMap(({ osid, source, place }) => {
    const tree = trees.find(({ root }) => root === source);
    if (!tree) return [];
    const own = ownOsid(tree, settings, evaluate);
    return [
      {
        osid,
        tree,
        evaluation: evaluate(tree, osid),
        osidFrom: { kind: 'project', place: place('osid'), own },
      },
    ];
  });
}

function nodesOfOneTree(tree: SourceTree, settings: NodeSettings, evaluate: EvaluateTree): readonly OsNode[] {
  const startOf = (osid: number) => windowStart(evaluate(tree, osid), settings);
  const first = startOf(0);
  // A tree that says the same for every OSID is the tree of one node, so its own number counts.
  if (settings.nodeCount === undefined && first !== undefined && startOf(1) === first) {
    return nodesOfTrees([tree], settings, evaluate, new Set());
  }
  const count = settings.nodeCount ?? nodesInWindow(startOf, settings);
  return Array.from({ length: Math.min(Math.max(count, 1), MOST_NODES) }, (_, osid) => ({
    osid,
    tree,
    evaluation: evaluate(tree, osid),
    osidFrom: { kind: 'shared' },
  }));
}

/**
 * How many OSIDs have their highest-numbered region start inside the window. The count ends where a start repeats:
 * that OSID has no share of its own. Where not even the first node's start tells, the usual number.
 */
function nodesInWindow(startOf: (osid: number) => bigint | undefined, { window }: NodeSettings): number {
  const starts = new Set<bigint>();
  while (starts.size < MOST_NODES) {
    const start = startOf(starts.size);
    if (start === undefined || start < window.start || start >= window.end || starts.has(start)) break;
    starts.add(start);
  }
  return starts.size === 0 ? USUAL_NODES : starts.size;
}

/** Where the highest-numbered region starts; undefined where that is not known, or nothing sets it. */
function windowStart(evaluation: Evaluation, { regionNames }: NodeSettings): bigint | undefined {
  const regions = inTable(rangeTable(evaluation), regionsOf(evaluation, regionNames));
  const start = windowRegion({ regions })?.start;
  return isSet(start?.watched) ? start?.value : undefined;
}

/** @param listed OSIDs that the project file gives to other trees */
function nodesOfTrees(
  trees: readonly SourceTree[],
  settings: NodeSettings,
  evaluate: EvaluateTree,
  listed: ReadonlySet<number>,
): readonly OsNode[] {
  const claims = trees.map((tree) => claimOf(tree, settings, evaluate));
  const taken = new Set([...listed, ...claims.map((claim) => claim?.osid)]);
  return trees.map((tree, index) => {
    const { osid, osidFrom } = claims[index] ?? {
      osid: lowestFree(taken),
      osidFrom: { kind: 'free' } as const,
    };
    taken.add(osid);
    return { osid, tree, evaluation: evaluate(tree, osid), osidFrom };
  });
}

function lowestFree(taken: ReadonlySet<number | undefined>): number {
  let osid = 0;
  while (taken.has(osid)) osid++;
  return osid;
}

/** The OSID that the project file gives to one of several trees, or that the tree claims; undefined where neither says one. */
export function osidOf(
  tree: SourceTree,
  settings: NodeSettings,
  evaluate: EvaluateTree,
  facts: readonly NodeFacts[],
): number | undefined {
  return facts.find(({ source }) => source === tree.root)?.osid ?? claimOf(tree, settings, evaluate)?.osid;
}

interface Claim {
  readonly osid: number;
  readonly osidFrom: OsidSource;
}

function claimOf(tree: SourceTree, settings: NodeSettings, evaluate: EvaluateTree): Claim | undefined {
  const own = ownOsid(tree, settings, evaluate);
  if (own) {
    const { osid, name, place } = own;
    return { osid, osidFrom: { kind: 'definition', name, place } };
  }
  const number = numberOfFolder(baseName(tree.root));
  return number === undefined ? undefined : { osid: number, osidFrom: { kind: 'folder' } };
}

/** What the tree's own definitions say, where they say it for good. */
function ownOsid(tree: SourceTree, settings: NodeSettings, evaluate: EvaluateTree): OwnOsid | undefined {
  const own = evaluate(tree, undefined);
  for (const name of settings.osidNames) {
    const constant = own.constant(name);
    const osid = asOsid(constant?.value);
    if (constant && osid !== undefined) return { osid, name, place: constant.definition.span };
  }
  const defined = settings.osidNames.filter((name) => own.valueOf(name) !== undefined);
  const names = defined.length > 0 ? defined : restsOnOsid(tree, own, evaluate) ? [] : [MEMORY_REGION];
  for (const name of names) {
    const osid = smallNumber(own, name);
    if (osid !== undefined) return { osid, name, place: own.definitions.get(name)?.at(-1)?.span };
  }
  return undefined;
}

/** Whether `mint_memory_region` is another one under another OSID: then its value is no node's number of its own. */
function restsOnOsid(tree: SourceTree, own: Evaluation, evaluate: EvaluateTree): boolean {
  const value = smallNumber(own, MEMORY_REGION);
  return [0, 1].some((osid) => smallNumber(evaluate(tree, osid), MEMORY_REGION) !== value);
}

/** A name's value where it is an OSID that nothing changes at run time. */
function smallNumber(evaluation: Evaluation, name: string): number | undefined {
  return asOsid(evaluation.valueOf(name)?.value);
}

function asOsid(value: Value | undefined): number | undefined {
  if (value?.kind !== 'known' || value.unlessChangedAt?.length) return undefined;
  return value.value >= 0n && value.value < 1_000_000n ? Number(value.value) : undefined;
}

/** `kexec-mint-os2` -> 2. The last part of a version, as in `kexec-tools-2.0.25`, numbers no node. */
export function numberOfFolder(name: string): number | undefined {
  const match = /(?<!\d\.)(?<!\d)(\d{1,3})$/.exec(name);
  return match ? Number(match[1]) : undefined;
}
