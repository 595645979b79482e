/** Prediction, kexec's map and the booted kernel's map, made comparable and compared. */
import { type IomemEntry, readIomem } from '../../evidence/iomem';
import { kernelTextInIomem } from '../../evidence/kernel-text';
import { kernelLoadedAt, readKexecOutput } from '../../evidence/kexec-output';
import { type AddressRange, intersection, lengthOf, sameRange } from '../../range';
import type { NodeRun } from './boot-node';
import { merged, sameMemory, type TypedRange, typed, without } from './memory';
import type { Prediction } from './prediction';

export interface Comparison {
  readonly predicted: readonly TypedRange[];
  /** What kexec printed, without what is the machine's. */
  readonly kexec: readonly TypedRange[];
  /** What the booted kernel's /proc/iomem says, without what is the machine's; empty where it did not boot. */
  readonly kernel: readonly TypedRange[];
  readonly text: {
    readonly predicted: PredictedText | undefined;
    /** Where kexec said that it put the kernel. */
    readonly kexec: bigint | undefined;
    readonly real: AddressRange | undefined;
  };
  readonly agree: { readonly kexec: boolean; readonly kernel: boolean; readonly text: boolean };
}

/** Without an end where the size of the kernel's text is not known. */
export interface PredictedText {
  readonly start: bigint;
  readonly end: bigint | undefined;
}

/** kexec keeps the interrupt table of real mode out of the map (`get_memory_ranges` of kexec-tools 2.0.25). */
const INTERRUPT_TABLE: AddressRange = { start: 0n, end: 0x400n };

/**
 * Memory that Linux on x86 gives up whatever its map says, for the BIOS (`trim_bios_range` in arch/x86/kernel/setup.c):
 * the first page becomes reserved, and the last 384 KiB of the first MiB are no RAM.
 */
const FIRST_PAGE: AddressRange = { start: 0n, end: 0x1000n };
const BIOS_AREA: AddressRange = { start: 0xa0000n, end: 0x100000n };

/** Whether kexec or Linux keeps a part of the range from being used as RAM. */
export function losesToBios(range: TypedRange): boolean {
  return (
    range.kind === 'ram' && [FIRST_PAGE, BIOS_AREA].some((hole) => intersection(range, hole) !== undefined)
  );
}

function withoutRam(ranges: readonly TypedRange[], holes: readonly AddressRange[]): readonly TypedRange[] {
  return without(
    ranges,
    holes.map((hole) => ({ ...hole, kind: 'ram' })),
  );
}

export function compare(prediction: Prediction, run: NodeRun): Comparison {
  // RAM that the firmware reports is for the tree to share out; what else it reports is the machine's.
  const machine = run.firmware.filter(({ kind }) => kind !== 'ram');
  const predicted = merged(prediction.ranges);
  const own = without(predicted, machine);
  const kexec = without(merged(typed(readKexecOutput(run.kexec).ranges)), machine);
  const iomem = readIomem(run.iomem ?? '');
  const kernel = without(merged(memoryIn(iomem.entries)), [...machine, { ...FIRST_PAGE, kind: 'reserved' }]);
  const real = kernelTextInIomem(iomem)?.range;
  const text = { predicted: predictedText(prediction, run), kexec: kernelLoadedAt(run.kexec), real };
  return {
    predicted,
    kexec,
    kernel,
    text,
    agree: {
      kexec: sameMemory(withoutRam(own, [INTERRUPT_TABLE]), kexec),
      kernel: sameMemory(withoutRam(own, [FIRST_PAGE, BIOS_AREA]), kernel),
      text: agreeOnText(text),
    },
  };
}

/** Memory of its own: what lies inside RAM is what the kernel does with it. */
function memoryIn(entries: readonly IomemEntry[]): readonly TypedRange[] {
  const isInRam = ({ parent }: IomemEntry): boolean => {
    const outer = parent === undefined ? undefined : entries[parent];
    return outer !== undefined && (outer.kind === 'ram' || isInRam(outer));
  };
  return typed(entries.filter((entry) => entry.kind !== 'other' && !isInRam(entry)));
}

/** The text's size is that of the same kernel as QEMU booted it first. */
function predictedText({ kernel }: Prediction, { firstIomem }: NodeRun): PredictedText | undefined {
  if (!kernel) return undefined;
  const measured = kernelTextInIomem(readIomem(firstIomem))?.range;
  return { start: kernel.start, end: measured && kernel.start + lengthOf(measured) };
}

function agreeOnText({ predicted, real }: Comparison['text']): boolean {
  if (!predicted || !real) return predicted === undefined;
  const { start, end } = predicted;
  return end === undefined ? start === real.start : sameRange({ start, end }, real);
}
