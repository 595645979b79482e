/** A comparison with a machine, for a terminal and for programs. */
import { differences } from '../../memmap/observed/differences';
import { type Locale, type Message, message, render } from '../../messages';
import { alignedRows } from '../../picture/text-table';
import { formatRange } from '../../range';
import { placeText } from '../../service/positions';
import { type JsonRange, jsonRange } from '../reports/json';
import { isVerified, type Outcome, type VerifiedNode, type VerifiedPart } from './verify';

/** A line for each part of each node's memory, and whether the machine shows it so. */
export function verifyText(nodes: readonly VerifiedNode[], locale: Locale): string {
  return nodes.map((node) => nodeText(node, locale)).join('\n\n');
}

function nodeText(verified: VerifiedNode, locale: Locale): string {
  const { node, dump, seen, parts, unknown, snapshot } = verified;
  const say = (text: Message) => render(text, locale, placeText(snapshot));
  const format = message(`evidence.format.${seen.format ?? 'iomem'}`);
  const head = message('cli.verify.node', { osid: node.osid, tree: node.tree.name, file: dump.name, format });
  const rows = [
    ...parts.map((part) => [
      part.comparison.part.name,
      formatRange(part.comparison.part.range),
      say(said(part)),
    ]),
    ...unknown.map(({ name, unknown: why }) => [name, say(message('editor.unknown')), why ? say(why) : '']),
  ];
  const { kernelText } = seen;
  const text = kernelText
    ? [say(message('cli.verify.kernel-text', { range: formatRange(kernelText.range) }))]
    : [];
  const verdict = message(isVerified(verified) ? 'cli.verify.agrees' : 'cli.verify.differs', {
    osid: node.osid,
  });
  return [say(head), ...alignedRows(rows).map((row) => `  ${row}`), ...text, say(verdict)].join('\n');
}

function said({ comparison, outcome }: VerifiedPart): Message {
  if (outcome === 'agrees') return message('cli.verify.part-agrees');
  const all = differences(comparison).reduce<Message | string>(
    (left, right) => (left === '' ? right : message('rule.semicolon', { left, right })),
    '',
  );
  return message(outcome === 'explained' ? 'cli.verify.part-explained' : 'cli.verify.part-differs', {
    differences: all,
  });
}

/** Numbers are lower-case hexadecimal, ends exclusive. Programs read it: later versions add to it and change nothing. */
export interface JsonVerification {
  readonly version: 1;
  readonly agrees: boolean;
  readonly nodes: readonly JsonVerifiedNode[];
}

interface JsonVerifiedNode {
  readonly osid: number;
  /** The source tree's folder. */
  readonly source: string;
  readonly dump: string;
  readonly format: string;
  readonly agrees: boolean;
  readonly parts: readonly (JsonRange & {
    readonly name: string;
    readonly outcome: Outcome;
    /** What the machine does not show as RAM. */
    readonly missing: readonly JsonRange[];
    /** RAM that the machine shows and nothing predicts. */
    readonly surplus: readonly JsonRange[];
  })[];
  /** Regions that are not known. */
  readonly unknown: readonly string[];
  readonly kernelText?: JsonRange;
}

export function verifyJson(nodes: readonly VerifiedNode[]): string {
  const report: JsonVerification = {
    version: 1,
    agrees: nodes.every(isVerified),
    nodes: nodes.map((verified) => jsonNode(verified)),
  };
  return JSON.stringify(report, undefined, 2);
}

function jsonNode(verified: VerifiedNode): JsonVerifiedNode {
  const { node, dump, seen, parts, unknown } = verified;
  return {
    osid: node.osid,
    source: node.tree.name,
    dump: dump.name,
    format: seen.format ?? '',
    agrees: isVerified(verified),
    parts: parts.map(({ comparison: { part, missing, surplus }, outcome }) => ({
      name: part.name,
      ...jsonRange(part.range),
      outcome,
      missing: missing.map(jsonRange),
      surplus: surplus.map(jsonRange),
    })),
    unknown: unknown.map(({ name }) => name),
    ...(seen.kernelText ? { kernelText: jsonRange(seen.kernelText.range) } : {}),
  };
}
