/** The macros of standard headers, judged by gcc and glibc's under both data models. */
import { expect, test } from 'vitest';
import { headerMacros, headerNames } from '../../server/src/c/preprocessor/builtin-headers';
import { tokenize } from '../../server/src/c/preprocessor/lexer';
import { expand, type Preprocessed } from '../../server/src/c/preprocessor/preprocess';
import type { DataModel } from '../../server/src/c/value';
import { gccExpansion, gccMacros, preprocessFiles, texts } from './preprocessing';

const models: readonly DataModel[] = ['LP64', 'ILP32'];
function ours(text: string, dataModel: DataModel): Preprocessed {
  return preprocessFiles({ 'main.c': text }, { dataModel });
}

/** `macro` completely replaced, with one argument where it takes any. */
function worth({ macros }: Preprocessed, name: string): string {
  const parameters = macros.get(name)?.parameters;
  const use = parameters ? `${name}(${parameters.map((_, i) => i + 1).join(', ')})` : name;
  return texts(expand(tokenize('', use).tokens, macros, new Map()).tokens).join(' ');
}

const headers = headerNames();
/** All names that some header defines here. */
const names = [...new Set(headers.flatMap((header) => headerMacros(header, 'LP64')?.match(/^\w+/gm) ?? []))];

test('some hundred names are known', () => {
  expect(names.length).toBeGreaterThan(300);
});

test.each(models.flatMap((model) => headers.map((header) => [model, header] as const)))(
  '%s: <%s> defines what glibc has, worth the same',
  (model, header) => {
    const text = `#include <${header}>\n`;
    const judge = gccMacros(text, model);
    const unit = ours(text, model);
    expect(names.filter((name) => unit.macros.has(name))).toEqual(names.filter((name) => judge.has(name)));
    const defined = names.filter((name) => unit.macros.has(name));
    const marked = defined.map((name) => {
      const parameters = unit.macros.get(name)?.parameters;
      return `@@@ ${parameters ? `${name}(${parameters.map((_, i) => i + 1).join(', ')})` : name}`;
    });
    const expanded = gccExpansion(`${text}\n${marked.join('\n')}\n`, model);
    const pieces = texts(tokenize('', expanded).tokens).join(' ').split('@ @ @').slice(1);
    expect(defined.map((name) => `${name}: ${worth(unit, name)}`)).toEqual(
      defined.map((name, i) => `${name}: ${pieces[i]?.trim()}`),
    );
  },
);

test('the constants of <stdint.h> and <limits.h> are there only where they are included', () => {
  expect(ours('', 'LP64').macros.has('INT_MAX')).toBe(false);
  expect(worth(ours('#include <limits.h>', 'LP64'), 'LONG_MAX')).toBe('0x7fffffffffffffffL');
  expect(worth(ours('#include <limits.h>', 'ILP32'), 'LONG_MAX')).toBe('0x7fffffffL');
  expect(worth(ours('#include "stdint.h"', 'ILP32'), 'UINT64_C')).toBe('1ULL');
  expect(ours('#include "stdint.h"\n#include <no/such.h>\n#include_next <none.h>', 'LP64').problems).toEqual(
    [],
  );
});
