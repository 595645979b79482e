/** The kernel of Debian, read as a file; its configuration is the judge. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readBzImage, runtimeRange } from '../../server/src/evidence/bzimage';
import { showProblems } from './show';

let image: Uint8Array;
let config: string;
let version: string;

beforeAll(() => {
  const script = join(import.meta.dirname, '../../scripts/fetch-linux-image.mjs');
  const folder = execFileSync('node', [script], { encoding: 'utf8' }).trim();
  const file = (name: string) => readdirSync(folder).find((entry) => entry.startsWith(name)) ?? '';
  image = new Uint8Array(readFileSync(join(folder, file('vmlinuz-'))));
  config = readFileSync(join(folder, file('config-')), 'utf8');
  version = file('vmlinuz-').replace('vmlinuz-', '');
});

const configured = (name: string) =>
  BigInt(new RegExp(`^CONFIG_${name}=(\\w+)$`, 'm').exec(config)?.[1] ?? -1);

/** A copy with some bytes changed. */
function changed(bytes: Readonly<Record<number, number>>): Uint8Array {
  const copy = image.slice(0, 0x10000);
  for (const [offset, value] of Object.entries(bytes)) copy[Number(offset)] = value;
  return copy;
}

describe("Debian's vmlinuz", () => {
  it('says of itself what it was configured with', () => {
    const { header, problems } = readBzImage(image);
    expect(problems).toEqual([]);
    expect(header).toMatchObject({
      prefAddress: configured('PHYSICAL_START'),
      kernelAlignment: configured('PHYSICAL_ALIGN'),
      relocatable: /^CONFIG_RELOCATABLE=y$/m.test(config),
      protocol: { major: 2 },
    });
    expect(header?.kernelVersion?.split(' ')[0]).toBe(version);
    // It decompresses itself into this memory.
    expect(header?.initSize).toBeGreaterThan(BigInt(image.length));
  });

  it('needs its memory where it is loaded, aligned, and not below its preferred address', () => {
    const { header } = readBzImage(image);
    if (!header) throw new Error('no header');
    const { prefAddress, initSize, kernelAlignment } = header;
    const at = (start: bigint) => ({ start, end: start + initSize });
    expect(runtimeRange(header, 0x64c00000n)).toEqual(at(0x64c00000n));
    expect(runtimeRange(header, 0x64c00001n)).toEqual(at(0x64c00000n + kernelAlignment));
    expect(runtimeRange(header, 0x100000n)).toEqual(at(prefAddress));
    expect(runtimeRange({ ...header, relocatable: false }, 0x64c00000n)).toEqual(at(prefAddress));
  });

  it('says what is wrong with it when bytes of its header are', () => {
    const problems = (bytes: Uint8Array) => showProblems(readBzImage(bytes).problems);
    expect(problems(changed({}))).toEqual([]);
    expect(problems(changed({ 514: 0 }))).toEqual(['nothing-recognized {"format":"bzimage"}']);
    expect(problems(changed({ 510: 0 }))).toEqual(['nothing-recognized {"format":"bzimage"}']);
    expect(problems(changed({ 518: 9 }))).toEqual(['unsupported {"what":"old-protocol"}']);
    expect(problems(changed({ 519: 3 }))).toEqual(['unsupported {"what":"old-protocol"}']);
    expect(problems(changed({ 529: 0 }))).toEqual(['unsupported {"what":"zimage"}']);
    expect(problems(changed({ 513: 0x20 }))).toEqual(['malformed-part {"part":"setup-header"}']);
    expect(problems(changed({ 560: 3 }))).toEqual(['malformed-part {"part":"kernel-alignment"}']);
    expect(problems(changed({ 608: 0, 609: 0, 610: 0, 611: 0 }))).toEqual([
      'malformed-part {"part":"init-size"}',
    ]);
    const top = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [0x258 + index, 0xff]));
    expect(problems(changed(top))).toEqual(['malformed-part {"part":"pref-address"}']);
    expect(problems(image.slice(0, 0x263))).toEqual(['truncated {"part":"setup-header"}']);
    expect(problems(image.slice(0, 0x205))).toEqual(['nothing-recognized {"format":"bzimage"}']);
    expect(readBzImage(changed({ 526: 0, 527: 0 })).header?.kernelVersion).toBeUndefined();
    expect(readBzImage(changed({ 526: 0xff, 527: 0xff })).header?.kernelVersion).toBeUndefined();
  });
});
