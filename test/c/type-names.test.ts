import { describe, expect, it } from 'vitest';
import { builtInTypeName } from '../../server/src/c/types/type-names';
import type { DataModel } from '../../server/src/c/value';
import { complaintsByLine } from './gcc';

const bits = [8, 16, 32, 64];
const headers = ['stdbool', 'stddef', 'stdint', 'wchar', 'uchar', 'signal', 'sys/types', 'sys/socket', 'asm/types', 'linux/types']; // biome-ignore format: one list
const names = [
  ...bits.flatMap((n) => ['int', 'int_least', 'int_fast', 'u_int'].map((prefix) => `${prefix}${n}_t`)),
  ...bits.flatMap((n) => ['uint', 'uint_least', 'uint_fast'].map((prefix) => `${prefix}${n}_t`)),
  ...bits.flatMap((n) => [`__u${n}`, `__s${n}`]),
  ...[16, 32, 64].flatMap((n) => [`__le${n}`, `__be${n}`]),
  ...['intptr_t', 'uintptr_t', 'intmax_t', 'uintmax_t', 'bool', 'size_t', 'ptrdiff_t', 'wchar_t', 'wint_t'],
  ...['char16_t', 'char32_t', 'sig_atomic_t', 'ssize_t', 'off_t', 'off64_t', 'loff_t', 'time_t', 'clock_t'],
  ...[
    'suseconds_t',
    'useconds_t',
    'clockid_t',
    'pid_t',
    'uid_t',
    'gid_t',
    'id_t',
    'mode_t',
    'dev_t',
    'ino_t',
  ],
  ...['nlink_t', 'blksize_t', 'blkcnt_t', 'key_t', 'socklen_t', 'register_t', 'quad_t', 'u_quad_t'],
  ...['u_char', 'u_short', 'u_int', 'u_long', 'ushort', 'uint', 'ulong'],
];
const int128Names = ['__int128_t', '__uint128_t'];

describe('typedef names of headers', () => {
  it.each(['LP64', 'ILP32'] as const)('are the types that the headers give them under %s', (model) => {
    const all = [...names, ...(model === 'LP64' ? int128Names : [])];
    const includes = headers.map((header) => `#include <${header}.h>`);
    const lines = all.map((name) => {
      const type = builtInTypeName(name, model);
      return `_Static_assert(__builtin_types_compatible_p(${name}, ${nameOf(type)}), "");`;
    });
    const text = ['#define _GNU_SOURCE', ...includes, ...lines].join('\n');
    const complaints = complaintsByLine(text, model);
    const wrong = [...complaints].filter(([, messages]) => messages.some((each) => !/__int128/.test(each)));
    expect(wrong.map(([line, messages]) => `${text.split('\n')[line - 1]}: ${messages}`)).toEqual([]);
  });

  it("are those of the kernel's own source too, where u64 is long long in every model", () => {
    for (const model of ['LP64', 'ILP32'] as const) {
      for (const n of bits) {
        expect(builtInTypeName(`u${n}`, model)).toBe(builtInTypeName(`__u${n}`, model));
        expect(builtInTypeName(`s${n}`, model)).toBe(builtInTypeName(`__s${n}`, model));
      }
    }
    expect(nameOf(builtInTypeName('u64', 'LP64'))).toBe('unsigned long long');
  });

  it('leave alone what depends on the configuration, and other names', () => {
    const model: DataModel = 'LP64';
    for (const name of ['phys_addr_t', 'resource_size_t', 'dma_addr_t', 'FILE', 'toString', 'constructor'])
      expect(builtInTypeName(name, model)).toBeUndefined();
  });
});

function nameOf(type: ReturnType<typeof builtInTypeName>): string {
  return type?.kind === 'integer' ? type.name : 'undeclared';
}
