/** Questions to the text around a place. */
import { describe, expect, it } from 'vitest';
import {
  deeper,
  endOfStatement,
  indentationAt,
  lineEndOf,
  macroArguments,
} from '../../server/src/memmap/fixes/source-text';

const FILE = 'file:///workspace/a.c';

describe('the indentation of a line', () => {
  it.each([
    ['a;\n\t  b = 1;', '\t  '],
    ['  b = 1;', '  '],
    ['b = 1;', ''],
    ['\ta; b = 1;', '\t'],
    ['x\ty;\nb = 1;', ''],
    ['x;\n\tb\n', '\t'],
  ])('of %j is %j', (text, indentation) => {
    expect(indentationAt(text, text.indexOf('b'))).toBe(indentation);
  });

  it.each([
    ['', '\t'],
    ['\t', '\t\t'],
    ['  ', '    '],
    ['    ', '        '],
    [' '.repeat(12), ' '.repeat(20)],
    ['\t ', '\t \t'],
  ])('one level below %j is %j', (indentation, inner) => {
    expect(deeper(indentation)).toBe(inner);
  });
});

it('lines end as they do in the file', () => {
  expect(lineEndOf('a\r\nb\n')).toBe('\r\n');
  expect(lineEndOf('a\nb')).toBe('\n');
});

describe('the arguments of a macro call', () => {
  const found = (text: string, call = text) => {
    const start = text.indexOf(call);
    const name = { file: FILE, start, end: start + (/^\w+/.exec(call)?.[0].length ?? 0) };
    const span = { file: FILE, start, end: start + call.length };
    return macroArguments(text, { name, span, definition: span } as unknown as Parameters<
      typeof macroArguments
    >[1]).map((place) => text.slice(place.start, place.end));
  };

  it.each([
    ['SET(1, 2)', ['1', '2']],
    ['SET( (1, 2) , f(3, g(4)) )', ['(1, 2)', 'f(3, g(4))']],
    ['SET(a\n\t+ b)', ['a\n\t+ b']],
    ['SET(, )', ['', '']],
    ['SET()', ['']],
    ['SET (1, 2)', ['1', '2']],
    ['SET', []],
  ])('%j', (call, expected) => {
    expect(found(call)).toEqual(expected);
    expect(found(`x = (1, ${call}); f(7, 8);`, call)).toEqual(expected);
  });
});

describe('a statement can follow', () => {
  it.each([
    // The mark stands behind the statement's expression; the answer is what stands in front of the new one.
    ['a = 1|;', 'a = 1;'],
    ['a = 1| ;\nb', 'a = 1 ;'],
    ['a = 1|;\nb = 2;', 'a = 1;'],
    ['a = 1|;  // why\nb', 'a = 1;  // why'],
    ['a = 1|; /* why */ \nb', 'a = 1; /* why */ '],
    ['a = 1|; /* w*h/y **/\nb', 'a = 1; /* w*h/y **/'],
    ['a = 1|; // why\r\nb', 'a = 1; // why'],
    ['a = 1|; // why', 'a = 1; // why'],
    ['a = 1|;  \nb', 'a = 1;  '],
    ['a = 1|; // goes on \\\nb', 'a = 1;'],
    ['a = 1|; b = 2;\n', 'a = 1;'],
    ['a = 1|; /* why */ b = 2;\n', 'a = 1;'],
    ['a = 1|; /* two\nlines */\n', 'a = 1;'],
    ['a = 1|; elsewhere();\n', 'a = 1;'],
  ])('%j', (marked, expected) => {
    const at = marked.indexOf('|');
    const text = marked.replace('|', '');
    const end = endOfStatement(text, at);
    expect(end === undefined ? undefined : text.slice(0, end)).toBe(expected);
  });

  it.each([
    'f(a = 1|);',
    'a = 1|, b = 2;',
    'if (x) a = 1|; else b = 2;',
    'if (x)\n\ta = 1|;\n\telse b = 2;',
    'if (x)\n\ta = 1|; // one\n\t/* t*w/o **/ else\n\t\tb = 2;',
  ])('not behind %j', (marked) => {
    expect(endOfStatement(marked.replace('|', ''), marked.indexOf('|'))).toBeUndefined();
  });
});
