/** How much room a text takes, without a font at hand. */
import { eastAsianWidth } from 'get-east-asian-width';

/** Columns on a terminal or in a font of fixed width: kana, kanji and full width forms take two. */
export function columnsOf(text: string): number {
  return [...text].reduce((sum, character) => sum + eastAsianWidth(character.codePointAt(0) ?? 0), 0);
}

/** Widths in parts of the font's size; somewhat more than common fonts have, so that nothing is cut. */
const NARROW = 0.6;
const BROAD = 0.86;
const WIDE = 1.04;

/** Pixels that a text takes at most in a common font of that size. */
export function pixelsOf(text: string, fontSize: number): number {
  return [...text].reduce((sum, character) => sum + emsOf(character), 0) * fontSize;
}

function emsOf(character: string): number {
  if (columnsOf(character) === 2) return WIDE;
  return /[A-Zmw@%&≈…—]/.test(character) ? BROAD : NARROW;
}

/** The text, with an ellipsis where it takes more than `width` pixels. */
export function fitted(text: string, fontSize: number, width: number): string {
  if (pixelsOf(text, fontSize) <= width) return text;
  const characters = [...text];
  while (characters.length > 0 && pixelsOf(`${characters.join('')}…`, fontSize) > width) characters.pop();
  return `${characters.join('')}…`;
}
