/** Japanese as it is written everywhere here: a space beside Latin letters, half-width brackets, the seed's own terms. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const KANA_OR_KANJI = '[\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Han}ー]';
const UNTIDY = [
  [
    'no space beside Latin letters',
    new RegExp(`${KANA_OR_KANJI}[A-Za-z0-9]|[A-Za-z0-9]${KANA_OR_KANJI}`, 'gu'),
  ],
  ['full-width where half-width is used', /[（）［］｛｝：；！？，．０-９Ａ-Ｚａ-ｚ]/g],
  [
    'another word',
    /OSノード|開始アドレス|先頭番地|認識領域|認識メモリ空間|カーネルテキスト(?!部)|ソースコードツリー/g,
  ],
  [
    'a long vowel left out',
    /(?:フォルダ|ヘッダ|サーバ|エディタ|ポインタ|ブラウザ|ユーザ|アロケータ|エミュレータ|ドライバ)(?!ー)/g,
  ],
] as const;

function untidy(text: string): readonly string[] {
  return UNTIDY.flatMap(([what, pattern]) =>
    [...text.matchAll(pattern)].map(([found]) => `${what}: ${found}`),
  );
}

const pages = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' });
const files = [
  'README.ja.md',
  'package.nls.ja.json',
  ...pages('docs').map((name) => join('docs', name)),
  ...pages('samples').map((name) => join('samples', name)),
  ...readdirSync('l10n/ja').map((name) => join('l10n/ja', name)),
].filter((name) => /\.ja\.md$|\.json$/.test(name) && !name.startsWith('samples/three-nodes/kexec'));

describe('Japanese', () => {
  it.each(files)('is tidy in %s', (file) => {
    const lines = readFileSync(file, 'utf8').replaceAll('\\n', '\n').split('\n');
    expect(lines.flatMap((line) => untidy(line).map((fault) => `${fault} in ${line}`))).toEqual([]);
  });

  it.each([
    ['OS ノード 0 の領域 (128 MiB)', []],
    ['OSノード', ['no space beside Latin letters: Sノ', 'another word: OSノード']],
    ['領域3', ['no space beside Latin letters: 域3']],
    ['領域（3）', ['full-width where half-width is used: （', 'full-width where half-width is used: ）']],
    ['カーネルテキスト部', []],
    ['カーネルテキスト領域', ['another word: カーネルテキスト']],
    ['サーバと、サーバー', ['a long vowel left out: サーバ']],
  ])('is checked: %s', (text, faults) => {
    expect(untidy(text)).toEqual(faults);
  });
});
