/** The settings under `kexecMint.` in the editor, and their defaults; the command line uses the same. */
import type { AddressRange } from '../range';

export type Severity = 'error' | 'warning' | 'information' | 'hint' | 'off';

export interface Settings {
  /** Which files the extension works on; globs. `kexecMint.files` */
  readonly files: readonly string[];
  /** The memory shared out between the nodes. `kexecMint.window` as two numbers in C notation. */
  readonly window: AddressRange;
  /** Number of OS nodes where one tree serves all; undefined: as many as the window holds. `kexecMint.nodeCount` */
  readonly nodeCount: number | undefined;
  /** `kexecMint.dataModel` */
  readonly dataModel: 'LP64' | 'ILP32';
  /** Names that stand for the OSID in the sources. `kexecMint.osidNames` */
  readonly osidNames: readonly string[];
  /** `kexecMint.inlayHints.enabled` */
  readonly inlayHints: boolean;
  /** `kexecMint.codeLens.enabled` */
  readonly codeLens: boolean;
  /** Severity by rule name, where it differs from the rule's own. `kexecMint.rules` */
  readonly rules: Readonly<Record<string, Severity>>;
}

export const DEFAULT_SETTINGS: Settings = {
  files: ['**/kexec/firmware_memmap.c', '**/kexec/mint.h'],
  window: { start: 0x20000000n, end: 0x68000000n },
  nodeCount: undefined,
  dataModel: 'LP64',
  osidNames: ['OSID', 'MINT_OSID', 'osid', 'mint_osid'],
  inlayHints: true,
  codeLens: true,
  rules: {},
};
