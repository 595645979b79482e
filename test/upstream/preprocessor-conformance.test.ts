/**
 * The validation suite for C preprocessors that Debian's source of mcpp carries: where gcc takes a file, the same tokens
 * are left of it or the difference is reported; where gcc refuses one, it is reported.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { headerMacros, headerNames } from '../../server/src/c/preprocessor/builtin-headers';
import { tokenize } from '../../server/src/c/preprocessor/lexer';
import { preprocess } from '../../server/src/c/preprocessor/preprocess';
import { standardSpelling } from '../../server/src/c/preprocessor/preprocessing-token';

type Verdict = 'same' | 'reported' | 'both refuse' | 'wrong' | 'gcc alone refuses';

let folder: string;
let files: readonly string[];

/**
 * Texts in other encodings (which are decoded before), C++, pre-standard C, and universal character names that name no
 * character (left to the parser).
 */
const elsewhere = /^(?:m_|u_1_7_|trad|.*cplus|e_ucn)/;

beforeAll(() => {
  const script = join(import.meta.dirname, '../../scripts/fetch-mcpp.mjs');
  const source = execFileSync('node', [script], { encoding: 'utf8' }).trim();
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-conformance-'));
  // All in one folder, as the parts of the suite include each other's headers.
  for (const part of ['test-c', 'test-l', 'test-t']) {
    for (const name of readdirSync(join(source, part))) {
      if (/\.(?:c|t|h)$/.test(name))
        copyFileSync(join(source, part, name), join(folder, name.replace(/\.t$/, '_t.c')));
    }
  }
  files = readdirSync(folder).filter((name) => name.endsWith('.c') && !elsewhere.test(name));
  for (const header of headerNames()) {
    const file = join(folder, 'system', header);
    mkdirSync(dirname(file), { recursive: true });
    const lines = headerMacros(header, 'LP64')?.split('\n') ?? [];
    writeFileSync(file, lines.map((line) => `#define ${line}\n`).join(''));
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('nothing comes out wrong', () => {
  const table = new Map<Verdict, string[]>();
  for (const name of files) {
    const verdict = judged(name);
    table.set(verdict, [...(table.get(verdict) ?? []), name]);
  }
  for (const [verdict, names] of table) console.log(`mcpp's suite, ${verdict}: ${names.length}`);
  expect(table.get('wrong') ?? []).toEqual([]);
  expect(table.get('gcc alone refuses') ?? []).toEqual([]);
  expect(table.get('reported') ?? []).toEqual([]);
  expect(table.get('same')?.length).toBeGreaterThan(100);
});

function judged(name: string): Verdict {
  const options = ['-E', '-P', '-w', '-std=gnu17', '-nostdinc', '-isystem', 'system', name];
  const { stdout, stderr } = spawnSync('gcc', options, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  const { tokens, problems } = preprocess({
    file: name,
    host: {
      candidates: (_, spelled, angled) => (angled ? [] : [spelled]),
      read: (file) => (existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : null),
    },
    dataModel: 'LP64',
    pinned: new Map(),
    definitions: new Map(),
  });
  if (/error:/.test(stderr)) return problems.length > 0 ? 'both refuse' : 'gcc alone refuses';
  const text = stdout.replace(/^#(?:pragma|ident).*$/gm, '');
  // Ours is read again as well: where `#` makes no valid string (C17 6.10.3.2p2), it is several tokens to both.
  if (reread(tokens.map((token) => token.text).join('\n')) === reread(text)) return 'same';
  return problems.length > 0 ? 'reported' : 'wrong';
}

/** The tokens of preprocessed text, dates and times aside. */
function reread(text: string): string {
  const words = tokenize('', text).tokens.map((token) => standardSpelling(token).text);
  return words
    .map((word) => (/^"(?:\w{3} [ \d]\d \d{4}|\d\d(?::\d\d){2}|\?\?[? :]*)"$/.test(word) ? '"now"' : word))
    .join(' ');
}
