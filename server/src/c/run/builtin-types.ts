/** Result types of functions that a header or gcc itself declares, for programs whose headers are not read. */
import type { Expression } from '../ir';
import { type IntegerName, integerTypes } from '../types/integers';
import { builtInTypeName } from '../types/type-names';
import type { CType } from '../types/types';
import { typeOfName } from './declared-types';
import type { Machine } from './machine';
import { pointerTo } from './type-relations';

type ResultName = IntegerName | 'void' | 'size_t' | 'uint64_t' | 'void *' | 'char *';

const RESULTS: ReadonlyMap<string, ResultName> = new Map<string, ResultName>([
  ...each(
    'int',
    'abs clz clzl clzll ctz ctzl ctzll popcount popcountl popcountll parity parityl parityll ffs ffsl ffsll constant_p types_compatible_p',
  ),
  ...each('long', 'labs expect expect_with_probability strtol atol'),
  ...each('long long', 'llabs strtoll atoll'),
  ...each('unsigned long', 'strtoul'),
  ...each('unsigned long long', 'strtoull'),
  ...each('uint64_t', 'bswap64'),
  ...each('unsigned int', 'bswap32'),
  ...each('unsigned short', 'bswap16'),
  ...each('_Bool', 'add_overflow sub_overflow mul_overflow'),
  ...['s', 'u'].flatMap((sign) =>
    ['', 'l', 'll'].flatMap((size) =>
      each('_Bool', ['add', 'sub', 'mul'].map((op) => `${sign}${op}${size}_overflow`).join(' ')),
    ),
  ),
  ...each('size_t', 'object_size strlen strnlen strspn strcspn fread fwrite'),
  ...each('void *', 'malloc calloc realloc alloca memset memcpy memmove mempcpy memchr reallocarray'),
  ...each(
    'char *',
    'strdup strndup strchr strrchr strstr strcpy strncpy strcat getenv fgets strerror strtok',
  ),
  ...each('void', 'unreachable trap abort exit _exit free perror'),
]);

function each(type: ResultName, names: string): [string, ResultName][] {
  return names.split(' ').map((name) => [name, type]);
}

/** The type of a call of a function without a declaration; undefined where nothing is known of it. */
export function builtinResult(m: Machine, name: string, given: readonly Expression[]): CType | undefined {
  const plain = name.replace(/^__builtin_/, '');
  if (plain === 'choose_expr') {
    const [condition, then, otherwise] = given;
    const chosen = condition && m.parts.evaluate(m, condition);
    const selected = chosen?.kind === 'integer' && chosen.value === 0n ? otherwise : then;
    return selected && m.parts.typeOf(m, selected);
  }
  if (plain === 'va_arg') {
    const [, type] = given;
    return type?.kind === 'type-argument' ? typeOfName(m, type.type) : undefined;
  }
  const found = RESULTS.get(plain);
  switch (found) {
    case undefined:
      return undefined;
    case 'void':
      return { kind: 'void' };
    case 'size_t':
    case 'uint64_t':
      return builtInTypeName(found, m.model);
    case 'void *':
      return pointerTo({ kind: 'void' });
    case 'char *':
      return pointerTo(integerTypes(m.model).char);
    default:
      return integerTypes(m.model)[found];
  }
}
