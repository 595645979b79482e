import { describe, expect, it } from 'vitest';
import { ramOf } from '../../server/src/evidence/evidence';
import { readKexecOutput } from '../../server/src/evidence/kexec-output';
import { formatRange } from '../../server/src/range';
import { printed, show, showProblems } from './show';

const NODE_0 = `Try gzip decompression.
MEMORY RANGES
0000000000000100-000000000001ffff (0)
0000000008000000-000000000fffffff (0)
0000000020000000-0000000067ffffff (0)
00000000bffe0000-00000000bfffffff (2)
00000000fffc0000-00000000ffffffff (1)
Memmap after adding segment
0000000000000000-00000000000003ff (0)
CRASH MEMORY RANGES
0000000000000000-000000000009ffff (0)
E820 memmap:
0000000000000100-000000000001ffff (1)
kernel: 0x7f3cb2c010 kernel_size: 0xb8a2c0
`;

describe('kexec -d', () => {
  it('tells the ranges under its heading, and no others', () => {
    const reading = readKexecOutput(NODE_0);
    expect(show(reading.ranges)).toEqual([
      '0x100–0x20000 ram 0',
      '0x8000000–0x10000000 ram 0',
      '0x20000000–0x68000000 ram 0',
      '0xbffe0000–0xc0000000 acpi 2',
      '0xfffc0000–0x100000000 reserved 1',
    ]);
    expect(reading).toMatchObject({ maps: [{ title: 'MEMORY RANGES' }], problems: [] });
    expect(printed(NODE_0, reading.ranges)[2]).toBe('0000000020000000-0000000067ffffff');
  });

  it('is found behind the marks of a log and among a CRLF terminal', () => {
    const reading = readKexecOutput(NODE_0.replace(/^(?=.)/gm, '[   12.345678] ').replaceAll('\n', '\r\n'));
    expect(show(reading.ranges)).toEqual(show(readKexecOutput(NODE_0).ranges));
  });

  it('keeps every map and takes the last', () => {
    const later = NODE_0.replace('0000000067ffffff', '0000000037ffffff');
    const reading = readKexecOutput(NODE_0 + later);
    expect(reading.maps).toHaveLength(2);
    expect(ramOf(reading.ranges).map(formatRange).at(-1)).toBe('0x20000000–0x38000000');
  });

  it('passes over a line with a slip in it and reports it', () => {
    const reading = readKexecOutput(NODE_0.replace('0000000020000000', '000000002000000'));
    expect(show(reading.ranges)).toHaveLength(4);
    expect(showProblems(reading.problems)).toEqual([
      'malformed-line@4 {"text":"000000002000000-0000000067ffffff (0)"}',
    ]);
    expect(showProblems(readKexecOutput(NODE_0.replace(/6(7f+) \(0\)/, '1f$1 (0)')).problems)).toEqual([
      'malformed-line@4 {"text":"0000000020000000-000000001f7ffffff (0)"}',
    ]);
    expect(
      showProblems(readKexecOutput(NODE_0.replace('0000000067ffffff', '000000001fffff00')).problems),
    ).toEqual(['end-before-start@4 {"start":"0000000020000000","end":"000000001fffff00"}']);
  });
});

describe('the older form', () => {
  const newer = '0000000000000000-000000000001ffff : 0\n0000000020000000-0000000037ffffff : 0\n';
  const older = '0000000000000000-0000000000020000 : 0\n0000000020000000-0000000038000000 : 0\n';

  it.each([
    ['last addresses', newer],
    ['the addresses after them', older],
  ])('has ends that are %s', (_, text) => {
    const reading = readKexecOutput(text);
    expect(show(reading.ranges)).toEqual(['0x0–0x20000 ram 0', '0x20000000–0x38000000 ram 0']);
    expect(readKexecOutput(`MEMORY RANGES\n${text}`).ranges.map(({ range }) => range)).toEqual(
      reading.ranges.map(({ range }) => range),
    );
  });

  it('with both says so and gives no ranges', () => {
    const reading = readKexecOutput(newer + older);
    expect(reading.ranges).toEqual([]);
    expect(showProblems(reading.problems)).toEqual(['ambiguous-ends@0 {"title":""}']);
  });

  it('stands between the lines of /proc/iomem that are printed with it', () => {
    const reading = readKexecOutput(
      '0000000000000000-0000000000000fff : Reserved\n0000000000000000-0000000000000fff : 1\n' +
        '0000000020000000-0000000037ffffff : System RAM\n0000000020000000-0000000037ffffff : 0\n',
    );
    expect(show(reading.ranges)).toEqual(['0x0–0x1000 reserved 1', '0x20000000–0x38000000 ram 0']);
  });
});

it('says when there is nothing of kexec in a text', () => {
  const problem = ['nothing-recognized@0 {"format":"kexec-output"}'];
  expect(showProblems(readKexecOutput('CRASH MEMORY RANGES\n').problems)).toEqual(problem);
  expect(showProblems(readKexecOutput('').problems)).toEqual(problem);
});
