/** An edited text, read with what was read of the text before, has the tokens that it has when it is read anew. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tokenize } from '../../server/src/c/preprocessor/lexer';
import { relex } from '../../server/src/c/preprocessor/relex';

const FILE = 'f.c';
const PIECES =
  'a bc 0x1F 1e+ + ++ . ... # %: #include <x.h> "s\\"t" \'c\' L" // /* */ \\ \\\n \n \r\n \t é \ufeff'.split(
    ' ',
  );
const piece = fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(' ', '\n', '\n\n'));
const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('an edited text', () => {
  it('has the tokens of a text that is read anew', () => {
    const edit = fc.record({ at: fc.nat(), removed: fc.nat(6), put: fc.array(piece, { maxLength: 3 }) });
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 4 }), (first, edits) => {
        let before = { text: first, result: tokenize(FILE, first) };
        for (const { at, removed, put } of edits) {
          const start = at % (before.text.length + 1);
          const now = before.text.slice(0, start) + put.join('') + before.text.slice(start + removed);
          const result = relex(FILE, now, before);
          expect(result).toEqual(tokenize(FILE, now));
          before = { text: now, result };
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('shares what the edit does not reach', () => {
    const before = 'int a;\nint b = 1;\nint c;\n';
    const read = tokenize(FILE, before);
    const again = (now: string) => relex(FILE, now, { text: before, result: read }).tokens;
    const same = again('int a;\nint b = 2;\nint c;\n').map((token, index) => token === read.tokens[index]);
    expect(same).toEqual([true, true, true, false, false, false, false, false, true, true, true]);
    const longer = again('int a;\nint b = 10;\nint c;\n').map((token, index) => token === read.tokens[index]);
    expect(longer).toEqual([true, true, true, ...Array.from({ length: 8 }, () => false)]);
  });
});
