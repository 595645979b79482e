/** Bytes made by iconv's tables (Python's codecs), not by the decoder under test. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../server/src/project/text';

const SOURCE =
  '/* 監視用 OS の認識メモリ領域を拡張する. 表示(ソース) */\r\nmint_region3_size = 0x48000000;\r\n';

function encoded(text: string, encoding: string): Uint8Array {
  return execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding], { input: text });
}

describe('text of a source file', () => {
  it.each([
    ['UTF-8', 'utf-8'],
    ['EUC-JP', 'euc-jp'],
    ['SHIFT_JIS', 'shift_jis'],
    ['ISO-2022-JP', 'iso-2022-jp'],
  ])('in %s', (codec, encoding) => {
    expect(decodeText(encoded(SOURCE, codec))).toEqual({ text: SOURCE, encoding, exact: true });
  });

  it.each(['EUC-JP', 'SHIFT_JIS'])('of few words in %s', (codec) => {
    for (const text of [
      '// 拡張\n',
      '// メモリ\n',
      '// 領域',
      'int x; /* 先頭アドレス */',
      '// ノード0',
      '// カーネルテキスト部',
    ]) {
      expect(decodeText(encoded(text, codec))?.text).toBe(text);
    }
  });

  it('has no byte order mark', () => {
    expect(decodeText(new Uint8Array([0xef, 0xbb, 0xbf, 0x61]))?.text).toBe('a');
  });

  it('keeps what is no text in any encoding readable', () => {
    const bytes = new Uint8Array([0x61, 0xff, 0xfe, 0x62]);
    expect(decodeText(bytes)).toEqual({ text: 'a\ufffd\ufffdb', encoding: 'utf-8', exact: false });
  });

  it('is not there in a binary file; an empty file has an empty one', () => {
    expect(decodeText(new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 0, 1]))).toBeUndefined();
    expect(decodeText(new Uint8Array())?.text).toBe('');
  });

  it('with escape sequences that are no Japanese stays UTF-8', () => {
    const text = 'printf("\x1b[1mあ\x1b(B");';
    expect(decodeText(new TextEncoder().encode(text))).toEqual({ text, encoding: 'utf-8', exact: true });
  });
});
