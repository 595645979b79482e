/** The settings under `kexecMint.` in the editor, and their defaults; the command line uses the same. */
import type { AddressRange } from '../range';

/** Name of the project file, which says some of this in their place. */
export const PROJECT_FILE = 'kexec-mint.json';

export const SEVERITIES = ['error', 'warning', 'information', 'hint', 'off'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A name in C with `{n}` where the number stands. */
export const REGION_NAME = /^[A-Za-z_]\w*\{n\}\w*$/;

/** How the variables of regions are called: `{n}` stands for the region's number. */
export interface RegionNames {
  /** `mint_region{n}_start` */
  readonly start: string;
  /** `mint_region{n}_size` */
  readonly size: string;
}

export const C_LANGUAGE_FEATURES = ['auto', 'on', 'off'] as const;

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
  /** `kexecMint.regionNames` */
  readonly regionNames: RegionNames;
  /** Fixes that cover another node's kernel text end at a multiple of this. `kexecMint.kernelTextAlignment` */
  readonly kernelTextAlignment: bigint;
  /** `kexecMint.inlayHints.enabled` */
  readonly inlayHints: boolean;
  /** `kexecMint.codeLens.enabled` */
  readonly codeLens: boolean;
  /**
   * Definitions and symbols of C names, which other C language servers give too; `auto` is `on` where nobody knows of one.
   * `kexecMint.cLanguageFeatures`
   */
  readonly cLanguageFeatures: (typeof C_LANGUAGE_FEATURES)[number];
  /** Severity by rule name, where it differs from the rule's own. `kexecMint.rules` */
  readonly rules: Readonly<Record<string, Severity>>;
}

export const DEFAULT_SETTINGS: Settings = {
  files: ['**/kexec/firmware_memmap.c', '**/kexec/mint.h'],
  window: { start: 0x20000000n, end: 0x68000000n },
  nodeCount: undefined,
  dataModel: 'LP64',
  osidNames: ['OSID', 'MINT_OSID', 'osid', 'mint_osid'],
  regionNames: { start: 'mint_region{n}_start', size: 'mint_region{n}_size' },
  kernelTextAlignment: 0x200000n,
  inlayHints: true,
  codeLens: true,
  cLanguageFeatures: 'auto',
  rules: {},
};
