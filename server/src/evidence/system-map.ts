/** Reads System.map, as nm prints it: `ffffffff81000000 T _text`. */
import { type EvidenceProblem, Problems } from './evidence';
import {
  KERNEL_SYMBOLS,
  type KernelSymbolName,
  type KernelSymbols,
  KernelSymbolTable,
} from './kernel-symbols';
import { type Line, linesOf, placeIn } from './text';

export interface SystemMapReading {
  readonly symbols: KernelSymbols;
  readonly problems: readonly EvidenceProblem[];
}

const LINE = /^[ \t]*([0-9a-f]+) [a-z?-] (\S+)[ \t]*$/i;
const NAMES: ReadonlySet<string> = new Set(KERNEL_SYMBOLS);

/** Addresses have as many digits as the kernel's pointers, 8 or 16; a shorter one was cut and is left out. */
export function readSystemMap(text: string): SystemMapReading {
  const problems = new Problems();
  const found: { readonly line: Line; readonly digits: string; readonly name: KernelSymbolName }[] = [];
  let width = 0;
  for (const line of linesOf(text)) {
    const [, digits = '', name = ''] = LINE.exec(line.text) ?? [];
    if (digits.length === 8 || digits.length === 16) width = Math.max(width, digits.length);
    if (isKernelSymbol(name)) found.push({ line, digits, name });
  }
  const table = new KernelSymbolTable(problems);
  const hidden = found.length > 0 && found.every(({ digits }) => /^0+$/.test(digits));
  for (const { line, digits, name } of found) {
    const place = placeIn(line, line.text.indexOf(digits), digits.length);
    if (hidden) {
      problems.add('unprivileged', place);
      break;
    }
    if (digits.length === width) table.add(name, { address: BigInt(`0x${digits}`), place });
    else problems.add('cut-address', place, { text: digits.slice(0, 32) });
  }
  if (found.length === 0)
    problems.add('nothing-recognized', { start: 0, end: 0, line: 0 }, { format: 'system-map' });
  return { symbols: table.symbols(), problems: problems.list() };
}

function isKernelSymbol(name: string): name is KernelSymbolName {
  return NAMES.has(name);
}
