/** Typedef names of standard, POSIX, glibc and Linux kernel headers on x86, so that those need not be read. */
import type { DataModel } from '../value';
import { type IntegerName, integerTypes } from './integers';
import type { CType } from './types';

/**
 * The type a header's typedef name stands for; undefined for a name no such header defines, and for names whose
 * type differs between headers or configurations (`phys_addr_t`, `resource_size_t`). A program's own typedef comes
 * before these.
 */
export function builtInTypeName(name: string, model: DataModel): CType | undefined {
  const found = names.get(name);
  if (found === undefined) return undefined;
  return integerTypes(model)[typeof found === 'string' ? found : found[model === 'LP64' ? 0 : 1]];
}

/** One type for both models, or the one under LP64 and the one under ILP32. */
type Definition = IntegerName | readonly [lp64: IntegerName, ilp32: IntegerName];

const signed64: Definition = ['long', 'long long'];
const unsigned64: Definition = ['unsigned long', 'unsigned long long'];
const signedWord: Definition = ['long', 'int'];
const unsignedWord: Definition = ['unsigned long', 'unsigned int'];

const names: ReadonlyMap<string, Definition> = new Map<string, Definition>([
  // <stdbool.h>, <stddef.h>, <wchar.h>, <uchar.h>, <signal.h>
  ['bool', '_Bool'],
  ['size_t', unsignedWord],
  ['ptrdiff_t', signedWord],
  ['wchar_t', ['int', 'long']],
  ['wint_t', 'unsigned int'],
  ['char16_t', 'unsigned short'],
  ['char32_t', 'unsigned int'],
  ['sig_atomic_t', 'int'],
  // gcc itself
  ['__int128_t', '__int128'],
  ['__uint128_t', 'unsigned __int128'],
  // <stdint.h>
  ...exactWidth((bits) => `int${bits}_t`, 'signed', signed64),
  ...exactWidth((bits) => `uint${bits}_t`, 'unsigned', unsigned64),
  ...exactWidth((bits) => `int_least${bits}_t`, 'signed', signed64),
  ...exactWidth((bits) => `uint_least${bits}_t`, 'unsigned', unsigned64),
  ...fastest('int_fast', 'signed char', signedWord, signed64),
  ...fastest('uint_fast', 'unsigned char', unsignedWord, unsigned64),
  ['intptr_t', signedWord],
  ['uintptr_t', unsignedWord],
  ['intmax_t', signed64],
  ['uintmax_t', unsigned64],
  // <sys/types.h> and its like; ILP32 without _FILE_OFFSET_BITS and _TIME_BITS
  ['ssize_t', signedWord],
  ['off_t', 'long'],
  ['off64_t', signed64],
  ['loff_t', signed64],
  ['time_t', 'long'],
  ['clock_t', 'long'],
  ['suseconds_t', 'long'],
  ['useconds_t', 'unsigned int'],
  ['clockid_t', 'int'],
  ['pid_t', 'int'],
  ['uid_t', 'unsigned int'],
  ['gid_t', 'unsigned int'],
  ['id_t', 'unsigned int'],
  ['mode_t', 'unsigned int'],
  ['dev_t', unsigned64],
  ['ino_t', 'unsigned long'],
  ['nlink_t', unsignedWord],
  ['blksize_t', 'long'],
  ['blkcnt_t', 'long'],
  ['key_t', 'int'],
  ['socklen_t', 'unsigned int'],
  ['register_t', signedWord],
  ['quad_t', signed64],
  ['u_quad_t', unsigned64],
  ['u_char', 'unsigned char'],
  ['u_short', 'unsigned short'],
  ['u_int', 'unsigned int'],
  ['u_long', 'unsigned long'],
  ['ushort', 'unsigned short'],
  ['uint', 'unsigned int'],
  ['ulong', 'unsigned long'],
  ...exactWidth((bits) => `u_int${bits}_t`, 'unsigned', unsigned64),
  // Linux: <linux/types.h>
  ...exactWidth((bits) => `s${bits}`, 'signed', 'long long'),
  ...exactWidth((bits) => `u${bits}`, 'unsigned', 'unsigned long long'),
  ...exactWidth((bits) => `__s${bits}`, 'signed', 'long long'),
  ...exactWidth((bits) => `__u${bits}`, 'unsigned', 'unsigned long long'),
  ...exactWidth((bits) => `__le${bits}`, 'unsigned', 'unsigned long long').slice(1),
  ...exactWidth((bits) => `__be${bits}`, 'unsigned', 'unsigned long long').slice(1),
]);

/** Names of 8, 16, 32 and 64 bits; only the last one's type depends on the family. */
function exactWidth(
  name: (bits: number) => string,
  signedness: 'signed' | 'unsigned',
  widest: Definition,
): [string, Definition][] {
  const prefix = signedness === 'unsigned' ? 'unsigned ' : '';
  return [
    [name(8), `${signedness} char`],
    [name(16), `${prefix}short`],
    [name(32), `${prefix}int`],
    [name(64), widest],
  ];
}

/** glibc's [u]int_fastN_t: 16 and 32 bits are a machine word. */
function fastest(
  prefix: string,
  narrow: IntegerName,
  word: Definition,
  widest: Definition,
): [string, Definition][] {
  return [
    [`${prefix}8_t`, narrow],
    [`${prefix}16_t`, word],
    [`${prefix}32_t`, word],
    [`${prefix}64_t`, widest],
  ];
}
