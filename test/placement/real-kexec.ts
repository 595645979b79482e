/** Upstream's kexec, built to be asked where it puts a kernel in given RAM; it loads nothing. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { PlacementLimits } from '../../server/src/memmap/placement/holes';
import type { AddressRange } from '../../server/src/range';
import { upstreamSource } from '../upstream/mint-trees';

const cache = join(import.meta.dirname, '../../.cache/kexec-probe');
const RUNS_NEXT_TO_OTHERS = ['-n', '5'];

export interface RealKexec {
  readonly program: string;
  readonly shim: string;
}

/** Built once for each version of upstream's source; half a minute. */
export function buildKexec(): RealKexec {
  const source = upstreamSource();
  const place = join(cache, basename(source));
  const built = { program: join(place, 'build/sbin/kexec'), shim: join(place, 'shim.so') };
  if (existsSync(place)) return built;
  mkdirSync(cache, { recursive: true });
  const partial = mkdtempSync(join(cache, 'partial-'));
  try {
    cpSync(source, partial, { recursive: true });
    const memmap = join(partial, 'kexec/firmware_memmap.c');
    const text = readFileSync(memmap, 'utf8');
    const own = text.indexOf('int have_sys_firmware_memmap(void)');
    if (own < 0) throw new Error("upstream's firmware_memmap.c no longer has have_sys_firmware_memmap()");
    const given = readFileSync(join(import.meta.dirname, 'memmap-from-environment.c'), 'utf8');
    writeFileSync(memmap, text.slice(0, own) + given);
    const run = (...words: string[]) =>
      execFileSync('nice', [...RUNS_NEXT_TO_OTHERS, ...words], { cwd: partial, stdio: 'pipe' });
    run('./configure', '--without-xen', '--without-lzma', '--without-zlib');
    run('make');
    run('gcc', '-shared', '-fPIC', join(import.meta.dirname, 'kexec-shim.c'), '-o', 'shim.so');
    if (!existsSync(place)) renameSync(partial, place);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
  return built;
}

/** Start addresses of what kexec loads; undefined where it finds no room. */
export interface RealPlacement {
  readonly purgatory: bigint;
  readonly parameters: bigint;
  readonly kernel: bigint;
  readonly initrd: bigint | undefined;
}

export interface Load {
  readonly kernel: string;
  readonly initrd?: string;
  readonly commandLine: string;
  readonly ram: readonly AddressRange[];
  readonly limits: PlacementLimits;
}

export function askKexec({ program, shim }: RealKexec, load: Load): RealPlacement | undefined {
  const { memMin, memMax } = load.limits;
  const args = [
    '-c',
    '-d',
    ...(memMin === undefined ? [] : [`--mem-min=${memMin}`]),
    ...(memMax === undefined ? [] : [`--mem-max=${memMax}`]),
    '-l',
    load.kernel,
    `--append=${load.commandLine}`,
    ...(load.initrd === undefined ? [] : [`--initrd=${load.initrd}`]),
  ];
  const ranges = load.ram.map(({ start, end }) => `${start} ${end - 1n}`).join();
  const { stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { RANGES: ranges, LD_PRELOAD: shim },
  });
  const printed = stdout + stderr;
  const [purgatory, parameters, kernel, initrd] = [
    /purgatory at addr (0x\w+)/,
    /Loaded real.mode.\w+ and command line at (0x\w+)/,
    /Loaded \d\dbit kernel at (0x\w+)/,
    /Loaded initrd at (0x\w+)/,
  ].map((line) => {
    const address = line.exec(printed)?.[1];
    return address === undefined ? undefined : BigInt(address);
  });
  if (!printed.includes('kexec_load failed')) {
    if (!/locate_hole failed|Invalid memory segment|can not load|Could not put setup/.test(printed)) {
      throw new Error(`kexec said nothing that is known:\n${printed}`);
    }
    return undefined;
  }
  if (purgatory === undefined || parameters === undefined || kernel === undefined) {
    throw new Error(`kexec does not say where it loads:\n${printed}`);
  }
  return { purgatory, parameters, kernel, initrd };
}
