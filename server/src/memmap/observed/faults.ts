/** What readers of evidence could not take, in words. */
import { type Message, message } from '../../messages';
import type { EvidenceFault } from './evidence';

/** Arguments that name parts and formats have texts of their own. */
const TOLD = { part: 'evidence.part', format: 'evidence.format', what: 'evidence.unsupported' } as const;

export function faultMessage(fault: EvidenceFault['fault'], file: string): Message {
  const args = 'args' in fault ? Object.entries(fault.args) : [];
  const told = args.map(([name, value]) => [name, name in TOLD ? named(name, value) : value]);
  return message(`evidence.${fault.code}`, { file, ...Object.fromEntries(told) });
}

function named(name: string, value: string): Message {
  return { id: `${TOLD[name as keyof typeof TOLD]}.${value}` as Message['id'] };
}
