/** Where a node's kernel text lies: seen by the node itself, or its size from its files at a start known otherwise. */
import type { AddressRange } from '../range';
import type { IomemEntry, IomemReading } from './iomem';
import { type KernelSymbols, kernelTextOf } from './kernel-symbols';

/** The entry `Kernel code`; undefined where a text has none, or several that differ (dumps of more than one node). */
export function kernelTextInIomem(reading: IomemReading): IomemEntry | undefined {
  const [first, ...others] = reading.entries.filter(({ name }) => name === 'Kernel code');
  const same = ({ range }: IomemEntry) => range.start === first?.range.start && range.end === first.range.end;
  return others.every(same) ? first : undefined;
}

/** The text of the kernel with these symbols when its image begins at the physical address `start`. */
export function kernelTextAt(start: bigint, symbols: KernelSymbols): AddressRange | undefined {
  const virtual = kernelTextOf(symbols);
  return virtual && { start, end: start + virtual.end - virtual.start };
}
