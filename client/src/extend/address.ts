/** An end address as a person types it. */
import { type InputBoxValidationMessage, InputBoxValidationSeverity } from 'vscode';
import { parseAddress } from '../../../server/src/project/numbers';
import { formatRange, formatSize, lengthOf } from '../../../server/src/range';
import { text } from '../texts';

/**
 * What the address would give, or what is wrong with it.
 *
 * @param start where the region starts, `0x20000000`
 */
export function judgeAddress(region: string, start: string, typed: string): InputBoxValidationMessage {
  const { Error: error, Info: info } = InputBoxValidationSeverity;
  const to = parseAddress(typed);
  const from = parseAddress(start);
  if (to === undefined) return { message: text('client.extend.number'), severity: error };
  if (from === undefined || to <= from) {
    return { message: text('client.extend.below', { start }), severity: error };
  }
  const range = { start: from, end: to };
  const values = { region, range: formatRange(range), size: formatSize(lengthOf(range)) };
  return { message: text('client.extend.result', values), severity: info };
}
