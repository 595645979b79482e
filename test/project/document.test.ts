import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDocument, type PositionEncoding, updateDocument } from '../../server/src/project/document';

/** Counted by other means than the documents do. */
const COUNTED: Readonly<Record<PositionEncoding, (text: string) => number>> = {
  'utf-8': (text) => Buffer.byteLength(text),
  'utf-16': (text) => text.length,
  'utf-32': (text) => Array.from(text).length,
};
const encodings = Object.keys(COUNTED) as PositionEncoding[];

const line = fc
  .array(fc.constantFrom('a', '0', ' ', 'é', '領', '域', '𠮷', '😀'), { maxLength: 8 })
  .map((characters) => characters.join(''));
const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));

const create = (content: string, encoding: PositionEncoding) =>
  createDocument('file:///a.c', 'c', 1, content, encoding);

describe.each(encodings)('positions in %s', (encoding) => {
  it('count what stands before them in the line, and lead back', () => {
    fc.assert(
      fc.property(text, (content) => {
        const document = create(content, encoding);
        let offset = 0;
        for (const character of [...content, '']) {
          const before = content.slice(0, offset).split('\n');
          const position = {
            line: before.length - 1,
            character: COUNTED[encoding](before.at(-1) ?? ''),
          };
          expect(document.positionAt(offset)).toEqual(position);
          expect(document.offsetAt(position)).toBe(offset);
          offset += character.length;
        }
      }),
    );
  });

  it('say where a change is, and each of several applies to what the one before left', () => {
    fc.assert(
      fc.property(text, fc.array(fc.tuple(fc.nat(), fc.nat(), text), { maxLength: 3 }), (content, edits) => {
        const document = create(content, encoding);
        let expected = content;
        const changes = edits.map(([a, b, replacement]) => {
          const characters = [...expected];
          const [from, to] = [a, b].map((one) => one % (characters.length + 1)).sort((x, y) => x - y);
          const offset = (index: number | undefined) => characters.slice(0, index).join('').length;
          const now = create(expected, encoding);
          const range = { start: now.positionAt(offset(from)), end: now.positionAt(offset(to)) };
          expected = [...characters.slice(0, from), replacement, ...characters.slice(to)].join('');
          return { range, text: replacement };
        });
        const updated = updateDocument(document, changes, 2);
        expect(updated.getText()).toBe(expected);
        expect(updated.version).toBe(2);
      }),
    );
  });

  it('behind the end of a line or the text stand for it', () => {
    const document = create('域\r\nb', encoding);
    expect(document.offsetAt({ line: 0, character: 99 })).toBe(1);
    expect(document.offsetAt({ line: 9, character: 9 })).toBe(4);
    expect(document.getText({ start: { line: 0, character: 0 }, end: { line: 1, character: 1 } })).toBe(
      '域\r\nb',
    );
    expect(document.getLineRange(0).end).toEqual({ line: 0, character: COUNTED[encoding]('域') });
  });
});

it('a whole new text is taken as it is', () => {
  expect(updateDocument(create('a', 'utf-8'), [{ text: '域' }], 2).getText()).toBe('域');
});
