/** Edits of bytes, judged by iconv: the edited file must be what iconv makes of the edited text. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteRange, editBytes } from '../../server/src/project/edit-bytes';
import { decodeText } from '../../server/src/project/text';

interface Codec {
  /** iconv's name; CP932 is Shift_JIS with the backslash where C has it. */
  readonly iconv: string;
  readonly mark: readonly number[];
  readonly stateful: boolean;
  readonly characters: string;
}

const BASIC = '表示ソース監視能拡張領域認識メモリー先頭アドレスぁんがぱ、。（）０Ａ';
const plain = { mark: [], stateful: false };
const CODECS: readonly Codec[] = [
  { ...plain, iconv: 'UTF-8', characters: `${BASIC}ｱｶﾞé𠮷😀` },
  { ...plain, iconv: 'UTF-8', mark: [0xef, 0xbb, 0xbf], characters: `${BASIC}𠮷\ufeff` },
  { ...plain, iconv: 'EUC-JP', characters: `${BASIC}ｱｶﾞ` },
  { ...plain, iconv: 'CP932', characters: `${BASIC}ｱｶﾞ` },
  { ...plain, iconv: 'ISO-2022-JP', stateful: true, characters: BASIC },
];

/** So much Japanese that the encoding is beyond doubt. */
const HEAD = '監視用のOSが認識するメモリの領域をここで拡張する。\n';

function encoded(text: string, { iconv, mark }: Codec): Uint8Array {
  return new Uint8Array([...mark, ...execFileSync('iconv', ['-f', 'UTF-8', '-t', iconv], { input: text })]);
}

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));

/** A text, split at three character boundaries. */
function parts({ characters }: Codec) {
  const one = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...characters) },
    { weight: 4, arbitrary: fc.constantFrom(...'aZ09 \\~;*/$(BJ\t') },
    { weight: 1, arbitrary: fc.constantFrom('\n', '\r\n') },
  );
  const part = (max: number) => fc.array(one, { maxLength: max }).map((all) => all.join(''));
  return fc.tuple(part(60), part(8), part(60));
}

const newTexts = fc.constantFrom('0x48000000', '(a\\~b)', '\n\tif (OSID == 0)\n\t\tsize = 0x10;', '1\r\n2');

const isJapanese = (character: string | undefined) => character !== undefined && character > '\x7f';

/** Whether the place is in the middle of Japanese, where ISO-2022-JP has no ASCII. */
const isInside = (text: string, offset: number) => isJapanese(text[offset - 1]) && isJapanese(text[offset]);

describe.each(CODECS)('$iconv with mark $mark', (codec) => {
  it('edited bytes are the edited text, and the range is that of the characters', () => {
    fc.assert(
      fc.property(parts(codec), newTexts, ([before, part, after], newText) => {
        const text = HEAD + before + part + after;
        const bytes = encoded(text, codec);
        expect(decodeText(bytes)?.text).toBe(text);
        const start = HEAD.length + before.length;
        const end = start + part.length;
        const edited = editBytes(bytes, [{ start, end, newText }]);
        if (codec.stateful && (isInside(text, start) || isInside(text, end))) {
          expect(edited).toBeUndefined();
          return;
        }
        expect(edited).toEqual(encoded(HEAD + before + newText + after, codec));
        expect(byteRange(bytes, start, end)).toEqual({
          start: encoded(HEAD + before, codec).length,
          end: encoded(HEAD + before + part, codec).length,
        });
      }),
      { numRuns: 60 },
    );
  });

  it('at the very beginning and the very end, with and without a last line end', () => {
    for (const end of ['', '\n', '\r\n', ' // 領域']) {
      const text = `a = 1; // 先頭の表示\r\n${HEAD}b = 2;${end}`;
      const edits = [
        { start: 0, end: 1, newText: 'first' },
        { start: text.length, end: text.length, newText: '\n/* last */' },
      ];
      const wanted = `first${text.slice(1)}\n/* last */`;
      expect(editBytes(encoded(text, codec), edits)).toEqual(encoded(wanted, codec));
    }
  });
});

describe('several edits', () => {
  const text = 'int a = 1, b = 2; /* 領域 */ int c = 3;\n';
  const bytes = Buffer.from(text);
  const at = (part: string, newText: string) => {
    const start = text.indexOf(part);
    return { start, end: start + part.length, newText };
  };

  it('are made in any order', () => {
    const wanted = Buffer.from(text.replace('1', '0x10').replace('3', '0x30'));
    for (const edits of [
      [at('1', '0x10'), at('3', '0x30')],
      [at('3', '0x30'), at('1', '0x10')],
    ]) {
      expect(Buffer.from(editBytes(bytes, edits) ?? [])).toEqual(wanted);
    }
  });

  it('that overlap are refused', () => {
    expect(editBytes(bytes, [at('a = 1', 'x'), at('1, b', 'y')])).toBeUndefined();
  });
});

describe('what has no exact bytes', () => {
  const edit = (text: string, part: string, newText = '5') => {
    const start = text.indexOf(part);
    return [{ start, end: start + part.length, newText }];
  };

  it('bytes that are no text: on the edited line refused, on others kept', () => {
    const bytes = bytesOf('/* \xff\xfe */\nsize = 12;\nstart = 34; /* \x80 */\n');
    const text = decodeText(bytes)?.text ?? '';
    expect(decodeText(bytes)?.exact).toBe(false);
    expect(editBytes(bytes, edit(text, '12'))).toEqual(
      bytesOf('/* \xff\xfe */\nsize = 5;\nstart = 34; /* \x80 */\n'),
    );
    expect(editBytes(bytes, edit(text, '34'))).toBeUndefined();
    expect(editBytes(bytes, edit(text, '12;\nstart = 34'))).toBeUndefined();
  });

  it('a new text that is not ASCII, or has an escape', () => {
    const bytes = bytesOf('size = 12;\n');
    for (const newText of ['領域', '\x1b$B', '\x80', '\0']) {
      expect(editBytes(bytes, edit('size = 12;\n', '12', newText))).toBeUndefined();
    }
  });

  it('half of a character, offsets outside of the text, a binary file', () => {
    const bytes = Buffer.from('a😀b');
    expect(editBytes(bytes, [{ start: 2, end: 4, newText: 'x' }])).toBeUndefined();
    expect(editBytes(bytes, [{ start: 3, end: 2, newText: 'x' }])).toBeUndefined();
    expect(editBytes(bytes, [{ start: 4, end: 5, newText: 'x' }])).toBeUndefined();
    expect(editBytes(bytesOf('a\0b'), [{ start: 0, end: 1, newText: 'x' }])).toBeUndefined();
  });

  it('an edit after which the bytes would read as another text', () => {
    // What is Shift_JIS by the kana it removes would be taken for EUC-JP without them.
    const shiftJis = { ...plain, iconv: 'CP932', characters: '' };
    const text = '/* めもりのりょういきをここでかくちょうする */ x = 1; /* ﾉｰﾄﾞ */\n';
    const bytes = encoded(text, shiftJis);
    expect(decodeText(bytes)?.text).toBe(text);
    const [removal] = edit(text, '/* めもりのりょういきをここでかくちょうする */', ' ');
    const after = removal && editBytes(bytes, [removal]);
    const naive = encoded(text.replace(/^.*?\*\//, ' '), shiftJis);
    expect(decodeText(naive)?.text).not.toBe(text.replace(/^.*?\*\//, ' '));
    expect(after).toBeUndefined();
  });
});

describe('ISO-2022-JP as other writers have it', () => {
  const edited = (source: string, from: string, newText: string) => {
    const bytes = bytesOf(source);
    const { text, encoding } = decodeText(bytes) ?? { text: '', encoding: '' };
    expect(encoding).toBe('iso-2022-jp');
    const start = text.indexOf(from);
    const after = editBytes(bytes, [{ start, end: start + from.length, newText }]);
    return after && Buffer.from(after).toString('latin1');
  };

  it('returning to JIS X 0201 Roman: what is the same there may stand there, a backslash may not', () => {
    const source = '/* \x1b$BF|K\\\x1b(J */ size = 12;\n';
    expect(edited(source, '12', '0x10')).toBe('/* \x1b$BF|K\\\x1b(J */ size = 0x10;\n');
    expect(edited(source, '12', "'\\n'")).toBeUndefined();
  });

  it('between two runs: the escape sequences of both stay', () => {
    expect(edited('\x1b$BF|\x1b(B12\x1b$BK\\\x1b(B\n', '12', '0x10')).toBe(
      '\x1b$BF|\x1b(B0x10\x1b$BK\\\x1b(B\n',
    );
  });

  it('a comment without a return to ASCII before the line end has no room for ASCII', () => {
    const source = 'a = 1; // \x1b$BF|K\\\nb = 2;\n';
    expect(edited(source, '\nb = 2', '\nc = 3;\nb = 2')).toBeUndefined();
    expect(edited(source, '2', '3')).toBe('a = 1; // \x1b$BF|K\\\nb = 3;\n');
  });
});
