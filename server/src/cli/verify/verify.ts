/** What a node's machine shows beside what is predicted for it. */
import { ramOf } from '../../evidence/evidence';
import { type RecognizedText, recognizeText } from '../../evidence/recognize';
import type { LayoutNode, Region } from '../../memmap/layout';
import { agrees, type Comparison, comparisonsOf, conclusive } from '../../memmap/observed/comparison';
import { holesAlone } from '../../memmap/observed/differences';
import { noNode } from '../../memmap/wording';
import { type Message, message } from '../../messages';
import type { Snapshot } from '../../service/snapshot';

/** A dump that was named for an OS node. */
export interface Dump {
  readonly osid: number;
  /** As a person calls it. */
  readonly name: string;
  readonly text: string;
}

/** `explained`: what differs is what firmware keeps in the midst of the memory. */
export type Outcome = 'agrees' | 'explained' | 'differs';

export interface VerifiedPart {
  readonly comparison: Comparison;
  readonly outcome: Outcome;
}

export interface VerifiedNode {
  readonly node: LayoutNode;
  readonly snapshot: Snapshot;
  readonly dump: Dump;
  readonly seen: RecognizedText;
  readonly parts: readonly VerifiedPart[];
  /** Regions of which no range is predicted. */
  readonly unknown: readonly Region[];
}

/** Compares, or says why it cannot. */
export function verify(projects: readonly Snapshot[], dump: Dump): VerifiedNode | Message {
  const { osid, name } = dump;
  const all = projects.flatMap(({ layout }) => layout.nodes);
  const found = projects.flatMap((snapshot) =>
    snapshot.layout.nodes.flatMap((node) => (node.osid === osid ? [{ node, snapshot }] : [])),
  );
  const [first, ...others] = found;
  if (!first) return noNode(osid, all);
  if (others.length > 0) {
    return message('cli.several-nodes', { osid, trees: found.map(({ node }) => node.tree.name).join(', ') });
  }
  const seen = recognizeText(dump.text);
  if (seen.unprivileged) return message('evidence.unprivileged', { file: name });
  const ram = ramOf(seen.ranges);
  if (ram.length === 0) return message('cli.verify.not-recognized', { file: name });
  const complete = seen.problems.every(({ code }) => code === 'outside-parent');
  const report = { file: name, ranges: seen.ranges, ram, complete };
  const { node } = first;
  const shown = { ...node, evidence: { ...node.evidence, reports: [report] } };
  return {
    ...first,
    dump,
    seen,
    parts: comparisonsOf(shown).map((comparison) => verifiedPart(conclusive(comparison))),
    unknown: node.regions.filter(({ range }) => !range),
  };
}

function verifiedPart(comparison: Comparison): VerifiedPart {
  if (agrees(comparison)) return { comparison, outcome: 'agrees' };
  const isExplained = holesAlone(comparison, comparison.part.range);
  return { comparison, outcome: isExplained ? 'explained' : 'differs' };
}

/** Whether the machine shows all that is predicted, and all of it is. */
export function isVerified({ parts, unknown }: VerifiedNode): boolean {
  return unknown.length === 0 && parts.every(({ outcome }) => outcome !== 'differs');
}
