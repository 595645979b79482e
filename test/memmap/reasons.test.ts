import { describe, expect, it } from 'vitest';
import type { Reason } from '../../server/src/c/reason';
import type { Span } from '../../server/src/c/source';
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

describe('unknown values', () => {
  it('that are one of several name the conditions', () => {
    const known = (value: bigint) => ({ kind: 'known', type: 'int', value }) as const;
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
