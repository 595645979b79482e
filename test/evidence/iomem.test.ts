import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ramOf } from '../../server/src/evidence/evidence';
import { readIomem } from '../../server/src/evidence/iomem';
import { kernelTextInIomem } from '../../server/src/evidence/kernel-text';
import { formatRange } from '../../server/src/range';
import { printed, show, showProblems } from './show';

/** Node 2 as a real kernel reported it, with the names of the year 2016. */
const NODE_2 = `00000000-00000fff : reserved
00040000-0005ffff : System RAM
000a0000-000bffff : PCI Bus 0000:00
18000000-1fffffff : System RAM
50000000-67ffffff : System RAM
  51000000-517fffff : Kernel code
  51800000-51bcffff : Kernel data
  51d00000-51e8dfff : Kernel bss
fec00000-fec003ff : IOAPIC 0
100000000-1ffffffff : RAM buffer
`;

describe('a dump', () => {
  it('has exclusive ends, kinds and names', () => {
    const reading = readIomem(NODE_2);
    expect(show(reading.entries)).toEqual([
      '0x0–0x1000 reserved reserved',
      '0x40000–0x60000 ram System RAM',
      '0xa0000–0xc0000 other PCI Bus 0000:00',
      '0x18000000–0x20000000 ram System RAM',
      '0x50000000–0x68000000 ram System RAM',
      '0x51000000–0x51800000 other Kernel code',
      '0x51800000–0x51bd0000 other Kernel data',
      '0x51d00000–0x51e8e000 other Kernel bss',
      '0xfec00000–0xfec00400 other IOAPIC 0',
      '0x100000000–0x200000000 other RAM buffer',
    ]);
    expect(reading.entries.map(({ depth, parent }) => [depth, parent])).toEqual([
      [0, undefined],
      [0, undefined],
      [0, undefined],
      [0, undefined],
      [0, undefined],
      [1, 4],
      [1, 4],
      [1, 4],
      [0, undefined],
      [0, undefined],
    ]);
    expect(printed(NODE_2, reading.entries)[5]).toBe('51000000-517fffff');
    expect(reading.entries[5]?.place.line).toBe(5);
    expect([reading.unprivileged, reading.problems]).toEqual([false, []]);
  });

  it('tells where the kernel text lies, and the RAM', () => {
    const reading = readIomem(NODE_2);
    expect(kernelTextInIomem(reading)?.range).toEqual({ start: 0x51000000n, end: 0x51800000n });
    expect(ramOf(reading.entries).map(formatRange)).toEqual([
      '0x40000–0x60000',
      '0x18000000–0x20000000',
      '0x50000000–0x68000000',
    ]);
  });

  it('is found in a terminal, with CRLF, and in a quoted message', () => {
    const expected = show(readIomem(NODE_2).entries);
    const terminal = `Last login: Thu Sep 29 10:12:44 2016\r\n[root@os2 ~]# cat /proc/iomem\r\n${NODE_2.replaceAll('\n', '\r\r\n')}[root@os2 ~]# `;
    expect(readIomem(terminal)).toMatchObject({ problems: [], unprivileged: false });
    expect(show(readIomem(terminal).entries)).toEqual(expected);
    const quoted = readIomem(NODE_2.replace(/^(?=.)/gm, '> > '));
    expect(show(quoted.entries)).toEqual(expected);
    expect(quoted.entries.map(({ depth }) => depth)).toEqual(
      readIomem(NODE_2).entries.map(({ depth }) => depth),
    );
    expect(printed(NODE_2.replace(/^(?=.)/gm, '> > '), quoted.entries)[5]).toBe('51000000-517fffff');
  });

  it('is found in the colours of a terminal', () => {
    const colours = `\u001b[0m${NODE_2.replace(/(\n *)(.*)System RAM/g, '$1\u001b[32m$2\u001b[01;31m\u001b[KSystem RAM\u001b[m\u001b[K')}`;
    const reading = readIomem(colours);
    expect(show(reading.entries)).toEqual(show(readIomem(NODE_2).entries));
    expect(reading.entries.map(({ depth }) => depth)).toEqual(
      readIomem(NODE_2).entries.map(({ depth }) => depth),
    );
    expect([0, 4, 5].map((index) => printed(colours, reading.entries)[index])).toEqual([
      '00000000-00000fff',
      '50000000-67ffffff',
      '51000000-517fffff',
    ]);
  });

  it('may end at the last address there is', () => {
    const [entry] = readIomem('ffffffff00000000-ffffffffffffffff : System RAM').entries;
    expect(entry?.range).toEqual({ start: 0xffffffff00000000n, end: 1n << 64n });
  });

  it('with two nodes in it does not tell the kernel text of one', () => {
    expect(kernelTextInIomem(readIomem(NODE_2 + NODE_2))?.range.start).toBe(0x51000000n);
    expect(kernelTextInIomem(readIomem(NODE_2 + NODE_2.replace('51000000', '51200000')))).toBeUndefined();
  });
});

describe('addresses hidden from an unprivileged reader', () => {
  it('are no range at zero', () => {
    const reading = readIomem(NODE_2.replace(/[0-9a-f]+-[0-9a-f]+ :/g, '00000000-00000000 :'));
    expect(reading).toMatchObject({ entries: [], unprivileged: true });
    expect(showProblems(reading.problems)).toEqual(['unprivileged@0']);
  });

  it('in one line among others is reported there', () => {
    const reading = readIomem(`${NODE_2}00000000-00000000 : PCI Bus 0000:01\n`);
    expect(reading.entries).toHaveLength(10);
    expect(showProblems(reading.problems)).toEqual(['zero-range@10 {"name":"PCI Bus 0000:01"}']);
  });
});

describe('a line with a slip in it', () => {
  it.each([
    ['50000000-67fffffg : System RAM', 'malformed-line@1 {"text":"50000000-67fffffg : System RAM"}'],
    ['50000000-67ff', 'malformed-line@1 {"text":"50000000-67ff"}'],
    ['000000-67ffffff : System RAM', 'malformed-line@1 {"text":"000000-67ffffff : System RAM"}'],
    ['67ffffff-50000000 : System RAM', 'end-before-start@1 {"start":"67ffffff","end":"50000000"}'],
    ['10000000000000000-1ffffffffffffffff : System RAM', 'address-too-large@1 {"text":"10000000000000000"}'],
    ['  40000000-4fffffff : Kernel code', 'outside-parent@1 {"name":"Kernel code","parent":"System RAM"}'],
  ])('%s', (line, problem) => {
    const reading = readIomem(`00040000-0005ffff : System RAM\n${line}\n`);
    expect(showProblems(reading.problems)).toEqual([problem]);
    expect(reading.entries).toHaveLength(problem.startsWith('outside-parent') ? 2 : 1);
  });

  it('is reported, and a text that is none is said to be none', () => {
    expect(showProblems(readIomem('hello\n').problems)).toEqual(['nothing-recognized@0 {"format":"iomem"}']);
    expect(showProblems(readIomem('').problems)).toEqual(['nothing-recognized@0 {"format":"iomem"}']);
    expect(showProblems(readIomem('0000-001f : dma1\n0060-0060 : keyboard\n').problems)).toEqual([
      'nothing-recognized@0 {"format":"iomem"}',
    ]);
  });
});

describe('this machine', () => {
  it('reports every line of its own /proc/iomem, with addresses or without', () => {
    const text = readFileSync('/proc/iomem', 'utf8');
    const reading = readIomem(text);
    expect(reading.unprivileged).toBe(!/[1-9a-f]\S* :/.test(text));
    expect(reading.entries).toHaveLength(reading.unprivileged ? 0 : text.trim().split('\n').length);
    expect(reading.problems).toHaveLength(reading.unprivileged ? 1 : 0);
    const indents = text.split('\n').map((line) => line.search(/\S/) / 2);
    expect(reading.entries.map(({ depth }) => depth)).toEqual(
      reading.entries.map(({ place }) => indents[place.line ?? -1]),
    );
  });

  it('hides the addresses from an ordinary user', () => {
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const reading = readIomem(execFileSync('cat', ['/proc/iomem'], { encoding: 'utf8', ...user }));
    expect(reading).toMatchObject({ entries: [], unprivileged: true });
  });
});
