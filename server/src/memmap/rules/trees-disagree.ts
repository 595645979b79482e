/**
 * Two source trees give different values to a `mint_` name of a header for the same OS node. The headers decide how the
 * window is divided, so all trees have to say the same for every OSID; only `firmware_memmap.c` is a node's own.
 *
 * A tree that writes a plain number, whatever the OSID, is asked about its own node alone: `0x38000000` in the tree of OS
 * node 1 agrees with `0x20000000 + OSID*0x18000000` in the others. Where all trees write plain numbers, those that place or
 * number a node (`mint_memory_start`, `mint_memory_region`) may differ; of others the odd one is told, and of two trees
 * that differ only a size. Names that the tree's code changes at run time are left out.
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
import type { Definition } from '../../c/evaluation';
import { message } from '../../messages';
import { formatHex } from '../../range';
import type { RuleContext } from '../context';
import type { LayoutNode } from '../layout';
import { regionOfVariable } from '../regions';
import type { Draft, Rule } from '../rule';

/** The names that the headers of Mint begin with. */
const PREFIX = 'mint_';
/** More trees are not compared with each other: each header takes an evaluation for every OSID. */
const MOST_TREES = 16;

/** Names of what each node has of its own where the tree writes it as a plain number. */
const PLACES_NODE = /(?:start|base|region|osid|node|number|id)$/i;
const SIZE = /size/i;

export const treesDisagree: Rule = {
  name: 'trees-disagree',
  severity: 'warning',
  check: (context) => {
    const nodes = context.layout.nodes.filter((node, index, all) => {
      return all.findIndex((other) => other.tree.root === node.tree.root) === index;
    });
    if (nodes.length < 2 || nodes.length > MOST_TREES) return [];
    return namesIn(context, nodes).flatMap((name) => disagreement(context, nodes, name) ?? []);
  },
};

/** What a tree gives a name. */
interface Opinion {
  readonly node: LayoutNode;
  readonly definition: Definition;
  /** By OSID; without those for which it is not known. */
  readonly values: ReadonlyMap<number, bigint>;
  /** The value is another one for another OSID. */
  readonly restsOnOsid: boolean;
}

/** A tree's value for one OSID. */
interface Vote {
  readonly opinion: Opinion;
  readonly value: bigint;
}

interface Disagreement {
  readonly osid: number;
  readonly odd: Vote;
  readonly others: readonly Vote[];
}

function namesIn({ settings }: RuleContext, nodes: readonly LayoutNode[]): readonly string[] {
  const names = nodes.flatMap(({ evaluation }) => [...evaluation.definitions.keys()]);
  return [...new Set(names)].filter(
    (name) =>
      name.startsWith(PREFIX) &&
      !settings.osidNames.includes(name) &&
      !regionOfVariable(name, settings.regionNames),
  );
}

function disagreement(context: RuleContext, nodes: readonly LayoutNode[], name: string): Draft | undefined {
  const osids = [...new Set(nodes.map(({ osid }) => osid))];
  const all = nodes.flatMap((node) => opinionOf(context, node, osids, name) ?? []);
  if (!differ(all, osids)) return undefined;
  const opinions = all.filter(({ node }) => isSettled(node, name));
  const found = opinions.some(({ restsOnOsid }) => restsOnOsid)
    ? amongFormulas(opinions, osids)
    : amongNumbers(opinions, name);
  return found && draft(name, found);
}

/** Whether any two do; where not, none among some of them do either. */
function differ(opinions: readonly Opinion[], osids: readonly number[]): boolean {
  if (osids.some((osid) => counts(votesFor(opinions, osid)).size > 1)) return true;
  return !opinions.every(({ restsOnOsid }) => restsOnOsid) && counts(ownVotes(opinions)).size > 1;
}

/** What code of the tree may change at run time is no opinion of the tree. */
function isSettled({ evaluation }: LayoutNode, name: string): boolean {
  const value = evaluation.valueOf(name)?.value;
  return value?.kind === 'known' && !value.unlessChangedAt?.length;
}

/**
 * What the tree's header says, with the header as a translation unit of its own: an edit of the memory map then costs no
 * evaluation here.
 */
function opinionOf(
  context: RuleContext,
  node: LayoutNode,
  osids: readonly number[],
  name: string,
): Opinion | undefined {
  const { tree, evaluation } = node;
  const definition = evaluation.definitions.get(name)?.at(-1);
  if (!definition || definition.span.file.endsWith('.c')) return undefined;
  const header = { ...tree, memmapFile: definition.span.file, others: [] };
  const values = new Map<number, bigint>();
  for (const osid of osids) {
    const value = context.evaluate(header, osid).valueOf(name)?.value;
    if (value?.kind === 'known') values.set(osid, value.value);
  }
  return { node, definition, values, restsOnOsid: new Set(values.values()).size > 1 };
}

/** The first OSID for which the trees do not agree. */
function amongFormulas(opinions: readonly Opinion[], osids: readonly number[]): Disagreement | undefined {
  for (const osid of osids) {
    const asked = opinions.filter(({ node, restsOnOsid }) => restsOnOsid || node.osid === osid);
    const found = disagreementOf(votesFor(asked, osid), osid);
    if (found) return found;
  }
  return undefined;
}

function amongNumbers(opinions: readonly Opinion[], name: string): Disagreement | undefined {
  const votes = ownVotes(opinions);
  const most = Math.max(0, ...counts(votes).values());
  const isOdd = votes.length > 2 ? most * 2 > votes.length : SIZE.test(name);
  if (PLACES_NODE.test(name) || !isOdd) return undefined;
  const found = disagreementOf(votes, 0);
  return found && { ...found, osid: found.odd.opinion.node.osid };
}

function votesFor(opinions: readonly Opinion[], osid: number): readonly Vote[] {
  return opinions.flatMap((opinion) => {
    const value = opinion.values.get(osid);
    return value === undefined ? [] : [{ opinion, value }];
  });
}

/** Each for the OSID of its own node. */
function ownVotes(opinions: readonly Opinion[]): readonly Vote[] {
  return opinions.flatMap((opinion) => votesFor([opinion], opinion.node.osid));
}

function counts(votes: readonly Vote[]): ReadonlyMap<bigint, number> {
  const found = new Map<bigint, number>();
  for (const { value } of votes) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}

/** The one that differs from most; undefined where all agree. */
function disagreementOf(votes: readonly Vote[], osid: number): Disagreement | undefined {
  const found = counts(votes);
  const fewest = Math.min(...found.values());
  const odd = votes.findLast(({ value }) => found.get(value) === fewest);
  if (!odd || found.size < 2) return undefined;
  return { osid, odd, others: votes.filter(({ value }) => value !== odd.value) };
}

function draft(name: string, { osid, odd, others }: Disagreement): Draft {
  const shown = ({ value, opinion }: Vote) => ({
    name,
    value: formatHex(value),
    tree: opinion.node.tree.name,
  });
  const [first = odd] = others;
  const { value: other, tree: otherTree } = shown(first);
  return {
    place: odd.opinion.definition.span,
    message: message('rule.trees-disagree', { ...shown(odd), osid, other, otherTree }),
    nodes: [odd, ...others].map(({ opinion }) => opinion.node.osid),
    related: others.map((vote) => ({
      place: vote.opinion.definition.span,
      message: message('rule.trees-disagree.other', shown(vote)),
    })),
  };
}
