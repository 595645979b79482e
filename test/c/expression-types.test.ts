/** The type that an expression has where it is not run: ours, and gcc's. */
import { expect, it } from 'vitest';
import { evaluateText, FILE } from './evaluate-text';
import { complaintsByLine } from './gcc';

const HEAD =
  'struct s { int x; long y; int list[3]; unsigned bit: 3; }; static struct s one, *p; static char c; static short h;' +
  'static unsigned u; static long l; static float f4; static double f8; static long double f16; static void *vp;' +
  'static int array[3], matrix[2][3]; static char *word; static const int fixed = 1; extern int n;' +
  'enum { FIRST }; enum low { LOW = -1 }; enum big { BIG = 0x100000000 };' +
  'static void nothing(void) { } static long three(int k) { return 3; } static long (*call)(int) = three;';

const TYPES: Readonly<Record<string, readonly string[]>> = {
  int: [
    '1',
    "'a'",
    "L'a'",
    'FIRST',
    'LOW',
    '(enum low)0',
    'fixed',
    '*array',
    '!l',
    '!p',
    '~c',
    '-h',
    '+c',
    'l && l',
    'l || 1',
    'l == l',
    'l != 1',
    'p < p',
    'l <= 1',
    'l > 1',
    'l >= 1',
    'c << 1',
    'c >> l',
    'c + c',
    'c | h',
    '1 ? c : c',
    'c ?: c',
    '__builtin_popcount(1)',
    'array[0]',
    '0[array]',
    'matrix[0][1]',
    'c[array]',
    '(array + 1)[0]',
    'one.x',
    'one.list[0]',
    '(*p).x',
    '+one.bit',
    '({ c; int x = 1; x; })',
  ],
  'unsigned int': ['1u', '0x80000000', "U'a'", '-u', 'u << 1l', 'u + c', 'u * 1', 'c ^ u', '1 ? u : c'],
  long: [
    '1l',
    '~l',
    '++l',
    'l << 1',
    'p - p',
    '&array[2] - array',
    'c + l',
    'u + l',
    'l % u',
    'c & l',
    '1 ? c : l',
    'c ?: l',
    'three(1)',
    'call(1)',
    '(*call)(1)',
    '(&three)(1)',
    '__builtin_expect(1, 1)',
    'p->y',
    '(1, one).y',
    '({ typedef long t; (t)1; })',
    '({ __auto_type x = l; x; })',
    '({ long c; c; }) + c',
    '({ extern long z; z; })',
    '({ struct q { long v; } x; x.v; })',
    '_Generic(1, int: l, default: c)',
    '_Generic(array, int *: l, default: c)',
  ],
  double: ['1.5', 'f4 + f8', 'f8 + f4', 'l * f8', '1 ? 1 : f8'],
  float: ['1.5f', '-f4', 'f4 + f4', 'f4 + 1', '1 + f4', '1 ? f4 : 1'],
  'long double': ['1.5L', 'f16 / f8', 'f8 - f16'],
  'unsigned short': ["u'a'"],
  char: [
    'c',
    '*&c',
    'c++',
    'c = 5',
    'c += l',
    '1, c',
    '"ab"[0]',
    '(char)1',
    '({ c; })',
    '({ char x; x; })',
    '({ c; l; c; })',
    '_Generic(l, int: l, default: c)',
    '_Generic(three, long (*)(int): c, default: l)',
    '_Generic(fixed, int: c, default: l)',
  ],
  'unsigned long': [
    'BIG',
    '(enum big)0',
    '(enum big)0 + 1',
    'sizeof(char)',
    'sizeof c',
    '_Alignof(char)',
    '__builtin_offsetof(struct s, y)',
  ],
  'char *': ['&c', 'word + c', '1 ? "a" : 0', '({ char x, *y; y; })', '({ typedef char t, *pt; pt x; x; })'],
  'struct s **': ['&p'],
  'int *': [
    '&array[1]',
    'array + 1',
    '1 + array',
    'array - 1',
    '1 ? array : 0',
    '1 ? 0 : array',
    '1, array',
    '({ array; })',
    '({ int x[2]; x; })',
    '({ __auto_type x = array; x; })',
  ],
  'struct s': ['*p', '1 ? one : one', '1, one', 'p[0]', '(struct s){ 1 }', '({ one; })'],
  short: ['--h'],
  'struct s *': [
    'p++',
    'p + 1',
    '1 + p',
    'p - 1',
    'p += 1',
    '1 ? p : 0',
    '1 ? 0 : p',
    '1 ? p : p',
    '1 ? p : (void *)0',
    '1 ? (void *)0 : p',
    '1 ? p : (void *)(1 - 1)',
    '1 ? p : (void *)FIRST',
    "1 ? p : (void *)'\\0'",
    '1 ? p : (void *)(1 ? 0 : 1)',
    '1 ? p : (void *)(0 ?: 0)',
    '1 ? p : (void *)!1',
    '1 ? p : (void *)-0',
    '1 ? p : (void *)(sizeof(int) - 4)',
    '1 ? p : (void *)(_Alignof(int) - 4)',
    '1 ? p : (void *)__builtin_offsetof(struct s, x)',
    '1 ? p : (void *)__builtin_types_compatible_p(int, long)',
    '1 ? p : (void *)(long)(char)0',
    '1 ? p : (void *)(1 && 0)',
    '1 ? p : 0L',
    '1 ? p : FIRST',
    '1 ? p : (char)0',
    '_Generic(l, default: c, long: p)',
  ],
  'void *': [
    '1 ? p : vp',
    '1 ? vp : p',
    '1 ? p : (void *)1',
    '1 ? (void *)1 : p',
    '1 ? vp : (void *)0',
    '1 ? p : (void *)LOW',
    '1 ? p : (void *)(n * 0)',
    '1 ? p : (void *)(n ? 0 : 0)',
    '1 ? p : (void *)__builtin_offsetof(struct s, y)',
    '1 ? p : (void *)(void *)0',
    '1 ? p : (void *)(long)(void *)0',
    '1 ? p : (void *)(0, 0)',
    '1 ? p : (void *)fixed',
    '1 ? p : (void *)*&array[0]',
    '1 ? p : (void *)(n && 0)',
    '1 ? p : (void *)(long)&*(int *)0',
  ],
  void: [
    '1 ? nothing() : nothing()',
    '1 ? 1 : nothing()',
    '1 ? nothing() : 1',
    'nothing()',
    '({ ; })',
    '({ int x; })',
    '({ if (1) c; })',
  ],
  'long *': ['(long *)0'],
};

const rows = Object.entries(TYPES).flatMap(([type, expressions]) =>
  expressions.map((expression) => [expression, type] as const),
);

it.each(rows)('%s is of type %s', (expression, type) => {
  const { watched } = evaluateText(`${HEAD} typeof(${expression}) mint_a;`, (name) => name === 'mint_a');
  expect(watched.get('mint_a')?.type).toBe(type);
});

it('so says gcc', () => {
  const lines = rows.map(
    ([expression, type]) =>
      `_Static_assert(__builtin_types_compatible_p(__typeof__(${expression}), ${type}), "");`,
  );
  const complaints = complaintsByLine(`${HEAD} void f(void) {\n${lines.join('\n')}\n}`, 'LP64');
  const wrong = rows.filter((_, i) => complaints.get(i + 2)?.some((one) => one.includes('assertion')));
  expect(wrong).toEqual([]);
});

it('so is the type of the value, where it is known', () => {
  const text = `${HEAD} void f(void) {\n${rows.map(([expression]) => `(void)(${expression});`).join('\n')}\n}`;
  const evaluation = evaluateText(text);
  const known = rows.flatMap(([expression, type]) => {
    const at = text.indexOf(`\n(void)(${expression});`) + '\n(void)('.length;
    const value = evaluation.expressionsAt(FILE, at).find((each) => each.text === `(${expression})`)?.value;
    return value?.kind === 'known' ? [[expression, type, value.type]] : [];
  });
  expect(known.filter(([, type, found]) => found !== type)).toEqual([]);
  expect(known.length).toBeGreaterThan(100);
});
