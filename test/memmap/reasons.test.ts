import { describe, expect, it } from 'vitest';
import type { Reason } from '../../server/src/c/reason';
import type { Span } from '../../server/src/c/source';
import type { Alternative } from '../../server/src/c/value';
import { problemMessage, reasonMessage, unknownMessage } from '../../server/src/memmap/reasons';
import { nodesMessage } from '../../server/src/memmap/wording';
import { fileName, message, render } from '../../server/src/messages';

const at = (start: number): Span => ({ file: 'file:///w/a%20b/mint.h', start, end: start + 1 });
const placeText = ({ start }: { start: number }) => `mint.h:${start}`;

describe('reasons as messages', () => {
  const overflow: Reason = {
    code: 'signed-overflow',
    args: { operator: '+', value: '0x80000000', type: 'int' },
    place: at(5),
  };

  it('tell the place, but where they are shown at it', () => {
    const said = 'signed overflow: `+` gives 0x80000000, which does not fit in `int`';
    expect(render(reasonMessage(overflow), 'en', placeText)).toBe(`${said} (mint.h:5)`);
    expect(render(problemMessage(overflow), 'en', placeText)).toBe(said);
    expect(render(reasonMessage({ code: 'string' }), 'en', placeText)).toBe(
      'it is the address of a string literal',
    );
  });

  it('name a place by its file where no line is known', () => {
    expect(render(message('memmap.reason-at', { reason: 'x', place: { place: at(1) } }), 'en')).toBe(
      'x (mint.h)',
    );
    expect(fileName({ ...at(1), file: 'file:///w/%E0%A4%A.h' })).toBe('%E0%A4%A.h');
  });
});

describe('a file that cannot be read', () => {
  const said = (path: string) =>
    render(reasonMessage({ code: 'unreadable-file', args: { path, error: 'EACCES' } }), 'en');

  it('is told by its name, and why', () => {
    expect(said('file:///w/a%20b/mint.h')).toMatch(/^the file `mint\.h` cannot be read: .*permission/i);
    expect(said('kexec/mint.h')).toMatch(/^the file `kexec\/mint\.h` cannot be read/);
    expect(render(reasonMessage({ code: 'include-cycle', args: { path: 'mint.h' } }), 'en')).not.toMatch(
      /EACCES/,
    );
  });
});

describe('unknown values', () => {
  const known = (value: bigint) => ({ kind: 'known', type: 'int', value }) as const;
  const holds = (text: string) => ({ condition: at(3), text, holds: true });
  const said = (...alternatives: readonly Alternative[]) => {
    const text = unknownMessage({ kind: 'one-of', alternatives });
    return text && render(text, 'en', placeText);
  };

  it('that are one of several without conditions are told alone, or by why they are not known', () => {
    const unknown = { kind: 'unknown', type: 'int', reason: { code: 'string' } } as const;
    expect(said({ value: known(0x10n), when: [] }, { value: unknown, when: [] })).toBe(
      'it is one of 0x10 or it is the address of a string literal',
    );
    expect(said({ value: unknown, when: [holds('x')] })).toBe(
      'it is one of it is the address of a string literal where `x` holds (mint.h:3)',
    );
  });

  it('under several conditions name all of them', () => {
    expect(said({ value: known(0x10n), when: [holds('x'), holds('y')] })).toBe(
      'it is one of 0x10 where `x` holds (mint.h:3) and `y` holds (mint.h:3)',
    );
  });

  it('that are one of several name the conditions', () => {
    const when = (holds: boolean) => [{ condition: at(3), text: 'x > 1', holds }];
    const value = {
      kind: 'one-of',
      alternatives: [
        { value: known(0x10n), when: when(true) },
        { value: known(0x20n), when: when(false) },
      ],
    } as const;
    const text = unknownMessage(value);
    expect(text && render(text, 'en', placeText)).toBe(
      'it is one of 0x10 where `x > 1` holds (mint.h:3) or 0x20 where `x > 1` does not hold (mint.h:3)',
    );
    expect(unknownMessage(known(1n))).toBeUndefined();
  });
});

it.each([
  [[0], 'OS node 0'],
  [[0, 1], 'OS nodes 0, 1'],
  [[0, 1, 2, 5, 7, 8], 'OS nodes 0–2, 5, 7, 8'],
])('nodes %j are %s', (osids, text) => expect(render(nodesMessage(osids), 'en')).toBe(text));
