/** The symbols that bound a kernel's image, from its System.map or its ELF file. */
import type { AddressRange } from '../range';
import type { Place, Problems } from './evidence';

/** `_text` begins the image, `_stext` its code (not always apart), `_etext` is after the code, `_end` after everything. */
export const KERNEL_SYMBOLS = ['_text', '_stext', '_etext', '_end'] as const;
export type KernelSymbolName = (typeof KERNEL_SYMBOLS)[number];

export interface KernelSymbol {
  /** Virtual address. */
  readonly address: bigint;
  readonly place: Place;
}

export type KernelSymbols = ReadonlyMap<KernelSymbolName, KernelSymbol>;

/** Collects symbols; one with two addresses is dropped, as either may be wrong. */
export class KernelSymbolTable {
  private readonly table = new Map<KernelSymbolName, KernelSymbol>();
  private readonly dropped = new Set<KernelSymbolName>();

  constructor(private readonly problems: Problems) {}

  add(name: KernelSymbolName, symbol: KernelSymbol): void {
    const known = this.table.get(name);
    if (known && known.address !== symbol.address) {
      this.problems.add('conflicting-symbol', symbol.place, { name });
      this.table.delete(name);
      this.dropped.add(name);
    } else if (!known && !this.dropped.has(name)) {
      this.table.set(name, symbol);
    }
  }

  symbols(): KernelSymbols {
    return this.table;
  }
}

/**
 * The virtual addresses of the kernel's text: what Linux reports as "Kernel code" in /proc/iomem, from `_text` to
 * `_etext` (x86 setup_arch()). Undefined where a bound is missing or they are not in order.
 */
export function kernelTextOf(symbols: KernelSymbols): AddressRange | undefined {
  const start = (symbols.get('_text') ?? symbols.get('_stext'))?.address;
  const end = symbols.get('_etext')?.address;
  return start !== undefined && end !== undefined && start < end ? { start, end } : undefined;
}
