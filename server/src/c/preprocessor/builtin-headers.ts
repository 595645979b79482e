/**
 * What the macros of standard headers are on x86 Linux, so that no header outside of the tree need be read (C17 7.10,
 * 7.19, 7.20; glibc where the standard leaves it open). Types that these headers declare are in `type-names.ts`.
 */
import type { DataModel } from '../value';

/** Lines `NAME BODY`, as they would stand after `#define`; undefined where `header` is none of those known here. */
export function headerMacros(header: string, model: DataModel): string | undefined {
  const names = headers.get(header);
  return names?.map((name) => groups[name](model)).join('\n');
}

type Group = (model: DataModel) => string;

const groups = {
  null: () => 'NULL ((void *)0)',
  offsetof: () => 'offsetof(TYPE,MEMBER) __builtin_offsetof (TYPE, MEMBER)',
  bool: () => 'bool _Bool\ntrue 1\nfalse 0\n__bool_true_false_are_defined 1',
  alignas: () => 'alignas _Alignas\nalignof _Alignof\n__alignas_is_defined 1\n__alignof_is_defined 1',
  noreturn: () => 'noreturn _Noreturn',
  iso646: () =>
    'and &&\nand_eq &=\nbitand &\nbitor |\ncompl ~\nnot !\nnot_eq !=\nor ||\nor_eq |=\nxor ^\nxor_eq ^=',
  wordsize: (model) => `__WORDSIZE ${model === 'LP64' ? 64 : 32}`,
  bitsPerLong: (model) => `__BITS_PER_LONG ${model === 'LP64' ? 64 : 32}`,
  endianness: () =>
    '__LITTLE_ENDIAN 1234\n__BIG_ENDIAN 4321\n__PDP_ENDIAN 3412\n__BYTE_ORDER __LITTLE_ENDIAN\n' +
    '__FLOAT_WORD_ORDER __BYTE_ORDER',
  endian: () =>
    'LITTLE_ENDIAN __LITTLE_ENDIAN\nBIG_ENDIAN __BIG_ENDIAN\nPDP_ENDIAN __PDP_ENDIAN\nBYTE_ORDER __BYTE_ORDER',
  seek: () => 'SEEK_SET 0\nSEEK_CUR 1\nSEEK_END 2',
  stdio: () => 'EOF (-1)\nBUFSIZ 8192\nFILENAME_MAX 4096\nFOPEN_MAX 16\nTMP_MAX 238328\nL_tmpnam 20',
  stdlib: () => 'EXIT_SUCCESS 0\nEXIT_FAILURE 1\nRAND_MAX 2147483647',
  wchar: () =>
    '__WCHAR_MAX __WCHAR_MAX__\n__WCHAR_MIN __WCHAR_MIN__\nWCHAR_MAX __WCHAR_MAX\nWCHAR_MIN __WCHAR_MIN',
  linuxLimits: () =>
    'NGROUPS_MAX 65536\nMAX_CANON 255\nMAX_INPUT 255\nNAME_MAX 255\nPATH_MAX 4096\nPIPE_BUF 4096\n' +
    'XATTR_NAME_MAX 255\nXATTR_SIZE_MAX 65536\nXATTR_LIST_MAX 65536\nRTSIG_MAX 32',
  posixLimits: (model) =>
    `HOST_NAME_MAX 64\nLOGIN_NAME_MAX 256\nTTY_NAME_MAX 32\nSSIZE_MAX ${model === 'LP64' ? 'LONG_MAX' : 'INT_MAX'}`,
  nrOpen: () => 'NR_OPEN 1024',
  multibyte: () => 'MB_LEN_MAX 16\nCHARCLASS_NAME_MAX 2048',
  limits: () => LIMITS,
  param: () =>
    'NBBY CHAR_BIT\nMAXPATHLEN PATH_MAX\nDEV_BSIZE 512\nhowmany(x,y) (((x) + ((y) - 1)) / (y))\n' +
    'powerof2(x) ((((x) - 1) & (x)) == 0)\nMIN(a,b) (((a)<(b))?(a):(b))\nMAX(a,b) (((a)>(b))?(a):(b))\n' +
    'roundup(x,y) (__builtin_constant_p (y) && powerof2 (y) ? (((x) + (y) - 1) & ~((y) - 1)) : ((((x) + ((y) - 1)) / (y)) * (y)))',
  linuxConst: () =>
    '__AC(X,Y) (X##Y)\n_AC(X,Y) __AC(X,Y)\n_AT(T,X) ((T)(X))\n_UL(x) (_AC(x, UL))\n_ULL(x) (_AC(x, ULL))\n' +
    '_BITUL(x) (_UL(1) << (x))\n_BITULL(x) (_ULL(1) << (x))\n' +
    '__ALIGN_KERNEL_MASK(x,mask) (((x) + (mask)) & ~(mask))\n' +
    '__ALIGN_KERNEL(x,a) __ALIGN_KERNEL_MASK(x, (__typeof__(x))(a) - 1)\n' +
    '__KERNEL_DIV_ROUND_UP(n,d) (((n) + (d) - 1) / (d))',
  stdint,
  formats,
} satisfies Record<string, Group>;

type GroupName = keyof typeof groups;

const sysTypes: readonly GroupName[] = ['wordsize', 'endianness', 'endian'];
const linuxTypes: readonly GroupName[] = ['bitsPerLong'];
const limitGroups: readonly GroupName[] = ['wordsize', 'limits', 'linuxLimits', 'posixLimits', 'multibyte'];
const stdintGroups: readonly GroupName[] = ['wordsize', 'wchar', 'stdint'];

/** Each header with the groups it defines, itself or through headers that glibc's text of it includes. */
const headers: ReadonlyMap<string, readonly GroupName[]> = new Map<string, readonly GroupName[]>([
  ['stddef.h', ['null', 'offsetof']],
  ['stdbool.h', ['bool']],
  ['stdalign.h', ['alignas']],
  ['stdnoreturn.h', ['noreturn']],
  ['iso646.h', ['iso646']],
  ['stdarg.h', []],
  ['float.h', []],
  ['stdint.h', stdintGroups],
  ['inttypes.h', [...stdintGroups, 'formats']],
  ['limits.h', limitGroups],
  ['linux/limits.h', ['nrOpen', 'linuxLimits']],
  ['stdio.h', ['wordsize', 'null', 'stdio', 'seek']],
  ['stdlib.h', [...sysTypes, 'null', 'stdlib']],
  ['unistd.h', ['wordsize', 'null', 'seek']],
  ['malloc.h', ['wordsize', 'null', 'offsetof', 'stdio', 'seek']],
  ['wchar.h', ['wordsize', 'null', 'wchar']],
  ['endian.h', sysTypes],
  ['sys/types.h', sysTypes],
  ['sys/uio.h', sysTypes],
  ['sys/param.h', [...sysTypes, 'null', ...limitGroups, 'param']],
  ['dirent.h', ['wordsize', 'linuxLimits', 'posixLimits']],
  ['elf.h', stdintGroups],
  ['link.h', [...stdintGroups, 'endianness', 'endian']],
  ['linux/types.h', linuxTypes],
  ['asm/types.h', linuxTypes],
  ['linux/kexec.h', linuxTypes],
  ['linux/const.h', ['linuxConst']],
  ['linux/kernel.h', [...linuxTypes, 'linuxConst']],
  ['fcntl.h', ['wordsize', 'endianness', 'seek']],
  ...among(['string.h', 'memory.h', 'locale.h'], ['wordsize', 'null']),
  ...among(['time.h', 'sched.h', 'pthread.h'], ['wordsize', 'null', 'endianness']),
  ...among(['ctype.h', 'signal.h', 'sys/stat.h', 'sys/time.h', 'sys/wait.h'], ['wordsize', 'endianness']),
  ...among(
    [
      'assert.h', 'byteswap.h', 'errno.h', 'getopt.h', 'libgen.h', 'math.h', 'poll.h', 'setjmp.h', 'strings.h',
      'sys/ioctl.h', 'sys/mman.h', 'sys/reboot.h', 'sys/sysmacros.h', 'uchar.h',
    ], // biome-ignore format: one list
    ['wordsize'],
  ),
  ...among(['sys/syscall.h', 'syscall.h', 'linux/stddef.h', 'linux/reboot.h'], []),
]);

/** The headers known here. */
export function headerNames(): readonly string[] {
  return [...headers.keys()];
}

function among(names: readonly string[], list: readonly GroupName[]): [string, readonly GroupName[]][] {
  return names.map((name) => [name, list]);
}

const LIMITS = `CHAR_BIT __CHAR_BIT__
SCHAR_MIN (-SCHAR_MAX - 1)
SCHAR_MAX __SCHAR_MAX__
UCHAR_MAX (SCHAR_MAX * 2 + 1)
CHAR_MIN SCHAR_MIN
CHAR_MAX SCHAR_MAX
SHRT_MIN (-SHRT_MAX - 1)
SHRT_MAX __SHRT_MAX__
USHRT_MAX (SHRT_MAX * 2 + 1)
INT_MIN (-INT_MAX - 1)
INT_MAX __INT_MAX__
UINT_MAX (INT_MAX * 2U + 1U)
LONG_MIN (-LONG_MAX - 1L)
LONG_MAX __LONG_MAX__
ULONG_MAX (LONG_MAX * 2UL + 1UL)
LLONG_MIN (-LLONG_MAX - 1LL)
LLONG_MAX __LONG_LONG_MAX__
ULLONG_MAX (LLONG_MAX * 2ULL + 1ULL)`;

/** The limits of one signed and unsigned type of `<stdint.h>`. */
function limitsOf(name: string, bits: number, suffix: string): string[] {
  const largest = (1n << BigInt(bits - 1)) - 1n;
  const all = (1n << BigInt(bits)) - 1n;
  const unsignedSuffix = bits < 32 ? '' : `U${suffix}`;
  const least = bits === 8 ? '(-128)' : `(-${largest}${suffix}-1)`;
  return [
    `${name}_MIN ${least}`,
    `${name}_MAX (${largest}${suffix})`,
    `U${name}_MAX (${all}${unsignedSuffix})`,
  ];
}

function stdint(model: DataModel): string {
  const word = model === 'LP64' ? 64 : 32;
  const long = model === 'LP64' ? 'L' : 'LL';
  const wordSuffix = model === 'LP64' ? 'L' : '';
  const lines: string[] = [];
  for (const bits of [8, 16, 32, 64]) {
    const suffix = bits === 64 ? long : '';
    lines.push(...limitsOf(`INT${bits}`, bits, suffix), ...limitsOf(`INT_LEAST${bits}`, bits, suffix));
    const fast = bits === 8 || bits === 64 ? bits : word;
    lines.push(...limitsOf(`INT_FAST${bits}`, fast, bits === 64 ? long : fast === 64 ? 'L' : ''));
    lines.push(`INT${bits}_C(c) ${suffix ? `c ## ${suffix}` : 'c'}`);
    lines.push(`UINT${bits}_C(c) ${bits < 32 ? 'c' : `c ## U${suffix}`}`);
  }
  lines.push(...limitsOf('INTMAX', 64, long), `INTMAX_C(c) c ## ${long}`, `UINTMAX_C(c) c ## U${long}`);
  lines.push(...limitsOf('INTPTR', word, wordSuffix), ...limitsOf('PTRDIFF', word, wordSuffix).slice(0, 2));
  lines.push(...limitsOf('SIG_ATOMIC', 32, '').slice(0, 2));
  // Under ILP32, glibc's SIZE_MAX is the one constant that is not of the type's own suffix.
  lines.push(model === 'LP64' ? 'SIZE_MAX (18446744073709551615UL)' : 'SIZE_MAX (4294967295U)');
  lines.push('WINT_MIN (0u)', 'WINT_MAX (4294967295u)');
  return lines.join('\n');
}

/** `PRIx64` and the like of `<inttypes.h>` (C17 7.8.1), in two string literals where glibc has two. */
function formats(model: DataModel): string {
  const long = model === 'LP64' ? '"l" ' : '"ll" ';
  const word = model === 'LP64' ? '"l" ' : '';
  const lines: string[] = [];
  const add = (name: string, prefix: string, scanLength = ''): void => {
    for (const letter of 'dioux') lines.push(`SCN${letter}${name} ${prefix}"${scanLength}${letter}"`);
    for (const letter of 'diouxX') lines.push(`PRI${letter}${name} ${prefix}"${letter}"`);
  };
  for (const width of ['8', 'LEAST8', 'FAST8']) add(width, '', 'hh');
  for (const width of ['16', 'LEAST16']) add(width, '', 'h');
  for (const width of ['32', 'LEAST32']) add(width, '');
  for (const width of ['64', 'LEAST64', 'FAST64', 'MAX']) add(width, long);
  for (const width of ['FAST16', 'FAST32', 'PTR']) add(width, word);
  return lines.join('\n');
}
