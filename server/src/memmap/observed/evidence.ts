/** What a node's machine and its kernel's files show of its memory. */
import type { Span } from '../../c/source';
import type { BzImageReading } from '../../evidence/bzimage';
import type { ElfReading } from '../../evidence/elf';
import type { EvidenceProblem, ReportedRange } from '../../evidence/evidence';
import type { FirmwareMemmapReading } from '../../evidence/firmware-memmap';
import type { IomemReading } from '../../evidence/iomem';
import type { KernelLogReading } from '../../evidence/kernel-log';
import type { KexecOutputReading } from '../../evidence/kexec-output';
import type { SystemMapReading } from '../../evidence/system-map';
import type { Unreadable } from '../../project/files';
import type { EvidenceKey } from '../../project/project-schema';
import type { AddressRange } from '../../range';

export interface NodeEvidence {
  /** What each dump shows, in the order of {@link EVIDENCE_KEYS}. */
  readonly reports: readonly MemoryReport[];
  /** Where the node's kernel text lies; undefined where nothing tells. */
  readonly kernelText: KernelText | undefined;
  /** What could not be read. */
  readonly problems: readonly EvidenceFault[];
}

/** A node's memory as one dump shows it. */
export interface MemoryReport {
  /** URI of the dump; of a copied /sys/firmware/memmap that of the folder. */
  readonly file: string;
  readonly ranges: readonly ReportedRange[];
  /** The RAM among them: ascending, adjacent ranges made one. */
  readonly ram: readonly AddressRange[];
  /** Nothing of it was left out: what it does not show as RAM is none. */
  readonly complete: boolean;
}

export interface KernelText {
  readonly range: AddressRange;
  /**
   * `seen`: the node's own /proc/iomem shows it. `configured`: its size is that of the kernel's file, its start the
   * project file's. `computed`: its start is where kexec puts the kernel, in the highest RAM that holds it.
   */
  readonly known: 'seen' | 'configured' | 'computed';
  /** URI of the file that shows it, or its size. */
  readonly file: string;
  readonly place: Span;
}

/** A problem of a reader, or a file that is not there. */
export interface EvidenceFault {
  readonly place: Span;
  /** URI of the dump. */
  readonly file: string;
  readonly fault:
    | EvidenceProblem
    | { readonly code: 'absent' | 'no-start' | 'no-size' | 'start-alone' }
    | (Unreadable & { readonly code: 'unreadable' });
}

export const NO_EVIDENCE: NodeEvidence = { reports: [], kernelText: undefined, problems: [] };

/** What the readers make of the files that a project file names. */
export interface EvidenceReadings {
  readonly iomem: IomemReading;
  readonly kexecOutput: KexecOutputReading;
  readonly kernelLog: KernelLogReading;
  readonly firmwareMemmap: FirmwareMemmapReading;
  readonly systemMap: SystemMapReading;
  readonly vmlinux: ElfReading;
  readonly bzImage: BzImageReading;
}

/** Undefined where the file is not there or is not to be read. */
export type ReadEvidence = <Key extends EvidenceKey>(
  key: Key,
  file: string,
) => EvidenceReadings[Key] | Unreadable | undefined;
