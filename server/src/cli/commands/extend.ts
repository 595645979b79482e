/** `extend`: the edit that ends a node's region elsewhere. */
import type { RuleContext } from '../../memmap/context';
import type { Fix } from '../../memmap/finding';
import { type EndTarget, endTargets, windowEnd } from '../../memmap/fixes/end-targets';
import { moveEnd, regionNamed } from '../../memmap/fixes/move-end';
import type { LayoutNode, Region } from '../../memmap/layout';
import { type Message, message } from '../../messages';
import { parseAddress } from '../../project/numbers';
import { edit } from '../edit';
import { isMessage } from '../folder';
import { command } from '../words/command';
import { optional, required } from '../words/options';
import { NAME, OSID, type Value } from '../words/values';
import { WrongCall } from '../words/wrong-call';
import { EDIT_OPTIONS } from './edit-options';
import { TREES } from './trees';

const NAMED = ['window', 'kernel-text'] as const;

/** An address, or what has one. */
type End = bigint | (typeof NAMED)[number];

const END: Value<End> = {
  name: `ADDRESS|${NAMED.join('|')}`,
  choices: NAMED,
  files: 'none',
  read: (word) => {
    const end = NAMED.find((name) => name === word) ?? parseAddress(word);
    if (end === undefined)
      throw new WrongCall(message('cli.no-end', { text: word, names: NAMED.join(', ') }));
    return end;
  },
};

export const extend = command({
  name: 'extend',
  summary: 'cli.extend',
  description: 'cli.extend.description',
  operand: TREES,
  options: {
    node: required('cli.extend.node', OSID),
    to: required('cli.extend.to', END),
    region: optional('cli.extend.region', NAME),
    ...EDIT_OPTIONS,
  },
  examples: [
    'extend --node 0 --to 0x60000000',
    'extend --node 0 --to window | patch -p1',
    'extend ~/mint --node 0 --to kernel-text --write',
  ],
  exits: 'cli.exits.edit',
  run: ({ operand, options: { node, to, region, ...options }, locale }, host) =>
    edit(
      { folder: operand, osid: node, ...options, fix: (context) => fixOf(context, node, region, to) },
      locale,
      host,
    ),
});

function fixOf(context: RuleContext, osid: number, name: string | undefined, end: End): Fix | Message {
  const found = regionNamed(context, osid, name);
  if (isMessage(found)) return found;
  const { node, region } = found;
  if (typeof end === 'bigint') return moveEnd(context, node, region, end);
  const target = end === 'window' ? windowEnd(context) : behindKernelTexts(context, node, region);
  if (!target) return message('cli.no-kernel-text', { osid });
  return moveEnd(context, node, region, target.address, target.target);
}

/** Behind the last kernel text of the other nodes, so that the region covers all of them. */
function behindKernelTexts(context: RuleContext, node: LayoutNode, region: Region): EndTarget | undefined {
  const covered: number[] = [];
  let address: bigint | undefined;
  for (const { target, address: end } of endTargets(context, node, region)) {
    if (target === 'window' || !('kernelTextOf' in target)) continue;
    covered.push(...target.kernelTextOf);
    if (address === undefined || end > address) address = end;
  }
  return address === undefined ? undefined : { address, target: { kernelTextOf: covered } };
}
