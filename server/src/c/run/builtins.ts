/** Functions of gcc and the C library whose effect is known: those that headers' macros are made of, and memory copies. */
import type { Expression, Node } from '../ir';
import { integerTypes, precision } from '../types/integers';
import type { CType, IntegerType } from '../types/types';
import { binary, convert, scalar } from './arithmetic';
import { branch, waysOf } from './branches';
import { builtinResult } from './builtin-types';
import { isConstantExpression } from './constant-expressions';
import {
  type Data,
  type IntegerData,
  integerData,
  mapData,
  type Scalar,
  unknownData,
  withMarks,
} from './data';
import { typeOfName } from './declared-types';
import type { Machine } from './machine';
import { dereference, type KnownPlace, store } from './places';
import { State } from './state';
import { decayed, isSameType, spellType } from './type-relations';
import { targetOf } from './typing';
import { noteCallWrite } from './watching';

type Call = Extract<Expression, { kind: 'call' }>;
type Builtin = (m: Machine, call: Call) => Data;

/** Functions that change nothing through the pointers they are handed. */
const READERS = new Set(
  `printf fprintf vprintf vfprintf dprintf puts fputs fputc putc putchar perror syslog dbgprintf fclose fopen opendir closedir
  strlen strnlen strcmp strncmp strcasecmp strncasecmp strchr strrchr strstr strspn strcspn strpbrk strdup strndup memcmp memchr
  atoi atol atoll strerror getenv access stat lstat free qsort_dummy fflush feof ferror fileno isatty`.split(
    /\s+/,
  ),
);

/** Functions that return memory nothing else points to. */
const ALLOCATORS = new Set(
  'malloc calloc realloc reallocarray xmalloc xrealloc strdup strndup xstrdup alloca __builtin_alloca aligned_alloc'.split(
    ' ',
  ),
);

export function onlyReads(name: string): boolean {
  return READERS.has(name.replace(/^__builtin_/, ''));
}

export function isAllocator(name: string): boolean {
  return ALLOCATORS.has(name);
}

export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  ['__builtin_expect', passThrough],
  ['__builtin_expect_with_probability', passThrough],
  ['__builtin_constant_p', constantP],
  ['__builtin_choose_expr', chooseExpression],
  ['__builtin_types_compatible_p', typesCompatible],
  ['va_arg', (m, call) => m.unknownOf(resultOf(m, call), m.reason('unknown-call', { name: 'va_arg' }, call))],
  ...['va_start', 'va_end', 'va_copy', '__builtin_va_start', '__builtin_va_end', '__builtin_va_copy'].map(
    (name): [string, Builtin] => [name, () => nothing()],
  ),
  ...both('abs', (m, call) => absolute(m, call)),
  ...both('labs', (m, call) => absolute(m, call)),
  ...both('llabs', (m, call) => absolute(m, call)),
  ...sized('clz', (value, bits) => (value === 0n ? undefined : BigInt(bits - value.toString(2).length))),
  ...sized('ctz', (value) => (value === 0n ? undefined : trailingZeros(value))),
  ...sized('ffs', (value) => (value === 0n ? 0n : trailingZeros(value) + 1n)),
  ...sized('popcount', (value) => ones(value)),
  ...sized('parity', (value) => ones(value) % 2n),
  ...[16, 32, 64].map((bits): [string, Builtin] => [
    `__builtin_bswap${bits}`,
    (m, call) => swapBytes(m, call, bits),
  ]),
  ...(['add', 'sub', 'mul'] as const).flatMap((name): [string, Builtin][] => [
    [`__builtin_${name}_overflow`, (m, call) => overflow(m, call, name)],
    ...['s', 'u'].flatMap((sign) =>
      ['', 'l', 'll'].map((size): [string, Builtin] => [
        `__builtin_${sign}${name}${size}_overflow`,
        (m, call) => overflow(m, call, name, sizedType(m, sign, size)),
      ]),
    ),
  ]),
  ...both('strlen', lengthOfString),
  ...both('memset', setMemory),
  ...both('memcpy', copyMemory),
  ...both('memmove', copyMemory),
  ...[
    'exit',
    '_exit',
    '_Exit',
    'quick_exit',
    'abort',
    '__builtin_trap',
    '__builtin_unreachable',
    '__builtin_abort',
  ].map((name): [string, Builtin] => [name, end]),
]);

/** A library function that gcc also knows by its `__builtin_` name. */
function both(name: string, builtin: Builtin): [string, Builtin][] {
  return [
    [name, builtin],
    [`__builtin_${name}`, builtin],
  ];
}

function resultOf(m: Machine, call: Call): CType {
  const name = call.callee.kind === 'identifier' ? call.callee.name : '';
  return builtinResult(m, name, call.arguments) ?? m.int;
}

function nothing(): Data {
  return unknownData({ kind: 'void' }, { code: 'not-an-integer', args: { type: 'void' } });
}

/** The values of the arguments, scalars. */
function argumentsOf(m: Machine, call: Call): Scalar[] {
  return call.arguments.map((argument) => scalar(m, m.parts.evaluate(m, argument), argument));
}

function tooFew(m: Machine, call: Call): Scalar {
  return m.unknown(m.int, 'unknown-call', { name: m.textOf(call.callee) }, call);
}

/** The path ends: what would follow is never executed. */
function end(m: Machine, call: Call): Data {
  argumentsOf(m, call);
  m.state = State.dead();
  return nothing();
}

function passThrough(m: Machine, call: Call): Data {
  const [value] = argumentsOf(m, call);
  return value ? convert(m, value, integerTypes(m.model).long, call) : tooFew(m, call);
}

/** What gcc answers depends on its optimisation, except for constant expressions. */
function constantP(m: Machine, call: Call): Data {
  const [argument] = call.arguments;
  if (argument && isConstantExpression(m, argument)) return integerData(m.int, 1n);
  return m.fresh(m.int, m.reason('unknown-call', { name: '__builtin_constant_p' }, call));
}

function chooseExpression(m: Machine, call: Call): Data {
  const [condition, then, otherwise] = call.arguments;
  if (!condition || !then || !otherwise) return tooFew(m, call);
  const ways = waysOf(m, m.parts.evaluate(m, condition), condition);
  const evaluated = (e: Expression) => () => m.parts.evaluate(m, e);
  const results = branch(m, ways, evaluated(then), evaluated(otherwise));
  return m.joinAll(
    resultOf(m, call),
    results.map(({ result, when }) => ({ data: result, when })),
  );
}

function typesCompatible(m: Machine, call: Call): Data {
  const [a, b] = call.arguments.map((e) =>
    e.kind === 'type-argument' ? typeOfName(m, e.type) : decayed(m.parts.typeOf(m, e)),
  );
  if (!a || !b) return tooFew(m, call);
  const unknown = [a, b].find(({ kind }) => kind === 'unknown');
  if (unknown) return m.fresh(m.int, m.reason('unknown-type', { type: spellType(unknown) }, call));
  return integerData(m.int, isSameType(a, b) ? 1n : 0n);
}

/** `abs` of the most negative value overflows (C17 7.22.6.1p2). */
function absolute(m: Machine, call: Call): Data {
  const [given] = argumentsOf(m, call);
  const type = resultOf(m, call);
  if (!given) return tooFew(m, call);
  const value = scalar(m, convert(m, given, type, call), call);
  return mapData(value, type, (one) => {
    if (one.kind !== 'integer' || one.value >= 0n) return one;
    return binary(m, '-', integerData(one.type, 0n), one, call);
  });
}

function sizedType(m: Machine, sign: string, size: string): IntegerType {
  const types = integerTypes(m.model);
  const name = size === '' ? 'int' : size === 'l' ? 'long' : 'long long';
  return sign === 'u' ? types[`unsigned ${name}`] : types[name];
}

/** A function of an unsigned argument of three widths; undefined is gcc's undefined result. */
function sized(
  name: string,
  compute: (value: bigint, bits: number) => bigint | undefined,
): [string, Builtin][] {
  return ['', 'l', 'll'].map((size): [string, Builtin] => [
    `__builtin_${name}${size}`,
    (m, call) => {
      const [given] = argumentsOf(m, call);
      if (!given) return tooFew(m, call);
      const type = sizedType(m, 'u', size);
      return mapData(scalar(m, convert(m, given, type, call), call), m.int, (value) => {
        if (value.kind !== 'integer') return unknownInt(m, value);
        const result = compute(value.value, precision(type));
        if (result !== undefined) return withMarks(integerData(m.int, result), value.changed);
        const text = m.textOf(call.callee);
        return unknownData(m.int, m.problem({ code: 'division-by-zero', args: { operator: text } }, call));
      });
    },
  ]);
}

function unknownInt(m: Machine, value: Scalar): Scalar {
  return unknownData(m.int, value.kind === 'unknown' ? value.reason : { code: 'address' });
}

function trailingZeros(value: bigint): bigint {
  let count = 0n;
  for (let rest = value; (rest & 1n) === 0n; rest >>= 1n) count++;
  return count;
}

function ones(value: bigint): bigint {
  return BigInt(value.toString(2).replaceAll('0', '').length);
}

function swapBytes(m: Machine, call: Call, bits: number): Data {
  const [given] = argumentsOf(m, call);
  const type = resultOf(m, call);
  if (!given || type.kind !== 'integer') return tooFew(m, call);
  return mapData(scalar(m, convert(m, given, type, call), call), type, (value) => {
    if (value.kind !== 'integer')
      return unknownData(type, value.kind === 'unknown' ? value.reason : { code: 'address' });
    let swapped = 0n;
    for (let i = 0; i < bits; i += 8) swapped = (swapped << 8n) | ((value.value >> BigInt(i)) & 0xffn);
    return withMarks(integerData(type, swapped), value.changed);
  });
}

/** `__builtin_add_overflow` and its like: the exact result converted, and whether that changed it. */
function overflow(m: Machine, call: Call, name: 'add' | 'sub' | 'mul', fixed?: IntegerType): Data {
  const [left, right, pointer] = argumentsOf(m, call);
  const [first, second] = call.arguments;
  if (!left || !right || !pointer || !first || !second) return tooFew(m, call);
  const target = fixed ?? targetOf(pointer.type);
  const place = dereference(m, pointer, target, call);
  const operand = (value: Scalar, node: Node) =>
    fixed ? scalar(m, convert(m, value, fixed, node), node) : value;
  const a = operand(left, first);
  const b = operand(right, second);
  const truth = integerTypes(m.model)._Bool;
  if (a.kind !== 'integer' || b.kind !== 'integer' || target.kind !== 'integer') {
    const reason =
      a.kind === 'unknown'
        ? a.reason
        : b.kind === 'unknown'
          ? b.reason
          : m.reason('unsupported', { what: name }, call);
    store(m, place, unknownData(target, reason), call);
    return m.fresh(truth, reason);
  }
  const exact = name === 'add' ? a.value + b.value : name === 'sub' ? a.value - b.value : a.value * b.value;
  const marked = (value: IntegerData) => withMarks(withMarks(value, a.changed), b.changed);
  const wrapped = integerData(target, exact);
  store(m, place, marked(wrapped), call);
  if (place.kind === 'known') noteCallWrite(m, place.object, call);
  return marked(integerData(truth, wrapped.value === exact ? 0n : 1n));
}

/** `strlen` of a string that is known to its end (C17 7.24.6.3). */
function lengthOfString(m: Machine, call: Call): Data {
  const [pointer] = argumentsOf(m, call);
  const place =
    pointer && pointer.kind !== 'one-of' ? dereference(m, pointer, { kind: 'void' }, call) : undefined;
  if (place?.kind === 'known' && typeof place.offset === 'number') {
    const { char } = integerTypes(m.model);
    const contents = m.contents(place.object);
    for (let at = place.offset; at >= 0 && at < place.object.size && !contents.isUninitialized(at, 1); at++) {
      m.bounds.step();
      const byte = contents.read(at, char, 1);
      if (byte.kind !== 'integer') break;
      if (byte.value === 0n) return withMarks(integerData(m.size, BigInt(at - place.offset)), byte.changed);
    }
  }
  return m.fresh(m.size, m.reason('unknown-call', { name: m.textOf(call.callee) }, call));
}

/** The place of `size` bytes behind a pointer where both are known. */
function bytesBehind(
  m: Machine,
  pointer: Scalar,
  size: Scalar,
  node: Node,
): (KnownPlace & { offset: number; bytes: number }) | undefined {
  if (size.kind !== 'integer' || pointer.kind === 'one-of') return undefined;
  const place = dereference(m, pointer, { kind: 'void' }, node);
  if (place.kind !== 'known' || typeof place.offset !== 'number') return undefined;
  const bytes = Number(size.value);
  if (place.offset < 0 || place.offset + bytes > place.object.size) {
    m.problem(
      {
        code: 'index-out-of-bounds',
        args: { index: String(place.offset + bytes), length: String(place.object.size) },
      },
      node,
    );
    return undefined;
  }
  return { ...place, offset: place.offset, bytes };
}

/** Where the stretch is not known, all that may be reached becomes unknown. */
function forgetTarget(m: Machine, pointer: Scalar, node: Node): void {
  const place = dereference(m, pointer, { kind: 'void' }, node);
  const reason = m.reason('changed-by-call', { name: m.textOf(node), callee: m.textOf(node) }, node);
  const places = place.kind === 'several' ? place.alternatives.map((one) => one.place) : [place];
  for (const one of places) {
    if (one.kind === 'known') m.forget(one.object, reason);
    else if (one.kind === 'unknown') m.forgetEscaped(reason);
  }
}

function setMemory(m: Machine, call: Call): Data {
  const [pointer, byte, size] = argumentsOf(m, call);
  if (!pointer || !byte || !size) return tooFew(m, call);
  const to = bytesBehind(m, pointer, size, call);
  if (!to || byte.kind !== 'integer') forgetTarget(m, pointer, call);
  else if (BigInt.asUintN(8, byte.value) === 0n)
    m.writable(to.object).fill(to.offset, to.offset + to.bytes, { kind: 'zero' });
  else {
    m.bounds.step(to.bytes);
    const contents = m.writable(to.object);
    const value = integerData(integerTypes(m.model)['unsigned char'], byte.value);
    for (let i = 0; i < to.bytes; i++) contents.write(to.offset + i, 1, value);
  }
  if (to) noteCallWrite(m, to.object, call);
  return pointer;
}

/** `memcpy` and `memmove`; the copy is taken before anything is written. */
function copyMemory(m: Machine, call: Call): Data {
  const [pointer, source, size] = argumentsOf(m, call);
  if (!pointer || !source || !size) return tooFew(m, call);
  const to = bytesBehind(m, pointer, size, call);
  const from = bytesBehind(m, source, size, call);
  if (to && from) {
    m.bounds.step(1 + m.contents(from.object).weight);
    const copy = m.contents(from.object).slice(from.offset, from.bytes);
    m.writable(to.object).paste(to.offset, to.bytes, copy);
  } else forgetTarget(m, pointer, call);
  if (to) noteCallWrite(m, to.object, call);
  return pointer;
}
