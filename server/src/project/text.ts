/** From the bytes of a source file to text. Sources of 2016 from Japan come in four encodings, and none says which. */

export type Encoding = 'utf-8' | 'iso-2022-jp' | 'euc-jp' | 'shift_jis';

export interface DecodedText {
  /** Without a byte order mark, as editors show it: offsets agree with theirs. */
  readonly text: string;
  readonly encoding: Encoding;
  /** False where some bytes are no text in any of the encodings; U+FFFD stands for them. */
  readonly exact: boolean;
}

/**
 * The text of a file: UTF-8 where all of it is; else ISO-2022-JP where its escape sequences occur; else EUC-JP or
 * Shift_JIS, whichever has no errors and reads as more Japanese. A file with a NUL byte is no text: undefined.
 */
export function decodeText(bytes: Uint8Array): DecodedText | undefined {
  if (bytes.includes(0)) return undefined;
  if (hasEscapes(bytes)) {
    const text = decode('iso-2022-jp', bytes);
    if (text !== undefined) return { text, encoding: 'iso-2022-jp', exact: true };
  }
  const utf8 = decode('utf-8', bytes);
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8', exact: true };
  const [best] = (['euc-jp', 'shift_jis'] as const)
    .flatMap((encoding) => {
      const text = decode(encoding, bytes);
      return text === undefined ? [] : [{ text, encoding, exact: true, japanese: japaneseIn(text) }];
    })
    .sort((a, b) => b.japanese - a.japanese);
  if (best) return { text: best.text, encoding: best.encoding, exact: true };
  return { text: new TextDecoder('utf-8').decode(bytes), encoding: 'utf-8', exact: false };
}

function decode(encoding: Encoding, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** `ESC $` and `ESC (` switch between character sets in ISO-2022-JP (RFC 1468); C source has no other use for them. */
function hasEscapes(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at >= 0; at = bytes.indexOf(0x1b, at + 1)) {
    const next = bytes[at + 1];
    const set = bytes[at + 2];
    if (next === 0x24 && (set === 0x40 || set === 0x42)) return true;
  }
  return false;
}

/**
 * How Japanese a text reads, from -1 to 1 for each character outside of ASCII: kana, kanji of everyday use and full
 * width forms speak for it; half width katakana, which the wrong one of the two encodings is full of, against it.
 */
function japaneseIn(text: string): number {
  const foreign = [...text].filter((character) => character > '\x7f');
  const score = foreign.reduce((sum, character) => {
    if (/[\u3040-\u30ff\u3000-\u3002\uff01-\uff5e]/.test(character)) return sum + 1;
    if (/[\uff61-\uff9f\ue000-\uf8ff]/.test(character)) return sum - 1;
    return /\p{Script=Han}/u.test(character) ? sum + 0.5 : sum;
  }, 0);
  return foreign.length === 0 ? 0 : score / foreign.length;
}
