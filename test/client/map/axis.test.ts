import { describe, expect, it } from 'vitest';
import { addressAt, bytesPerUnit, parseAxis } from '../../../client/src/map/axis';

/** Low memory and the window of the seed, with a break between them. */
const AXIS = parseAxis(
  JSON.stringify([
    { y0: 40, y1: 140, start: '0x0', end: '0x60000' },
    { y0: 180, y1: 756, start: '0x20000000', end: '0x68000000' },
  ]),
);

describe('addressAt', () => {
  it.each([
    ['the top', 40, 0x0n],
    ['the middle of low memory', 90, 0x30000n],
    ['the end of low memory', 140, 0x60000n],
    ['a break, near low memory', 150, 0x60000n],
    ['a break, near the window', 170, 0x20000000n],
    ['the middle of the window', 468, 0x44000000n],
    ['above the picture', -20, 0x0n],
    ['below the picture', 9000, 0x68000000n],
  ])('at %s', (_, y, address) => expect(addressAt(AXIS, y)).toBe(address));

  it('is not known without an axis', () => expect(addressAt([], 40)).toBeUndefined());
});

it('bytesPerUnit is what a unit of height holds there', () => {
  expect(bytesPerUnit(AXIS, 90)).toBe(0x60000n / 100n);
  expect(bytesPerUnit(AXIS, 468)).toBe(2n << 20n);
  expect(bytesPerUnit(AXIS, 160)).toBe(0n);
});
