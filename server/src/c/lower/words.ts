/** The vocabulary of C and of gcc's extensions, with one spelling for each word. */
import type { Token } from '../token';

/** Alternative spellings: digraphs (C17 6.4.6) and gcc's reserved forms of keywords. */
const CANONICAL: ReadonlyMap<string, string> = new Map([
  ['<:', '['],
  [':>', ']'],
  ['<%', '{'],
  ['%>', '}'],
  ...forms('const', '__const', '__const__'),
  ...forms('volatile', '__volatile', '__volatile__'),
  ...forms('restrict', '__restrict', '__restrict__'),
  ...forms('inline', '__inline', '__inline__', '__forceinline'),
  ...forms('signed', '__signed', '__signed__'),
  ...forms('asm', '__asm', '__asm__'),
  ...forms('typeof', '__typeof', '__typeof__'),
  ...forms('_Alignof', '__alignof', '__alignof__', 'alignof'),
  ...forms('_Alignas', 'alignas'),
  ...forms('_Static_assert', 'static_assert'),
  ...forms('_Thread_local', '__thread', 'thread_local'),
  ...forms('_Complex', '__complex', '__complex__'),
  ...forms('__real__', '__real'),
  ...forms('__imag__', '__imag'),
  ...forms('__attribute__', '__attribute'),
  ...forms('offsetof', '__builtin_offsetof'),
  ...forms('va_arg', '__builtin_va_arg'),
]);

function forms(canonical: string, ...others: string[]): [string, string][] {
  return others.map((other) => [other, canonical]);
}

export const STORAGE = new Set(['typedef', 'static', 'extern', 'register', 'auto']);
export const QUALIFIERS = new Set(['const', 'volatile', 'restrict', '_Atomic']);
/** Type specifiers of one word (C17 6.7.2). */
export const TYPE_WORDS = new Set(
  'void char short int long float double signed unsigned _Bool _Complex __int128 __float128 _Float16 _Float32 _Float64 _Float128 _Float32x _Float64x _Decimal32 _Decimal64 _Decimal128'.split(
    ' ',
  ),
);
/** Words other than names that begin or continue declaration specifiers (C17 6.7). */
export const SPECIFIERS = new Set([
  ...STORAGE,
  ...QUALIFIERS,
  ...TYPE_WORDS,
  ...'struct union enum typeof __auto_type inline _Noreturn _Thread_local _Alignas'.split(' '),
]);
/** Words that only begin statements; met inside an expression, something before them is unfinished. */
export const STATEMENTS = new Set('if else while for do switch return goto break continue case'.split(' '));
const OTHER_KEYWORDS = 'sizeof _Alignof _Generic default asm __attribute__ __extension__ _Static_assert __label__ __real__ __imag__'; // biome-ignore format: one list
const KEYWORDS = new Set([...SPECIFIERS, ...STATEMENTS, ...OTHER_KEYWORDS.split(' ')]);
export const ASSIGNMENTS = new Set(['=', '*=', '/=', '%=', '+=', '-=', '<<=', '>>=', '&=', '^=', '|=']);

/** What the chunk writer sees of a token: a keyword, punctuator or name in its one spelling, or a literal's stand-in. */
export function wordOf(token: Token): string {
  switch (token.kind) {
    case 'number':
      return '0';
    case 'character':
      return "'a'";
    case 'string':
      return '""';
    case 'other':
      return '@';
    default:
      return CANONICAL.get(token.text) ?? token.text;
  }
}

/** True for a word that is an identifier and no keyword. */
export function isName(word: string | undefined): word is string {
  return word !== undefined && startsName(word) && !KEYWORDS.has(word);
}

function startsName(word: string): boolean {
  const first = word.charCodeAt(0);
  // Most names are ASCII, and a Unicode pattern is slow.
  if (first < 0x80)
    return (first | 0x20) >= 0x61 && (first | 0x20) <= 0x7a ? true : '_$\\'.includes(word[0] ?? ' ');
  return /^\p{L}/u.test(word);
}
