/**
 * Two source trees give different values to a `mint_` name of a header for the same OS node. The headers decide how the
 * window is divided, so all trees have to say the same for every OSID; only `firmware_memmap.c` is a node's own.
 *
 * Example: `kexec-mint-os1/kexec/mint.h`, edited in one tree alone
 * ```c
 * static const unsigned long mint_memory_size = 0x18000000;	// 0x20000000 in the other trees
 * ```
 *
 * The finding stands in the tree that differs from most of the others; of two, in that of the higher OSID.
 *
 * Remedy: make the trees agree. A value that is meant to differ belongs in `firmware_memmap.c`.
 */
import type { Definition, Evaluation } from '../../c/evaluation';
import { type MessageValue, message } from '../../messages';
import { formatHex } from '../../range';
import type { RuleContext } from '../context';
import type { LayoutNode } from '../layout';
import { regionOfVariable } from '../regions';
import type { Draft, Rule } from '../rule';

/** The names that the headers of Mint begin with. */
const PREFIX = 'mint_';
/** More trees are not compared with each other: each takes an evaluation for every OSID. */
const MOST_TREES = 16;

export const treesDisagree: Rule = {
  name: 'trees-disagree',
  severity: 'warning',
  check: (context) => {
    const nodes = context.layout.nodes.filter((node, index, all) => {
      return all.findIndex((other) => other.tree.root === node.tree.root) === index;
    });
    if (nodes.length < 2 || nodes.length > MOST_TREES) return [];
    const drafts = namesIn(nodes).flatMap((name) => disagreement(context, nodes, name) ?? []);
    return drafts;
  },
};

/** A name's value in each tree, for one OSID. */
interface Opinion {
  readonly node: LayoutNode;
  readonly value: bigint;
  readonly definition: Definition;
}

function namesIn(nodes: readonly LayoutNode[]): readonly string[] {
  const names = nodes.flatMap(({ evaluation }) => [...evaluation.definitions.keys()]);
  return [...new Set(names.filter((name) => name.startsWith(PREFIX)))];
}

/** The first OSID for which the trees do not agree says it. */
function disagreement(context: RuleContext, nodes: readonly LayoutNode[], name: string): Draft | undefined {
  if (regionOfVariable(name, context.settings.regionNames)) return undefined;
  for (const { osid } of nodes) {
    const opinions = nodes.flatMap((node) => opinionOf(context, node, osid, name) ?? []);
    const odd = odds(opinions);
    if (odd) return draft(osid, name, odd, opinions);
  }
  return undefined;
}

function opinionOf(context: RuleContext, node: LayoutNode, osid: number, name: string): Opinion | undefined {
  const evaluation: Evaluation = osid === node.osid ? node.evaluation : context.evaluate(node.tree, osid);
  const definition = evaluation.definitions.get(name)?.at(-1);
  const isHeader = definition !== undefined && definition.span.file !== node.tree.memmapFile;
  const value = isHeader ? evaluation.valueOf(name)?.value : undefined;
  return definition && value?.kind === 'known' ? { node, value: value.value, definition } : undefined;
}

/** The one that differs from most, undefined where all agree. */
function odds(opinions: readonly Opinion[]): Opinion | undefined {
  const votes = new Map<bigint, number>();
  for (const { value } of opinions) votes.set(value, (votes.get(value) ?? 0) + 1);
  if (votes.size < 2) return undefined;
  const fewest = Math.min(...votes.values());
  return opinions.findLast(({ value }) => votes.get(value) === fewest);
}

function draft(osid: number, name: string, odd: Opinion, opinions: readonly Opinion[]): Draft {
  const others = opinions.filter(({ value }) => value !== odd.value);
  const shown = (opinion: Opinion): MessageValue => formatHex(opinion.value);
  const [first] = others;
  return {
    place: odd.definition.span,
    message: message('rule.trees-disagree', {
      name,
      osid,
      value: shown(odd),
      tree: odd.node.tree.name,
      other: first ? shown(first) : '',
      otherTree: first?.node.tree.name ?? '',
    }),
    nodes: [...new Set([odd, ...others].map(({ node }) => node.osid))].sort((a, b) => a - b),
    related: others.map((other) => ({
      place: other.definition.span,
      message: message('rule.trees-disagree.other', {
        name,
        value: shown(other),
        tree: other.node.tree.name,
      }),
    })),
  };
}
