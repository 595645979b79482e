/** The macros that are defined before the first line, and what `#if` may ask, judged by gcc. */
import { expect, test } from 'vitest';
import { featureTests } from '../../server/src/c/preprocessor/feature-tests';
import type { DataModel } from '../../server/src/c/value';
import { gccExpansion, gccMacros, texts, unit } from './preprocessing';

const floating = /^__(?:FLT|DBL|LDBL|DEC|BFLT|SIZEOF_FLOAT|VERSION__|GNUC_MINOR|GNUC_PATCH|GNUC__)/;
/** glibc's own workings, and instruction sets that Debian's gcc for i386 turns on only where it is asked. */
const unlike = /^__(?:FXSR__|LAHF_SAHF__|SSE|MMX)|^__STDC_ISO_10646__$/;

test.each<DataModel>(['LP64', 'ILP32'])('%s predefines what gcc does, with the same bodies', (model) => {
  const judge = [...gccMacros('', model)].filter(([name]) => !floating.test(name) && !unlike.test(name));
  const { macros } = unit('', { dataModel: model });
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
  expect(texts(unit(text).tokens)).toEqual(gccExpansion(text, 'LP64').trim().split('\n'));
});
