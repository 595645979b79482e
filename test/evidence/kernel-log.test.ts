import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFirmwareMemmap } from '../../server/src/evidence/firmware-memmap';
import { readKernelLog } from '../../server/src/evidence/kernel-log';
import { printed, show, showProblems } from './show';

const NEWER = `Linux version 6.1.0 (gcc-12) #1 SMP
BIOS-provided physical RAM map:
BIOS-e820: [mem 0x0000000000000000-0x000000000001ffff] usable
BIOS-e820: [mem 0x0000000008000000-0x000000000fffffff] usable
BIOS-e820: [mem 0x0000000020000000-0x0000000037ffffff] usable
BIOS-e820: [mem 0x00000000bffe0000-0x00000000bfffffff] ACPI data
BIOS-e820: [mem 0x00000000fffc0000-0x00000000ffffffff] reserved
e820: update [mem 0x00000000-0x00000fff] usable ==> reserved
`;
const RANGES = [
  '0x0–0x20000 ram usable',
  '0x8000000–0x10000000 ram usable',
  '0x20000000–0x38000000 ram usable',
  '0xbffe0000–0xc0000000 acpi ACPI data',
  '0xfffc0000–0x100000000 reserved reserved',
];
const OLDER = `BIOS-provided physical RAM map:
 BIOS-e820: 0000000000000000 - 0000000000020000 (usable)
 BIOS-e820: 0000000008000000 - 0000000010000000 (usable)
 BIOS-e820: 0000000020000000 - 0000000038000000 (usable)
 BIOS-e820: 00000000bffe0000 - 00000000c0000000 (ACPI data)
 BIOS-e820: 00000000fffc0000 - 0000000100000000 (reserved)
`;

describe('the map of a boot', () => {
  it('is read in the newer style, whose ends are last addresses', () => {
    const reading = readKernelLog(NEWER);
    expect(show(reading.ranges)).toEqual(RANGES);
    expect(reading).toMatchObject({ maps: [{ title: 'BIOS-e820' }], problems: [] });
    expect(printed(NEWER, reading.ranges)[2]).toBe('0x0000000020000000-0x0000000037ffffff');
  });

  it('is read in the older style, whose ends are the addresses after', () => {
    const reading = readKernelLog(OLDER);
    expect(show(reading.ranges)).toEqual(RANGES);
    expect(reading.problems).toEqual([]);
    expect(printed(OLDER, reading.ranges)[2]).toBe('0000000020000000 - 0000000038000000');
  });

  it.each([
    ['dmesg', '[    0.000000] '],
    ['dmesg with threads', '[    0.000000][    T0] '],
    ['dmesg --decode', 'kern  :info  : [    0.000000] '],
    ['dmesg --raw', '<6>[    0.000000] '],
    ['dmesg --ctime', '[Thu Sep 29 10:12:44 2016] '],
    ['syslog', 'Sep 29 10:12:44 os2 kernel: [    0.000000] '],
    ['journalctl', 'Sep 29 10:12:44 os2 kernel: '],
    ['journalctl --output short-iso', '2016-09-29T10:12:44+0900 os2 kernel: '],
    ['a quoted message', '> > '],
  ])('is found behind the marks of %s', (_, mark) => {
    for (const text of [NEWER, OLDER]) {
      const marked = text.replace(/^(?=.)/gm, mark).replaceAll('\n', '\r\n');
      expect(show(readKernelLog(marked).ranges)).toEqual(RANGES);
      expect(readKernelLog(marked).problems).toEqual([]);
    }
  });

  it('is found in the colours of a terminal', () => {
    const coloured = NEWER.replace(
      /^BIOS-e820: /gm,
      '\u001b[32m[    0.000000] \u001b[0m\u001b[33mBIOS-e820: \u001b[0m',
    );
    expect(show(readKernelLog(coloured).ranges)).toEqual(RANGES);
  });

  it('is read in the words of newer kernels', () => {
    const reading = readKernelLog(`BIOS-provided physical RAM map:
BIOS-e820: [mem 0x0000000000000000-0x000000000001ffff]  System RAM
BIOS-e820: [gap 0x0000000000020000-0x0000000007ffffff]
BIOS-e820: [mem 0x0000000008000000-0x000000000fffffff]  128   MB kernel usable RAM
BIOS-e820: [mem 0x00000000fffc0000-0x00000000ffffffff]    1.9 GB device reserved
BIOS-e820: [mem 0x0000000100000000-0x000000013fffffff]  persistent RAM (type 12)
BIOS-e820: [mem 0x0000000140000000-0x000000017fffffff] type 9
`);
    expect(show(reading.ranges)).toEqual([
      '0x0–0x20000 ram System RAM',
      '0x8000000–0x10000000 ram kernel usable RAM',
      '0xfffc0000–0x100000000 reserved device reserved',
      '0x100000000–0x140000000 persistent persistent RAM (type 12)',
      '0x140000000–0x180000000 other type 9',
    ]);
    expect(reading.problems).toEqual([]);
  });
});

describe('several maps', () => {
  const user = `user-defined physical RAM map:
user: [mem 0x0000000000000000-0x000000000001ffff] usable
user: [mem 0x0000000020000000-0x0000000067ffffff] usable
`;

  it('are told apart, and the user-defined one counts', () => {
    const reading = readKernelLog(NEWER + user);
    expect(reading.maps.map(({ title, ranges }) => [title, ranges.length])).toEqual([
      ['BIOS-e820', 5],
      ['user', 2],
    ]);
    expect(show(reading.ranges)).toEqual(['0x0–0x20000 ram usable', '0x20000000–0x68000000 ram usable']);
    const older = user.replace(/\[mem 0x(\S+)-0x\S+\] usable/g, '$1 - 0000000068000000 (usable)');
    expect(show(readKernelLog(OLDER + older).ranges)).toEqual([
      '0x0–0x68000000 ram usable',
      '0x20000000–0x68000000 ram usable',
    ]);
  });

  it('of two boots are two, and the later counts', () => {
    const reading = readKernelLog(NEWER + user + NEWER);
    expect(reading.maps).toHaveLength(3);
    expect(show(reading.ranges)).toEqual(RANGES);
  });
});

it('passes over lines with a slip in them and reports them', () => {
  const bad = NEWER.replace('0x0000000020000000', '0x00000000200g0000').replace('] ACPI data', '');
  const reading = readKernelLog(bad);
  expect(show(reading.ranges)).toEqual(RANGES.filter((_, index) => index !== 2 && index !== 3));
  expect(showProblems(reading.problems)).toEqual([
    'malformed-line@4 {"text":"[mem 0x00000000200g0000-0x0000000037ffffff] usable"}',
    'malformed-line@5 {"text":"[mem 0x00000000bffe0000-0x00000000bfffffff"}',
  ]);
});

it.each(['hello user: world', 'superuser: [mem 0x0-0xfff] usable', ''])('is not misled by %j', (text) => {
  expect(readKernelLog(text).ranges).toEqual([]);
  expect(showProblems(readKernelLog(text).problems)).toEqual([
    'nothing-recognized@0 {"format":"kernel-log"}',
  ]);
});

describe('this machine', () => {
  const log = execFileSync('sh', ['-c', 'dmesg 2>/dev/null || true'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });

  it('has each e820 line of its log read', () => {
    const lines = log.split('\n').filter((line) => line.includes('BIOS-e820: [mem'));
    const reading = readKernelLog(log);
    const found = reading.maps.filter(({ title }) => title === 'BIOS-e820').flatMap(({ ranges }) => ranges);
    expect(found).toHaveLength(lines.length);
    expect(reading.problems.map(({ code }) => code)).toEqual(
      lines.length > 0 || /physical RAM map:/.test(log) ? [] : ['nothing-recognized'],
    );
  });

  it('says the same in /sys/firmware/memmap, where both can be read', () => {
    const folder = '/sys/firmware/memmap';
    const files = new Map<string, string>();
    for (const entry of existsSync(folder) ? readdirSync(folder) : []) {
      for (const name of ['start', 'end', 'type'])
        files.set(`memmap/${entry}/${name}`, attribute(join(folder, entry, name)));
    }
    const memmap = readFirmwareMemmap(files);
    const [firmware] = readKernelLog(log).maps;
    if (firmware && memmap.ranges.length > 0) {
      expect(memmap.ranges.map(({ range }) => range)).toEqual(firmware.ranges.map(({ range }) => range));
      expect(memmap.ranges.map(({ kind }) => kind)).toEqual(firmware.ranges.map(({ kind }) => kind));
    } else {
      expect(memmap.problems.length + readKernelLog(log).problems.length).toBeGreaterThan(0);
    }
  });
});

/** Empty where this user may not read it. */
function attribute(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
