/** Changed files as a unified diff, in the bytes of each file: `patch -p1` and `git apply` take it in the folder. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { createColors } from 'picocolors';
import { decodeText } from '../project/text';
import { printable } from './printable';

export interface ChangedFile {
  /** Relative to the folder, with slashes. */
  readonly name: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** For programs: every byte is as it is in the files, whatever their encodings and ends of lines. */
export function patchBytes(files: readonly ChangedFile[]): Uint8Array {
  // In Latin-1 each byte is a character.
  const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
  const patches = files.map(({ name, before, after }) => unified(name, latin1(before), latin1(after)));
  return Buffer.from(patches.join(''), 'latin1');
}

/** For a person's terminal, which it does not command. */
export function patchText(files: readonly ChangedFile[], colours: boolean): string {
  const text = (bytes: Uint8Array) => decodeText(bytes)?.text ?? '';
  const paint = createColors(colours);
  const painted = (line: string) => {
    if (/^(?:---|\+\+\+) /.test(line)) return paint.bold(line);
    if (line.startsWith('@@')) return paint.cyan(line);
    if (line.startsWith('-')) return paint.red(line);
    return line.startsWith('+') ? paint.green(line) : line;
  };
  const patches = files.map(({ name, before, after }) => unified(name, text(before), text(after)));
  const lines = patches.join('').trimEnd().split(/\r?\n/);
  return lines.map((line) => painted(printable(line))).join('\n');
}

function unified(name: string, before: string, after: string): string {
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, options);
  const [from = '', to = '', ...hunks] = patch.split('\n');
  return [ended(from), ended(to), ...hunks].join('\n');
}

/** GNU patch takes a name with blanks for one only where a tab ends it; a quoted name has its own end. */
function ended(header: string): string {
  return / .* /.test(header) && !header.endsWith('"') ? `${header}\t` : header;
}
