/** The macros that gcc 12 for x86 Linux defines by itself (C17 6.10.8), without those of floating point. */
import type { DataModel } from '../value';

/** Lines `NAME BODY`, as they would stand after `#define`. */
export function predefinedMacros(model: DataModel): string {
  return [COMMON, model === 'LP64' ? LP64_ONLY : ILP32_ONLY, ...integerMacros(model)].join('\n');
}

/** How gcc names a signed integer type in its macros, and the suffix of its constants. */
interface Spelled {
  readonly type: string;
  readonly bits: number;
  readonly suffix: string;
}

const schar: Spelled = { type: 'signed char', bits: 8, suffix: '' };
const short: Spelled = { type: 'short int', bits: 16, suffix: '' };
const int: Spelled = { type: 'int', bits: 32, suffix: '' };
const longLong: Spelled = { type: 'long long int', bits: 64, suffix: 'LL' };

/** `__INT32_TYPE__`, `__INT32_MAX__`, `__UINT64_C(c)`, `__LONG_WIDTH__` and their like. */
function integerMacros(model: DataModel): string[] {
  const wide = model === 'LP64';
  const long: Spelled = { type: 'long int', bits: wide ? 64 : 32, suffix: 'L' };
  const int64 = wide ? long : longLong;
  const word = wide ? long : int;
  return [
    ...fixedWidth(8, schar, schar),
    ...fixedWidth(16, short, word),
    ...fixedWidth(32, int, word),
    ...fixedWidth(64, int64, int64),
    ...signedAndUnsigned('INTMAX', int64),
    ...constants('INTMAX', int64),
    ...signedAndUnsigned('INTPTR', word),
    ...limits('SCHAR', schar),
    ...limits('SHRT', short),
    ...limits('INT', int),
    ...limits('LONG', long),
    ...limits('LONG_LONG', longLong),
    ...limits('INTMAX', int64).slice(1),
    ...limits('INTPTR', word).slice(1),
    `__SIZE_TYPE__ ${unsigned(word.type)}`,
    `__SIZE_MAX__ ${maximum(word, false)}`,
    `__SIZE_WIDTH__ ${word.bits}`,
    `__PTRDIFF_TYPE__ ${word.type}`,
    ...limits('PTRDIFF', word),
    `__SIG_ATOMIC_TYPE__ int`,
    ...limits('SIG_ATOMIC', int),
    `__WCHAR_TYPE__ ${wide ? 'int' : 'long int'}`,
    ...limits('WCHAR', wide ? int : long),
  ];
}

function fixedWidth(bits: number, exact: Spelled, fast: Spelled): string[] {
  return [
    ...signedAndUnsigned(`INT${bits}`, exact),
    ...constants(`INT${bits}`, exact),
    ...signedAndUnsigned(`INT_LEAST${bits}`, exact),
    `__INT_LEAST${bits}_WIDTH__ ${exact.bits}`,
    ...signedAndUnsigned(`INT_FAST${bits}`, fast),
    `__INT_FAST${bits}_WIDTH__ ${fast.bits}`,
  ];
}

function signedAndUnsigned(name: string, type: Spelled): string[] {
  return [
    `__${name}_TYPE__ ${type.type}`,
    `__${name}_MAX__ ${maximum(type, true)}`,
    `__U${name}_TYPE__ ${unsigned(type.type)}`,
    `__U${name}_MAX__ ${maximum(type, false)}`,
  ];
}

function constants(name: string, type: Spelled): string[] {
  const body = (suffix: string): string => (suffix ? `c ## ${suffix}` : 'c');
  return [`__${name}_C(c) ${body(type.suffix)}`, `__U${name}_C(c) ${body(unsignedSuffix(type))}`];
}

function limits(name: string, type: Spelled): string[] {
  return [`__${name}_MAX__ ${maximum(type, true)}`, `__${name}_WIDTH__ ${type.bits}`];
}

function unsigned(type: string): string {
  return type === 'signed char'
    ? 'unsigned char'
    : type === 'int'
      ? 'unsigned int'
      : type.replace(/int$/, 'unsigned int');
}

/** Types that promote to `int` have constants without a suffix. */
function unsignedSuffix({ bits, suffix }: Spelled): string {
  return bits < 32 ? '' : `U${suffix}`;
}

function maximum(type: Spelled, signed: boolean): string {
  const value = (1n << BigInt(signed ? type.bits - 1 : type.bits)) - 1n;
  return `0x${value.toString(16)}${signed ? type.suffix : unsignedSuffix(type)}`;
}

const COMMON = `__STDC__ 1
__STDC_VERSION__ 201710L
__STDC_HOSTED__ 1
__STDC_UTF_16__ 1
__STDC_UTF_32__ 1
__STDC_IEC_559__ 1
__STDC_IEC_559_COMPLEX__ 1
__STDC_IEC_60559_BFP__ 201404L
__STDC_IEC_60559_COMPLEX__ 201404L
__STDC_ISO_10646__ 201706L
_STDC_PREDEF_H 1
__GNUC__ 12
__GNUC_MINOR__ 2
__GNUC_PATCHLEVEL__ 0
__GNUC_STDC_INLINE__ 1
__VERSION__ "12.2.0"
__GXX_ABI_VERSION 1017
__GNUC_EXECUTION_CHARSET_NAME "UTF-8"
__GNUC_WIDE_EXECUTION_CHARSET_NAME "UTF-32LE"
__NO_INLINE__ 1
__FINITE_MATH_ONLY__ 0
__REGISTER_PREFIX__
__USER_LABEL_PREFIX__
__PRAGMA_REDEFINE_EXTNAME 1
__HAVE_SPECULATION_SAFE_VALUE 1
__pic__ 2
__PIC__ 2
__pie__ 2
__PIE__ 2
__CHAR_BIT__ 8
__CHAR16_TYPE__ short unsigned int
__CHAR32_TYPE__ unsigned int
__WINT_TYPE__ unsigned int
__WINT_MAX__ 0xffffffffU
__WINT_MIN__ 0U
__WINT_WIDTH__ 32
__WCHAR_MIN__ (-__WCHAR_MAX__ - 1)
__SIG_ATOMIC_MIN__ (-__SIG_ATOMIC_MAX__ - 1)
__SIZEOF_SHORT__ 2
__SIZEOF_INT__ 4
__SIZEOF_LONG_LONG__ 8
__SIZEOF_WCHAR_T__ 4
__SIZEOF_WINT_T__ 4
__SIZEOF_FLOAT__ 4
__SIZEOF_DOUBLE__ 8
__SIZEOF_FLOAT128__ 16
__BIGGEST_ALIGNMENT__ 16
__ORDER_LITTLE_ENDIAN__ 1234
__ORDER_BIG_ENDIAN__ 4321
__ORDER_PDP_ENDIAN__ 3412
__BYTE_ORDER__ __ORDER_LITTLE_ENDIAN__
__FLOAT_WORD_ORDER__ __ORDER_LITTLE_ENDIAN__
__ATOMIC_RELAXED 0
__ATOMIC_CONSUME 1
__ATOMIC_ACQUIRE 2
__ATOMIC_RELEASE 3
__ATOMIC_ACQ_REL 4
__ATOMIC_SEQ_CST 5
__ATOMIC_HLE_ACQUIRE 65536
__ATOMIC_HLE_RELEASE 131072
__GCC_ATOMIC_BOOL_LOCK_FREE 2
__GCC_ATOMIC_CHAR_LOCK_FREE 2
__GCC_ATOMIC_CHAR16_T_LOCK_FREE 2
__GCC_ATOMIC_CHAR32_T_LOCK_FREE 2
__GCC_ATOMIC_WCHAR_T_LOCK_FREE 2
__GCC_ATOMIC_SHORT_LOCK_FREE 2
__GCC_ATOMIC_INT_LOCK_FREE 2
__GCC_ATOMIC_LONG_LOCK_FREE 2
__GCC_ATOMIC_LLONG_LOCK_FREE 2
__GCC_ATOMIC_POINTER_LOCK_FREE 2
__GCC_ATOMIC_TEST_AND_SET_TRUEVAL 1
__GCC_ASM_FLAG_OUTPUTS__ 1
__GCC_CONSTRUCTIVE_SIZE 64
__GCC_DESTRUCTIVE_SIZE 64
__GCC_HAVE_DWARF2_CFI_ASM 1
__GCC_HAVE_SYNC_COMPARE_AND_SWAP_1 1
__GCC_HAVE_SYNC_COMPARE_AND_SWAP_2 1
__GCC_HAVE_SYNC_COMPARE_AND_SWAP_4 1
__GCC_HAVE_SYNC_COMPARE_AND_SWAP_8 1
__GCC_IEC_559 2
__GCC_IEC_559_COMPLEX 2
__SEG_FS 1
__SEG_GS 1
__ELF__ 1
__gnu_linux__ 1
__linux__ 1
__linux 1
linux 1
__unix__ 1
__unix 1
unix 1`;

const LP64_ONLY = `_LP64 1
__LP64__ 1
__x86_64 1
__x86_64__ 1
__amd64 1
__amd64__ 1
__k8 1
__k8__ 1
__code_model_small__ 1
__MMX__ 1
__MMX_WITH_SSE__ 1
__SSE__ 1
__SSE2__ 1
__SSE_MATH__ 1
__SSE2_MATH__ 1
__FXSR__ 1
__SIZEOF_INT128__ 16
__SIZEOF_LONG__ 8
__SIZEOF_POINTER__ 8
__SIZEOF_SIZE_T__ 8
__SIZEOF_PTRDIFF_T__ 8
__SIZEOF_LONG_DOUBLE__ 16
__SIZEOF_FLOAT80__ 16`;

const ILP32_ONLY = `_ILP32 1
__ILP32__ 1
__i386 1
__i386__ 1
i386 1
__i686 1
__i686__ 1
__pentiumpro 1
__pentiumpro__ 1
__code_model_32__ 1
__LAHF_SAHF__ 1
__SIZEOF_LONG__ 4
__SIZEOF_POINTER__ 4
__SIZEOF_SIZE_T__ 4
__SIZEOF_PTRDIFF_T__ 4
__SIZEOF_LONG_DOUBLE__ 12
__SIZEOF_FLOAT80__ 12`;
