/** A node's boot as rows of a table: what belongs together stands in one row. */
import { type Message, message } from '../../messages';
import { type AddressRange, formatHex, formatRange, intersection } from '../../range';
import { type Comparison, losesToBios } from './compare';
import type { TypedRange } from './memory';

export interface Row {
  readonly what: Message;
  readonly predicted: string;
  readonly kexec: string;
  readonly kernel: string;
}

/** Marks a range of which kexec and Linux keep a part from being used. */
export const BIOS_MARK = '*';

export const HEAD = ['boot.predicted', 'boot.kexec', 'boot.kernel'] as const;

export function rowsOf({ predicted, kexec, kernel, text }: Comparison): readonly Row[] {
  const claimed = new Set<TypedRange>();
  const matching = (column: readonly TypedRange[], to: TypedRange) => {
    const found = column.filter((range) => !claimed.has(range) && touches(range, to));
    for (const range of found) claimed.add(range);
    return found;
  };
  const row = (range: TypedRange, own: 'predicted' | 'kexec' | 'kernel'): Row => ({
    what: kindOf(range),
    predicted: own === 'predicted' ? formatRange(range) + (losesToBios(range) ? ` ${BIOS_MARK}` : '') : '',
    kexec: listed(own === 'kexec' ? [range] : matching(kexec, range)),
    kernel: listed(own === 'kernel' ? [range] : matching(kernel, range)),
  });
  const rows = predicted.map((range) => row(range, 'predicted'));
  for (const range of kexec) if (!claimed.has(range)) rows.push(row(range, 'kexec'));
  for (const range of kernel) if (!claimed.has(range)) rows.push(row(range, 'kernel'));
  return [...rows, textRow(text)];
}

function textRow({ predicted, kexec, real }: Comparison['text']): Row {
  return {
    what: message('boot.kernel-text'),
    predicted: predicted ? openRange(predicted) : '',
    kexec: kexec === undefined ? '' : formatHex(kexec),
    kernel: real ? formatRange(real) : '',
  };
}

function openRange({ start, end }: { readonly start: bigint; readonly end: bigint | undefined }): string {
  return end === undefined ? `${formatHex(start)}–` : formatRange({ start, end });
}

function kindOf({ kind }: TypedRange): Message {
  return message(`boot.kind.${kind}`);
}

function touches(a: TypedRange, b: TypedRange): boolean {
  return a.kind === b.kind && intersection(a, b) !== undefined;
}

function listed(ranges: readonly AddressRange[]): string {
  return ranges.map(formatRange).join(', ');
}
