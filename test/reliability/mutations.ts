/** Random damage to texts, near enough to what people and accidents do that most of it still means something. */
import fc from 'fast-check';

export interface Mutation {
  readonly kind: 'delete' | 'double' | 'move' | 'insert' | 'replace-number' | 'cut-off' | 'flip';
  /** Places and lengths, taken modulo the text's length where they are used. */
  readonly at: number;
  readonly length: number;
  readonly to: number;
  readonly text: string;
}

/** Pieces of C that decide what follows them, of a project file and of dumps. */
const PIECES = [
  ...[
    '#if OSID == 1\n',
    '#else\n',
    '#endif\n',
    '#define X(a, ...) a##__VA_ARGS__ X\n',
    '#include "mint.h"\n',
  ],
  ...[
    '#include "../../../etc/passwd"\n',
    '#undef OSID\n',
    '#error\n',
    '/*',
    '*/',
    '"',
    "'",
    '\\\n',
    '//',
    '??/',
  ],
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ';',
    ',',
    '=',
    '+=',
    '<<',
    '>>',
    '?',
    ':',
    '->',
    '...',
    '~',
    '!',
    '-',
    '/ 0',
  ],
  ...[
    'for (;;)',
    'while (1)',
    'goto out;',
    'out:',
    'switch (OSID)',
    'case 1:',
    'return',
    'break;',
    'do',
    'if',
  ],
  ...['unsigned char', 'struct', 'typedef', 'sizeof', '__builtin_clz', 'mint_region3_size', 'OSID', '_Bool'],
  ...['0x7fffffff', '0xffffffffffffffffull', '-1', '1e9', '0b11', '09', "'\\x'", '1 << 31', '1 << 64'],
  ...['\0', '\r', '\u2028', '\ufeff', '日本語', '😀', '\ud800', '%', '`', '<b>', '](x)', '$('],
  ...['"nodes": [', '{"osid": 0}', 'null', '1e999', '20000000-37ffffff : System RAM\n', 'Kernel code\n'],
];

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('delete', 'double', 'move', 'insert', 'insert', 'replace-number', 'cut-off', 'flip'),
  at: fc.nat(),
  length: fc.oneof(fc.nat(8), fc.nat(200)),
  to: fc.nat(),
  text: fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 12 })),
});

/** The text with the damage done. */
export function damaged(text: string, mutations: readonly Mutation[]): string {
  return mutations.reduce(apply, text);
}

function apply(text: string, { kind, at, length, to, text: piece }: Mutation): string {
  const start = at % (text.length + 1);
  const slice = text.slice(start, start + length);
  const without = text.slice(0, start) + text.slice(start + length);
  const target = to % (without.length + 1);
  switch (kind) {
    case 'delete':
      return without;
    case 'double':
      return text.slice(0, start) + slice + text.slice(start);
    case 'move':
      return without.slice(0, target) + slice + without.slice(target);
    case 'insert':
      return text.slice(0, start) + piece + text.slice(start);
    case 'replace-number':
      return text.slice(0, start) + text.slice(start).replace(/\d[\w.]*/, piece);
    case 'cut-off':
      return text.slice(0, start);
    case 'flip':
      return text.slice(0, start) + String.fromCharCode(to % 0x250) + text.slice(start + 1);
  }
}
