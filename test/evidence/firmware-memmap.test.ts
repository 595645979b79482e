import { expect, it } from 'vitest';
import { readFirmwareMemmap } from '../../server/src/evidence/firmware-memmap';
import { show, showProblems } from './show';

const entry = (path: string, start: string, end: string, type: string): [string, string][] => [
  [`${path}/start`, start],
  [`${path}/end`, end],
  [`${path}/type`, type],
];

it('reads the entries in the order of their numbers', () => {
  const files = new Map([
    ...entry('dumps/os0/memmap/10', '0x20000000\n', '0x37ffffff\n', 'System RAM\n'),
    ...entry('dumps/os0/memmap/9', '0x9fc00\n', '0x9ffff\n', 'Reserved\n'),
    ...entry('dumps/os0/memmap/1', '0x0\n', '0x9fbff\r\n', 'System RAM'),
    ...entry(
      'dumps/os0/memmap/11',
      '0xffffffff00000000\n',
      '0xffffffffffffffff\n',
      'ACPI Non-volatile Storage\n',
    ),
    ['dumps/os0/memmap/notes.txt', 'copied on a Thursday'] as const,
  ]);
  const reading = readFirmwareMemmap(files);
  expect(show(reading.ranges)).toEqual([
    '0x0–0x9fc00 ram System RAM',
    '0x9fc00–0xa0000 reserved Reserved',
    '0x20000000–0x38000000 ram System RAM',
    '0xffffffff00000000–0x10000000000000000 acpi-nvs ACPI Non-volatile Storage',
  ]);
  expect(reading.ranges[2]?.place.path).toBe('dumps/os0/memmap/10/start');
  expect(reading.problems).toEqual([]);
});

it('takes the folder itself as the top', () => {
  expect(show(readFirmwareMemmap(new Map(entry('0', '0x0', '0xfff', 'reserved'))).ranges)).toEqual([
    '0x0–0x1000 reserved reserved',
  ]);
});

it('leaves out entries that are not whole, and says which', () => {
  const reading = readFirmwareMemmap(
    new Map([
      ...entry('0', '0x0\n', '', 'System RAM\n'),
      ...entry('1', '20000000\n', '0x37ffffff\n', 'System RAM\n'),
      ...entry('2', '0x2000\n', '0x1000\n', 'System RAM\n'),
      ...entry('3', '0x10000000000000000\n', '0x1ffffffffffffffff\n', 'System RAM\n'),
      ['4/type', 'System RAM\n'],
    ]),
  );
  expect(reading.ranges).toEqual([]);
  expect(reading.problems.map(({ place }) => place.path)).toEqual([
    '0/start',
    '1/start',
    '2/start',
    '3/start',
    '4/type',
    '4/type',
  ]);
  expect(showProblems(reading.problems)).toEqual([
    'missing-attribute@0 {"attribute":"end"}',
    'malformed-attribute@0 {"text":"20000000"}',
    'end-before-start@0 {"start":"2000","end":"1000"}',
    'address-too-large@0 {"text":"10000000000000000"}',
    'missing-attribute@0 {"attribute":"start"}',
    'missing-attribute@0 {"attribute":"end"}',
  ]);
});

it('says when a folder is no such copy', () => {
  expect(showProblems(readFirmwareMemmap(new Map([['README', 'hello']])).problems)).toEqual([
    'nothing-recognized {"format":"firmware-memmap"}',
  ]);
});
