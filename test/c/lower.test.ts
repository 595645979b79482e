/** C text to IR, as tables: each line of a fixture is C text, ` => `, and the IR as an S-expression (see sexpr.ts). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lowerText } from './c-parser';
import { external, statement } from './sexpr';

const FOLDER = join(import.meta.dirname, 'fixtures/lower');

/** A fixture's lines; `prelude: ` begins declarations before the text, `statements` puts it into a function. */
function casesOf(name: string) {
  let prelude = '';
  let statements = false;
  const cases: { text: string; expected: string; lower: () => string }[] = [];
  for (const line of readFileSync(join(FOLDER, name), 'utf8').split('\n')) {
    if (line === '' || line.startsWith('# ')) continue;
    if (line === 'statements') statements = true;
    else if (line.startsWith('prelude: ')) prelude = line.slice('prelude: '.length);
    else {
      const [text = '', expected = ''] = line.split(/ => ?/);
      const before = prelude;
      const lower = statements ? () => lowerStatements(before, text) : () => lowerExternals(before, text);
      cases.push({ text, expected, lower });
    }
  }
  return cases;
}

function lowerExternals(prelude: string, text: string): string {
  const before = lowerText(prelude).chunks.length;
  const { chunks } = lowerText(`${prelude}\n${text}`);
  return chunks
    .slice(before)
    .flatMap((chunk) => chunk.externals)
    .map(external)
    .join(' ');
}

function lowerStatements(prelude: string, text: string): string {
  const { chunks } = lowerText(`${prelude}\nvoid test_function(void) { ${text} }`);
  const [last, ...rest] = chunks[chunks.length - 1]?.externals ?? [];
  if (last?.kind !== 'function' || rest.length > 0) return `not a function: ${last && external(last)}`;
  return last.body.body.map(statement).join(' ');
}

for (const name of readdirSync(FOLDER)) {
  describe(name, () => {
    for (const { text, expected, lower } of casesOf(name)) {
      it(text, () => expect(lower()).toBe(expected));
    }
  });
}
