/** C expressions at random with hardly a parenthesis in them, so that a reader has to know what belongs to what. */
import fc from 'fast-check';

const join = (...parts: (string | fc.Arbitrary<string>)[]) =>
  fc
    .tuple(...parts.map((part) => (typeof part === 'string' ? fc.constant(part) : part)))
    .map((texts) => texts.join(' '));

const operand = fc.constantFrom('a', 'b', 'c', '1', '0x2u', '3L', "'x'", '*p', 's.m', 'r->n[1]', '(a)', '(b)', 'sizeof a', 'sizeof (T)', 'sizeof (a)', 'sizeof (U *)', 'sizeof (p)[0]', 'sizeof (T){1}', '(U){2}', '(struct s){3}.m', '_Alignof(T)', 'f()', '(f)(1)', '(*fp)(2)', '"x"[0]', 'a++', 'b--', '++c', '--*p', '(*p)++', '(U[]){1, 2}[1]', '*&a', '((T) * &a)', '(a) * *&b', '__builtin_offsetof(struct s, n[1])', '({ enum { V = 3 }; (V) - 1; })'); // biome-ignore format: one list
const prefix = fc.constantFrom('-', '+', '~', '!', '(T)', '(U)', '(unsigned char)', '(a) -', '(b) *', '(c) &', '- -', '(U) -', '! ~'); // biome-ignore format: one list
const binary = fc.constantFrom(...'+ - * / % << >> < > <= >= == != & ^ | && ||'.split(' '));
const assignment = fc.constantFrom(...'= += -= *= <<= >>= &= ^= |='.split(' '));
const object = fc.constantFrom('a', 'b', '*p', 'p[1]', 's.m', 'r->m', 's.n[2]', '*r->n', '(a)', '(*p)', '*(U *)p', 'r->r->m', '(U){1}'); // biome-ignore format: one list

const { expression } = fc.letrec<{ expression: string }>((tie) => {
  const inner = tie('expression');
  return {
    expression: fc.oneof(
      { maxDepth: 5 },
      operand,
      join(inner, binary, inner),
      join(inner, binary, inner),
      join(prefix, operand),
      join('sizeof', operand),
      join(prefix, inner),
      join(inner, '?', inner, ':', inner),
      join(inner, '?:', inner),
      join('(', inner, ')'),
      join('(', inner, ',', inner, ')'),
      join('(', object, assignment, inner, ')'),
      join('p [', inner, ']'),
      join('f (', inner, ',', inner, ')'),
      join('({ T t =', inner, '; (t) - 1; })'),
      join('({ U V =', inner, '; (V) - 1; }) + (V) - 1'),
      join('_Generic (', inner, ', default :', inner, ')'),
    ),
  };
});

/** Every expression is an integer, wherever it stands, so that every combination compiles behind `prelude`. */
export const expressionText = {
  expression,
  prelude: `typedef unsigned long long T; typedef int U, V; struct s { int m, n[4]; struct s *r; };
int a, b, c, *p, f(), (*fp)(); struct s s, *r;`,
};
