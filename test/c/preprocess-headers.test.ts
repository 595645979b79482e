/** The macros that are built in, judged by gcc and glibc's headers under both data models. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { headerNames } from '../../server/src/c/preprocessor/builtin-headers';
import { featureTests } from '../../server/src/c/preprocessor/feature-tests';
import { tokenize } from '../../server/src/c/preprocessor/lexer';
import { expand, type Preprocessed } from '../../server/src/c/preprocessor/preprocess';
import type { DataModel } from '../../server/src/c/value';
import { modelOptions, preprocessFiles, texts, withFile } from './preprocessing';

const models: readonly DataModel[] = ['LP64', 'ILP32'];
const floating = /^__(?:FLT|DBL|LDBL|DEC|BFLT|SIZEOF_FLOAT|VERSION__|GNUC_MINOR|GNUC_PATCH|GNUC__)/;
/** glibc's own workings, and instruction sets that Debian's gcc for i386 turns on only where it is asked. */
const unlike = /^__(?:FXSR__|LAHF_SAHF__|SSE|MMX)|^__STDC_ISO_10646__$/;

/** Names and bodies of the macros that gcc has after `text`. */
function gccMacros(text: string, model: DataModel): Map<string, string> {
  return withFile(text, (file) => {
    const options = ['-std=gnu17', '-dM', '-E', ...modelOptions(file, model), file];
    const { stdout, stderr, status } = spawnSync('gcc', options, { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (status !== 0) throw new Error(stderr);
    const pattern = /^#define (\w+)(\([^)]*\))? ?(.*)$/gm;
    return new Map([...stdout.matchAll(pattern)].map(([, name, , body]) => [name ?? '', body ?? '']));
  });
}

function ours(text: string, dataModel: DataModel): Preprocessed {
  return preprocessFiles({ 'main.c': text }, { dataModel });
}

/** `macro` completely replaced, with one argument where it takes any. */
function worth({ macros }: Preprocessed, name: string): string {
  const parameters = macros.get(name)?.parameters;
  const use = parameters ? `${name}(${parameters.map((_, i) => i + 1).join(', ')})` : name;
  return texts(expand(tokenize('', use).tokens, macros, new Map()).tokens).join(' ');
}

test.each(models)('%s predefines what gcc does, with the same bodies', (model) => {
  const judge = [...gccMacros('', model)].filter(([name]) => !floating.test(name) && !unlike.test(name));
  const { macros } = ours('', model);
  const bodies = judge.map(([name]) => [
    name,
    macros.get(name) && texts(macros.get(name)?.body ?? []).join(''),
  ]);
  expect(Object.fromEntries(bodies)).toEqual(
    Object.fromEntries(
      judge.map(([name, body]) => [name, body.replace(/(?<!\w) | (?!\w)/g, '').replace(/ (?=\w)/g, '')]),
    ),
  );
  expect(judge.length).toBeGreaterThan(180);
  const more = [...macros.values()].filter(
    ({ name, dynamic }) => !dynamic && !unlike.test(name) && !floating.test(name),
  );
  expect(more.map(({ name }) => name).filter((name) => !judge.some(([judged]) => judged === name))).toEqual(
    [],
  );
});

const headers = headerNames();
/** All names that some header defines here. */
const names = [
  ...new Set(
    headers.flatMap((header) => {
      const before = ours('', 'LP64').macros;
      return [...ours(`#include <${header}>`, 'LP64').macros.keys()].filter((name) => !before.has(name));
    }),
  ),
];

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
    const expanded = withFile(`${text}\n${marked.join('\n')}\n`, (file) =>
      spawnSync('gcc', ['-std=gnu17', '-E', '-P', ...modelOptions(file, model), file], {
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      }),
    );
    const pieces = texts(tokenize('', expanded.stdout).tokens).join(' ').split('@ @ @').slice(1);
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

const questions = [
  ...[
    'packed',
    '__packed__',
    'aligned',
    'noreturn',
    'no_such',
    'deprecated',
    'nodiscard',
    'fallthrough',
    'gnu::packed',
    'x::packed',
    'cold',
    'regparm',
  ].flatMap(
    (
      name, // biome-ignore format: one list
    ) =>
      ['__has_attribute', '__has_cpp_attribute', '__has_c_attribute'].map(
        (operator) => `${operator}(${name})`,
      ),
  ),
  ...['__builtin_expect', '__builtin_bswap32', '__builtin_no_such', '__builtin_bitreverse32', '__builtin_offsetof', 'printf_no_such'].map((name) => `__has_builtin(${name})`), // biome-ignore format: one list
  ...[...featureTests].map((name) => `defined(${name})`),
  '__has_include(<stddef.h>)',
  '__has_include(<sys/types.h>)',
  '__has_include(<no/such/header.h>)',
  '__has_include("limits.h")', // biome-ignore format: one list
];

test('feature tests in #if answer as gcc does', () => {
  const text = questions
    .flatMap((question) =>
      [0, 1, 201904, 202003].map(
        (value) => `#if ${question} == ${value}\n"${question.replace(/"/g, '')} ${value}"\n#endif`,
      ),
    )
    .join('\n');
  const judge = withFile(text, (file) =>
    spawnSync('gcc', ['-std=gnu17', '-E', '-P', file], { encoding: 'utf8' }),
  );
  expect(texts(ours(text, 'LP64').tokens)).toEqual(judge.stdout.trim().split('\n'));
});
