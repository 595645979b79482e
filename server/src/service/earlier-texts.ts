/** Which texts an earlier state has. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fromBase64 } from '../project/base64';
import { textFrom } from './sources';

export type EarlierTexts =
  /** What the open documents are on disk. */
  | { readonly kind: 'saved' }
  /** Files by URI, as base64 of their bytes; `null` where there was none. The others have not changed. */
  | { readonly kind: 'files'; readonly files: ReadonlyMap<string, string | null> };

/** The texts cannot be understood; the message is for who wrote the client. */
export class NoTexts extends Error {}

export function sameTexts(a: EarlierTexts, b: EarlierTexts): boolean {
  if (a.kind === 'saved' || b.kind === 'saved') return a.kind === b.kind;
  return a.files.size === b.files.size && [...a.files].every(([file, bytes]) => b.files.get(file) === bytes);
}

/** @throws NoTexts where the bytes are no base64 */
export function documentFrom(file: string, base64: string | null): TextDocument | null {
  if (base64 === null) return null;
  const text = textFrom(bytesFrom(file, base64));
  return text === undefined ? null : TextDocument.create(file, 'c', 0, text);
}

function bytesFrom(file: string, base64: string): Uint8Array {
  try {
    return fromBase64(base64);
  } catch {
    throw new NoTexts(`not base64: ${file}`);
  }
}
