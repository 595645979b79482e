/** What an edit would bring: the edited text is evaluated before anybody is offered the edit. */
import type { Evaluation } from '../c/evaluation';
import { type AddressRange, sameRange } from '../range';
import type { RuleContext } from './context';
import type { Overlay } from './evaluator';
import type { Fix, TextEdit } from './finding';
import { type LayoutNode, type Region, sharesTree } from './layout';
import { sameMemory, tableFollows } from './memory/follows';
import { memoryIn } from './memory/memory';
import { regionsOf } from './regions';

/** `text` with the edits made; none of them overlap, and all are of this file. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const lastFirst = [...edits].sort((a, b) => b.place.start - a.place.start);
  return lastFirst.reduce(
    (edited, { place, newText }) => edited.slice(0, place.start) + newText + edited.slice(place.end),
    text,
  );
}

/** The texts of the edited files; undefined where one of them is not at hand. */
export function overlayOf(
  context: Pick<RuleContext, 'text'>,
  edits: readonly TextEdit[],
): Overlay | undefined {
  const overlay = new Map<string, string>();
  for (const file of new Set(edits.map((edit) => edit.place.file))) {
    const text = context.text(file);
    if (text === undefined) return undefined;
    overlay.set(
      file,
      applyEdits(
        text,
        edits.filter((edit) => edit.place.file === file),
      ),
    );
  }
  return overlay;
}

/** What the evaluation of a node becomes with the edits. */
export function evaluationAfter(
  context: RuleContext,
  node: Pick<LayoutNode, 'tree' | 'osid'>,
  edits: readonly TextEdit[],
): Evaluation | undefined {
  const overlay = overlayOf(context, edits);
  return overlay && context.evaluate(node.tree, node.osid, overlay);
}

/** The regions of a node with the edits. */
export function regionsAfter(
  context: RuleContext,
  node: Pick<LayoutNode, 'tree' | 'osid'>,
  edits: readonly TextEdit[],
): readonly Region[] | undefined {
  const evaluation = evaluationAfter(context, node, edits);
  return evaluation && regionsOf(evaluation, context.settings.regionNames);
}

/** The node as it is with the edits, as far as its own sources say: its regions, and what its kernel is told. */
export function nodeAfter(
  context: RuleContext,
  node: LayoutNode,
  edits: readonly TextEdit[],
): LayoutNode | undefined {
  const evaluation = evaluationAfter(context, node, edits);
  const { regionNames } = context.settings;
  return evaluation && { ...node, evaluation, ...memoryIn(evaluation, regionNames, node.facts?.reserved) };
}

/** An edit that is to give a region of a node a range. */
export interface Proposal extends Omit<Fix, 'promise'> {
  readonly node: LayoutNode;
  readonly region: string;
  readonly range: AddressRange;
  /** The edit is to change this node alone; where false, all nodes of its tree may change in this region. */
  readonly alone: boolean;
}

/**
 * The fix, where evaluating the edited text gives the range, to the region and in the table that kexec gets, changes no
 * other memory of the tree's nodes and brings no new problem; undefined where it does not.
 */
export function checkedFix(context: RuleContext, proposal: Proposal): Fix | undefined {
  const { node, region, range, alone, title, edits, preferred } = proposal;
  const after = nodeAfter(context, node, edits);
  if (!after || after.evaluation.problems.length > node.evaluation.problems.length) return undefined;
  const got = after.regions.find(({ name }) => name === region)?.range;
  if (!got || !sameRange(got, range)) return undefined;
  if (!sameRegions(node.regions, after.regions, region)) return undefined;
  if (!tableFollows(node, after, { region, range })) return undefined;
  if (sharesTree(context.layout, node) && !othersKeep(context, proposal, alone ? undefined : region)) {
    return undefined;
  }
  const promise = { tree: node.tree.root, osid: node.osid, region, range };
  return { title, edits, promise, ...(preferred ? { preferred } : {}) };
}

/** Whether the other nodes of the tree keep their memory, all but the region named `except`. */
export function othersKeep(
  context: RuleContext,
  { node, edits }: Pick<Proposal, 'node' | 'edits'>,
  except: string | undefined,
): boolean {
  return context.layout.nodes
    .filter((other) => other !== node && other.tree.root === node.tree.root)
    .every((other) => {
      const after = nodeAfter(context, other, edits);
      return after && sameRegions(other.regions, after.regions, except) && sameMemory(other, after, except);
    });
}

function sameRegions(
  before: readonly Region[],
  after: readonly Region[],
  except: string | undefined,
): boolean {
  const rest = (regions: readonly Region[]) =>
    regions
      .filter(({ name }) => name !== except)
      .map(({ name, start, size }) => `${name}:${start.value}:${size.value}`)
      .join();
  return rest(before) === rest(after);
}
