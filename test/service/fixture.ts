/**
 * Fixtures of the features: source text with marks in it, and the expected answers beside them.
 *
 * A line `--- file PATH` begins a file; `‹name›` in it marks the place that follows. `--- settings JSON` sets settings,
 * `--- open LANGUAGE PATH` opens a file in the editor, of which no other file needs to speak. Any other `--- WORDS` line asks a question, whose answer is the lines up to the next `---`.
 */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position } from 'vscode-languageserver-types';
import type { Settings } from '../../server/src/project/settings';
import { uriOf } from './memory-files';

export interface Fixture {
  readonly files: ReadonlyMap<string, string>;
  readonly settings: Partial<Settings>;
  readonly marks: ReadonlyMap<string, Mark>;
  /** Languages of the files that are open, by path. */
  readonly opened: ReadonlyMap<string, string>;
  readonly questions: readonly { readonly words: readonly string[]; readonly answer: string }[];
}

export interface Mark {
  readonly file: string;
  readonly position: Position;
}

export function parseFixture(text: string): Fixture {
  const files = new Map<string, string>();
  const marks = new Map<string, Mark>();
  const opened = new Map<string, string>();
  const questions: { words: string[]; answer: string }[] = [];
  let settings: Partial<Settings> = {};
  for (const section of text.split(/^--- /m).slice(1)) {
    const end = section.indexOf('\n');
    const [kind = '', ...rest] = section.slice(0, end).split(' ');
    const body = section.slice(end + 1);
    if (kind === 'file') addFile(rest.join(' '), body, files, marks);
    else if (kind === 'settings') settings = JSON.parse(rest.join(' '));
    else if (kind === 'open') opened.set(rest.slice(1).join(' '), rest[0] ?? '');
    else questions.push({ words: [kind, ...rest], answer: body.trimEnd() });
  }
  return { files, settings, marks, opened, questions };
}

function addFile(path: string, body: string, files: Map<string, string>, marks: Map<string, Mark>): void {
  const found: [string, number][] = [];
  let text = '';
  for (const [, before = '', name] of body.matchAll(/([^‹]*)(?:‹(\w+)›)?/g)) {
    text += before;
    if (name !== undefined) found.push([name, text.length]);
  }
  files.set(path, text);
  const document = TextDocument.create(uriOf(path), 'c', 0, text);
  for (const [name, offset] of found) {
    if (marks.has(name)) throw new Error(`two marks are called ${name}`);
    marks.set(name, { file: document.uri, position: document.positionAt(offset) });
  }
}
