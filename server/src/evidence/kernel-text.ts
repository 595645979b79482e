/** Where a node's kernel text lies: seen by the node itself, or its size from its files at a start known otherwise. */
import { type AddressRange, lengthOf } from '../range';
import type { IomemEntry, IomemReading } from './iomem';

/** The entry `Kernel code`; undefined where a text has none, or several that differ (dumps of more than one node). */
export function kernelTextInIomem(reading: IomemReading): IomemEntry | undefined {
  const [first, ...others] = reading.entries.filter(({ name }) => name === 'Kernel code');
  const same = ({ range }: IomemEntry) => range.start === first?.range.start && range.end === first.range.end;
  return others.every(same) ? first : undefined;
}

/** Where a kernel's text lies when it begins at the physical address `start`, from its virtual addresses. */
export function kernelTextAt(start: bigint, virtual: AddressRange): AddressRange {
  return { start, end: start + lengthOf(virtual) };
}
