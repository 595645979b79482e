/**
 * Reads the setup header of a bzImage (vmlinuz): where the kernel wants to be loaded and how much memory it needs.
 * Fields, offsets and versions are those of the kernel's document "The Linux/x86 Boot Protocol".
 */
import type { AddressRange } from '../range';
import { byteReader, hasAscii } from './bytes';
import { type EvidenceProblem, type PartName, Problems } from './evidence';

export interface BzImageReading {
  /** Undefined where the bytes are no bzImage. */
  readonly header: BzImageHeader | undefined;
  readonly problems: readonly EvidenceProblem[];
}

export interface BzImageHeader {
  /** Version of the boot protocol, such as 2.15. */
  readonly protocol: { readonly major: number; readonly minor: number };
  /** `6.1.0-37-cloud-amd64 (…) #1 SMP …`, where the image has it. */
  readonly kernelVersion: string | undefined;
  /** Whether the kernel runs wherever it is loaded, at multiples of `kernelAlignment`. */
  readonly relocatable: boolean;
  /** Bytes; a power of two. */
  readonly kernelAlignment: bigint;
  /** The address the kernel prefers, and runs at where it is not relocatable. */
  readonly prefAddress: bigint;
  /** Bytes from the start of the running kernel that must be free for it to decompress itself. */
  readonly initSize: bigint;
  /** Bytes of the boot sector and the setup code, which stand before the kernel proper. */
  readonly setupSize: bigint;
  /** Bytes of the kernel proper as the file has it, compressed. */
  readonly payloadSize: bigint;
  /** The kernel has a 64-bit entry point and may lie above 4 GiB, with all that is handed to it (xloadflags). */
  readonly anywhere64: boolean;
  /** The last address that the initial ramdisk may take where the kernel is entered in 32-bit mode. */
  readonly initrdAddressMax: bigint;
}

const OFFSET = {
  setupSectors: 0x1f1,
  bootFlag: 0x1fe,
  jump: 0x201,
  magic: 0x202,
  version: 0x206,
  kernelVersion: 0x20e,
  loadFlags: 0x211,
  initrdAddressMax: 0x22c,
  kernelAlignment: 0x230,
  relocatable: 0x234,
  extendedLoadFlags: 0x236,
  prefAddress: 0x258,
  initSize: 0x260,
} as const;
const END_OF_INIT_SIZE = OFFSET.initSize + 4;
const LOADED_HIGH = 1n;
/** XLF_KERNEL_64 and XLF_CAN_BE_LOADED_ABOVE_4G. */
const ANYWHERE_64 = 3n;
/** The first version with xloadflags; Linux 3.8. */
const ANYWHERE_64_MINOR = 12;
/** The first version with pref_address and init_size; Linux 2.6.31. */
const NEEDED_MINOR = 10;
const SECTOR = 512;

export function readBzImage(bytes: Uint8Array): BzImageReading {
  const problems = new Problems();
  const fail = (code: 'truncated' | 'malformed-part', part: PartName, start: number, end: number) => {
    problems.add(code, { start, end }, { part });
    return { header: undefined, problems: problems.list() };
  };
  const reader = byteReader(bytes, true);
  if (!hasAscii(bytes, OFFSET.magic, 'HdrS') || reader.unsigned(OFFSET.bootFlag, 2) !== 0xaa55n) {
    problems.add('nothing-recognized', { start: 0, end: 0 }, { format: 'bzimage' });
    return { header: undefined, problems: problems.list() };
  }
  if (bytes.length < END_OF_INIT_SIZE) return fail('truncated', 'setup-header', OFFSET.magic, bytes.length);
  const number = (offset: number, width: 1 | 2 | 4 | 8) => reader.unsigned(offset, width) ?? 0n;
  const minor = Number(number(OFFSET.version, 1));
  const major = Number(number(OFFSET.version + 1, 1));
  const old = major !== 2 || minor < NEEDED_MINOR;
  if (old || (number(OFFSET.loadFlags, 1) & LOADED_HIGH) === 0n) {
    const start = old ? OFFSET.version : OFFSET.loadFlags;
    problems.add('unsupported', { start, end: start + 1 }, { what: old ? 'old-protocol' : 'zimage' });
    return { header: undefined, problems: problems.list() };
  }
  // The jump over the header tells where it ends.
  if (OFFSET.magic + Number(number(OFFSET.jump, 1)) < END_OF_INIT_SIZE) {
    return fail('malformed-part', 'setup-header', OFFSET.jump, OFFSET.jump + 1);
  }
  const kernelAlignment = number(OFFSET.kernelAlignment, 4);
  const initSize = number(OFFSET.initSize, 4);
  const prefAddress = number(OFFSET.prefAddress, 8);
  if (kernelAlignment === 0n || (kernelAlignment & (kernelAlignment - 1n)) !== 0n) {
    return fail('malformed-part', 'kernel-alignment', OFFSET.kernelAlignment, OFFSET.kernelAlignment + 4);
  }
  if (initSize === 0n) return fail('malformed-part', 'init-size', OFFSET.initSize, END_OF_INIT_SIZE);
  if (prefAddress + initSize > 1n << 64n) {
    return fail('malformed-part', 'pref-address', OFFSET.prefAddress, OFFSET.prefAddress + 8);
  }
  const setupSize = BigInt(setupSizeOf(bytes));
  const header: BzImageHeader = {
    protocol: { major, minor },
    kernelVersion: kernelVersionOf(bytes, Number(number(OFFSET.kernelVersion, 2))),
    relocatable: number(OFFSET.relocatable, 1) !== 0n,
    kernelAlignment,
    prefAddress,
    initSize,
    setupSize,
    payloadSize: BigInt(Math.max(0, bytes.length - Number(setupSize))),
    anywhere64:
      minor >= ANYWHERE_64_MINOR && (number(OFFSET.extendedLoadFlags, 2) & ANYWHERE_64) === ANYWHERE_64,
    initrdAddressMax: number(OFFSET.initrdAddressMax, 4),
  };
  return { header, problems: problems.list() };
}

/**
 * The memory the kernel takes until it has decompressed itself, when loaded at `loadAddress`: a relocatable one moves
 * up to its preferred address and its alignment, another one always runs at its preferred address.
 */
export function runtimeRange(
  header: Pick<BzImageHeader, 'relocatable' | 'prefAddress' | 'kernelAlignment' | 'initSize'>,
  loadAddress: bigint,
): AddressRange {
  const { relocatable, prefAddress, kernelAlignment, initSize } = header;
  const lowest = loadAddress > prefAddress ? loadAddress : prefAddress;
  const aligned = ((lowest + kernelAlignment - 1n) / kernelAlignment) * kernelAlignment;
  const start = relocatable ? aligned : prefAddress;
  return { start, end: start + initSize };
}

/** The version text ends with a NUL within the setup sectors; its pointer does not count the boot sector. */
function kernelVersionOf(bytes: Uint8Array, pointer: number): string | undefined {
  const start = pointer + SECTOR;
  const end = bytes.subarray(0, setupSizeOf(bytes)).indexOf(0, start);
  if (pointer === 0 || end <= start) return undefined;
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 256))).replace(/[^ -~]/g, '?');
}

/** No setup sectors stand for four, as in the earliest kernels. */
function setupSizeOf(bytes: Uint8Array): number {
  return ((bytes[OFFSET.setupSectors] || 4) + 1) * SECTOR;
}
