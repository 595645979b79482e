/** Files full of macros that use each other: objects, functions, `#`, `##`, variable arguments, conditionals. */
import * as fc from 'fast-check';

const names = ['A', 'B', 'C', 'F', 'G', 'H', 'V'] as const;
const parameters = ['x', 'y', 'z'] as const;

const name = fc.constantFrom(...names);
const plain = fc.constantFrom('1', '2u', 'q', '+', '-', '0x1f', '"s"', "'c'", 'A1', '=', '.', ';', '->', '@');
const space = fc.constantFrom('', ' ', ' ', '  ', ' /* c */ ');

/** Text with balanced parentheses that names macros and calls them; `word` gives further words. */
function text(word: fc.Arbitrary<string>, size: number): fc.Arbitrary<string> {
  const { piece } = fc.letrec<{ piece: string }>((tie) => ({
    piece: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      word,
      name,
      plain,
      fc
        .tuple(name, space, fc.array(fc.array(tie('piece'), { maxLength: 3 }), { maxLength: 3 }))
        .map(([macro, gap, args]) => `${macro}${gap}(${args.map((arg) => arg.join(' ')).join(',')})`),
      fc.array(tie('piece'), { maxLength: 3 }).map((inner) => `(${inner.join(' ')})`),
    ),
  }));
  return fc
    .array(fc.tuple(piece, space), { maxLength: size })
    .map((pieces) => pieces.map(([each, gap]) => each + (gap || separator(each))).join(''));
}

/** Keeps two pieces from becoming one token where no space was drawn. */
function separator(piece: string): string {
  return /[\w.+\-=>]$/.test(piece) ? ' ' : '';
}

const bodyWord = (own: readonly string[], variadic: boolean): fc.Arbitrary<string> =>
  fc.oneof(
    ...(own.length > 0
      ? [
          fc.constantFrom(...own),
          fc.constantFrom(...own).map((parameter) => `#${parameter}`),
          fc.tuple(fc.constantFrom(...own), space).map(([parameter, gap]) => `v${gap}##${gap}${parameter}`),
          fc.tuple(fc.constantFrom(...own), fc.constantFrom(...own)).map((pair) => pair.join('##')),
          fc.constantFrom(...own).map((parameter) => `${parameter}##1`),
        ]
      : [fc.constantFrom('v##1', 'A##1', 'w')]),
    ...(variadic
      ? [
          fc.constantFrom('f(0, ## __VA_ARGS__)', '#__VA_ARGS__', '__VA_ARGS__', '__VA_OPT__(, o)'),
          fc.constantFrom('#__VA_OPT__(__VA_ARGS__ +)', 'v##__VA_OPT__(1 __VA_ARGS__)', '__VA_OPT__(a)##b'),
        ]
      : []),
  );

const define = fc
  .tuple(name, fc.constantFrom(-1, -1, 0, 1, 1, 2, 3), fc.boolean())
  .chain(([macro, count, variadic]) => {
    const own = parameters.slice(0, Math.max(0, count));
    const takesMore = count >= 0 && variadic;
    const list = count < 0 ? '' : `(${[...own, ...(takesMore ? ['...'] : [])].join(', ')})`;
    return text(bodyWord(own, takesMore), 5).map((body) => `#define ${macro}${list} ${body.trimEnd()}`);
  });

const condition = fc.oneof(
  name.map((macro) => `defined(${macro})`),
  name.map((macro) => `!defined ${macro}`),
  fc.constantFrom('defined OSID', 'OSID == 2', 'OSID - 1'),
  fc.tuple(fc.constantFrom('1', '0', '2u', '-1', "'a'", 'nothing', 'OSID'), fc.constantFrom('<', '==', '&&', '||', '-', '>>'), fc.constantFrom('1', '-2', '0x10', '3u')).map((parts) => parts.join(' ')), // biome-ignore format: one tuple
);

/** `OSID` is a macro only where a test defines it from outside. */
const words = fc.constantFrom('use', 'k', '__COUNTER__', 'OSID');

const line: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: define },
  { weight: 8, arbitrary: text(words, 6) },
  { weight: 1, arbitrary: name.map((macro) => `#undef ${macro}`) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(condition, text(words, 3), condition, define, text(words, 3))
      .map(([first, then, second, macro, last]) =>
        [`#if ${first}`, then, `#elif ${second}`, macro, '#else', last, '#endif'].join('\n'),
      ),
  },
);

/** A file that ends in uses of all its macros. */
export const macroFile: fc.Arbitrary<string> = fc
  .tuple(fc.array(define, { minLength: 2, maxLength: 6 }), fc.array(line, { minLength: 3, maxLength: 14 }))
  .map(([first, lines]) => `${[...first, ...lines].join('\n')}\n;${names.join(' ; ')}\n`);
