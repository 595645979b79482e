/**
 * Where kexec puts a kernel and what it hands to it, of a node's RAM.
 *
 * Sources: kexec-tools 2.0.25, the loaders of a bzImage on x86_64 (`do_bzImage64_load` in
 * kexec/arch/x86_64/kexec-bzImage64.c; for a kernel without a 64-bit entry point `do_bzImage_load` in
 * kexec/arch/i386/kexec-bzImage.c), and the kernel's document "The Linux/x86 Boot Protocol" for the fields of the setup
 * header. What they do is told here in our own words. The file-based system call (`kexec -s`) is the kernel's own loader
 * and does not read the map of the tree at all.
 */
import { type BzImageHeader, runtimeRange } from '../../evidence/bzimage';
import { type AddressRange, alignUp } from '../../range';
import { locateHole, type Piece, type PlacementLimits } from './holes';

/** A kernel as far as its placement depends on it. */
export interface KernelImage
  extends Pick<
    BzImageHeader,
    | 'initSize'
    | 'kernelAlignment'
    | 'prefAddress'
    | 'relocatable'
    | 'setupSize'
    | 'payloadSize'
    | 'anywhere64'
    | 'initrdAddressMax'
  > {
  /** Bytes of the command line with its NUL; 256 where it is not known. */
  readonly commandLineSize?: bigint | undefined;
  /** Bytes; undefined: there is none. */
  readonly initrdSize?: bigint | undefined;
}

/** What kexec loads, in the order in which it looks for room. */
export const SEGMENTS = ['purgatory', 'parameters', 'kernel', 'initrd'] as const;
export type Segment = (typeof SEGMENTS)[number];

export type Placement =
  | {
      readonly kind: 'placed';
      /** In whole pages; no initrd where there is none. */
      readonly segments: Readonly<Record<Exclude<Segment, 'initrd'>, AddressRange>> & {
        readonly initrd?: AddressRange;
      };
      /** The memory that the kernel takes when it runs: it moves up where it prefers a higher address. */
      readonly runs: AddressRange;
    }
  /** No RAM within the limits holds it, and kexec ends with an error. */
  | { readonly kind: 'nowhere'; readonly segment: Segment; readonly size: bigint };

/** The kernel of an OS node, and where kexec puts it. */
export interface NodeKernel {
  readonly image: KernelImage;
  /** URI of the bzImage that is read; undefined: a usual one stands for it. */
  readonly file: string | undefined;
  readonly limits: PlacementLimits;
  readonly placement: Placement;
}

/** The code between the two kernels with its stack, as in a kexec that gcc 12 built; no other is far from it. */
const PURGATORY_SIZE = 0x9000n;
const USUAL_COMMAND_LINE = 256n;
/** What kexec keeps free behind the command line. */
const COMMAND_LINE_ROOM = 64n;
/** struct boot_params fills a page. */
const LEAST_PARAMETERS = 0x1000n;
const LOWEST = 0x3000n;
const LOWEST_KERNEL = 0x100000n;
const LOWEST_INITRD = 0x1000000n;
/** Where a kernel is entered in 32-bit mode, its parameters lie below 640 KiB and itself within 896 MiB. */
const LAST_OF_LOW_MEMORY = 0xa0000n;
const LAST_OF_PURGATORY_32 = 0x7fffffffn;
const LAST_OF_KERNEL_32 = 0x37ffffffn;

/**
 * @param ram the node's, as kexec gets it; ends exclusive
 * @param limits as they are given to kexec
 */
export function placeKernel(
  ram: readonly AddressRange[],
  image: KernelImage,
  limits: PlacementLimits = {},
): Placement {
  const ranges = asKexecTakesIt(ram);
  const pieces = image.anywhere64 ? pieces64(image) : pieces32(image);
  const taken: Partial<Record<Segment, AddressRange>> = {};
  for (const segment of SEGMENTS) {
    const piece = pieces[segment];
    if (!piece) continue;
    const range = locateHole(ranges, Object.values(taken), piece, limits);
    if (!range) return { kind: 'nowhere', segment, size: piece.size };
    taken[segment] = range;
  }
  return placed(taken, image) ?? { kind: 'nowhere', segment: 'parameters', size: pieces.parameters.size };
}

/** Undefined where kexec refuses: it wants the purgatory above the parameters of a kernel entered in 32-bit mode. */
function placed(
  { purgatory, parameters, kernel, initrd }: Partial<Record<Segment, AddressRange>>,
  image: KernelImage,
): Placement | undefined {
  if (!purgatory || !parameters || !kernel) return undefined;
  if (!image.anywhere64 && purgatory.start < parameters.start) return undefined;
  const segments = { purgatory, parameters, kernel, ...(initrd ? { initrd } : {}) };
  return { kind: 'placed', segments, runs: runtimeRange(image, kernel.start) };
}

/** Ascending; of ranges that share memory the lower one keeps it. */
function asKexecTakesIt(ram: readonly AddressRange[]): readonly AddressRange[] {
  const ranges: AddressRange[] = [];
  let end = 0n;
  for (const range of [...ram].sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))) {
    if (range.end <= end) continue;
    ranges.push({ start: range.start < end ? end : range.start, end: range.end });
    end = range.end;
  }
  return ranges;
}

type Pieces = Readonly<Record<Exclude<Segment, 'initrd'>, Piece>> & { readonly initrd: Piece | undefined };

/** All of it top-down and anywhere: the kernel with the memory it needs to decompress itself. */
function pieces64(image: KernelImage): Pieces {
  const top = { end: 'top', alignment: 1n, from: LOWEST } as const;
  const { initSize, kernelAlignment, initrdSize } = image;
  return {
    purgatory: { ...top, size: PURGATORY_SIZE },
    parameters: { ...top, size: parametersSize(image) },
    kernel: { ...top, size: initSize, alignment: kernelAlignment, from: LOWEST_KERNEL },
    initrd: initrdSize === undefined ? undefined : { ...top, size: initrdSize, from: LOWEST_INITRD },
  };
}

/** The kernel as the file has it, at the lowest place; one that is not relocatable at 1 MiB and nowhere else. */
function pieces32(image: KernelImage): Pieces {
  const { payloadSize, kernelAlignment, relocatable, initrdSize, initrdAddressMax } = image;
  const lastOfKernel = LAST_OF_KERNEL_32 < initrdAddressMax ? LAST_OF_KERNEL_32 : initrdAddressMax;
  const low = { end: 'bottom', alignment: 1n, from: LOWEST, to: LAST_OF_LOW_MEMORY } as const;
  return {
    purgatory: {
      ...low,
      end: 'top',
      size: PURGATORY_SIZE,
      to: relocatable ? LAST_OF_PURGATORY_32 : LAST_OF_LOW_MEMORY,
    },
    parameters: { ...low, size: parametersSize(image) },
    kernel: {
      end: 'bottom',
      size: payloadSize,
      alignment: relocatable ? kernelAlignment : 1n,
      from: LOWEST_KERNEL,
      to: relocatable ? lastOfKernel : LOWEST_KERNEL + alignUp(payloadSize, 0x1000n) - 1n,
    },
    initrd:
      initrdSize === undefined
        ? undefined
        : { end: 'top', size: initrdSize, alignment: 1n, from: LOWEST_INITRD, to: initrdAddressMax },
  };
}

function parametersSize({ setupSize, commandLineSize = USUAL_COMMAND_LINE }: KernelImage): bigint {
  const setup = setupSize > LEAST_PARAMETERS ? setupSize : LEAST_PARAMETERS;
  return setup + commandLineSize + COMMAND_LINE_ROOM;
}
