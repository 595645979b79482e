import { describe, expect, it } from 'vitest';
import { parseAddress, parseNumber } from '../../server/src/project/numbers';

describe('numbers in C notation', () => {
  it.each([
    ['0x20000000', 0x20000000n],
    ['0X68000000', 0x68000000n],
    [' 0x48000000UL ', 0x48000000n],
    ['0xffffffffffffffffULL', 0xffffffffffffffffn],
    ['536870912', 536870912n],
    ['0755', 0o755n],
    ['0', 0n],
    ['0b1010', 10n],
    ['12lu', 12n],
  ])('%s', (text, value) => expect(parseNumber(text)).toBe(value));

  it.each(['', '0x', '08', '1.5', '-1', '0x1g', '1e3', '1uu', '1lL', '0x20000000 + 1', '1_000', '٣'])(
    'refuses %j',
    (text) => expect(parseNumber(text)).toBeUndefined(),
  );

  it('refuses an address beyond 64 bits', () => {
    expect(parseAddress('0xffffffffffffffff')).toBe(0xffffffffffffffffn);
    expect(parseAddress('0x10000000000000000')).toBeUndefined();
  });
});
