/** What readers of evidence could not take, in words. */
import type { NamedArguments } from '../../evidence/evidence';
import { type Message, message } from '../../messages';
import { fileError } from '../../project/file-error';
import type { EvidenceFault } from './evidence';

export function faultMessage(fault: EvidenceFault['fault'], file: string): Message {
  if (fault.code === 'unreadable')
    return message('evidence.unreadable', { file, error: fileError(fault.error) });
  const args = 'args' in fault ? fault.args : {};
  return message(`evidence.${fault.code}`, { file, ...args, ...named(args) });
}

/** Arguments that name parts, formats and forms have texts of their own. */
function named({ part, format, what }: NamedArguments): Message['args'] {
  return {
    ...(part && { part: message(`evidence.part.${part}`) }),
    ...(format && { format: message(`evidence.format.${format}`) }),
    ...(what && { what: message(`evidence.unsupported.${what}`) }),
  };
}
