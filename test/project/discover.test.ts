import { describe, expect, it } from 'vitest';
import { discoverTrees, discoveryGlobs, isServed } from '../../server/src/project/discover';
import { matchesGlob } from '../../server/src/project/glob';
import { DEFAULT_SETTINGS } from '../../server/src/project/settings';

const names = (found: string[], folders: string[], files = DEFAULT_SETTINGS.files) =>
  discoverTrees(found, folders, { files }).map((tree) => tree.name);

describe('globs', () => {
  it.each([
    ['**/kexec/firmware_memmap.c', 'kexec/firmware_memmap.c', true],
    ['**/kexec/firmware_memmap.c', 'a/b/kexec/firmware_memmap.c', true],
    ['**/kexec/firmware_memmap.c', 'a/kexec/x/firmware_memmap.c', false],
    ['**/kexec/firmware_memmap.c', 'a/mykexec/firmware_memmap.c', false],
    ['os*/kexec/*.c', 'os12/kexec/a.c', true],
    ['os*/kexec/*.c', 'x/os12/kexec/a.c', false],
    ['os?/**', 'os1/kexec/a.c', true],
    ['os?/**', 'os12/kexec/a.c', false],
    ['**/*.{c,h}', 'a/b.h', true],
    ['**/*.{c,h}', 'a/b.hh', false],
    ['os[0-2]/*', 'os1/a', true],
    ['os[!0-2]/*', 'os1/a', false],
    ['**', 'a/b/c', true],
    ['a/**/b', 'a/b', true],
    ['a.c', 'abc', false],
    ['*', 'a/b', false],
  ])('%s on %s: %s', (glob, path, expected) => expect(matchesGlob(glob, path)).toBe(expected));

  it('takes no exponential time', () => {
    const path = `${'a/'.repeat(200)}b`;
    expect(matchesGlob(`${'**/a/'.repeat(60)}c`, path)).toBe(false);
    expect(matchesGlob(`${'*a'.repeat(60)}c`, 'a'.repeat(5000))).toBe(false);
    expect(matchesGlob('{a,b}'.repeat(6), 'ababab')).toBe(true);
    expect(matchesGlob('{a,b}'.repeat(60), 'a'.repeat(60))).toBe(false);
  });
});

describe('source trees', () => {
  it('are the folders with kexec/firmware_memmap.c, sorted with numbers by value', () => {
    const found = [
      'file:///w/os10/kexec/firmware_memmap.c',
      'file:///w/os2/kexec/kexec.c',
      'file:///w/os2/kexec/firmware_memmap.c',
      'file:///w/os2/kexec/crashdump.c',
      'file:///w/os2/kexec/mint.h',
      'file:///w/os2/kexec/arch/x.c',
      'file:///w/other/kexec/mint.h',
      'file:///w/os2/kexec/firmware_memmap.c',
    ];
    expect(discoverTrees(found, ['file:///w'], DEFAULT_SETTINGS)).toEqual([
      {
        root: 'file:///w/os2',
        name: 'os2',
        memmapFile: 'file:///w/os2/kexec/firmware_memmap.c',
        others: ['file:///w/os2/kexec/crashdump.c', 'file:///w/os2/kexec/kexec.c'],
      },
      {
        root: 'file:///w/os10',
        name: 'os10',
        memmapFile: 'file:///w/os10/kexec/firmware_memmap.c',
        others: [],
      },
    ]);
  });

  it('are named by their path, without percent-escapes', () => {
    expect(names(['file:///w/a%20b/%C3%A9/kexec/firmware_memmap.c'], ['file:///w'])).toEqual(['a b/é']);
    expect(names(['file:///w/kexec-mint/kexec/firmware_memmap.c'], ['file:///w/kexec-mint/'])).toEqual([
      'kexec-mint',
    ]);
    expect(names(['file:///elsewhere/mint/kexec/firmware_memmap.c'], ['file:///w'])).toEqual(['mint']);
    expect(names(['vscode-vfs://github/a/mint/kexec/firmware_memmap.c'], ['vscode-vfs://github/a'])).toEqual([
      'mint',
    ]);
  });

  it('have unique names across workspace folders', () => {
    const found = ['/a/w/mint', '/b/w/mint', '/c/mint', '/a/only'].map(
      (root) => `file://${root}/kexec/firmware_memmap.c`,
    );
    expect(names(found, ['file:///a/w', 'file:///c', 'file:///b/w', 'file:///a'])).toEqual([
      'only',
      '/a/w/mint/kexec/firmware_memmap.c',
      '/b/w/mint/kexec/firmware_memmap.c',
      'c/mint',
    ]);
    expect(new Set(names([...found, 'file:///c/mint/kexec/x.c'], ['file:///'])).size).toBe(4);
  });

  it('follow the files setting', () => {
    const found = ['file:///w/mint/src/map.c', 'file:///w/mint/kexec/firmware_memmap.c'];
    const files = ['mint/src/map.c'];
    expect(discoverTrees(found, ['file:///w'], { files }).map((tree) => tree.root)).toEqual([
      'file:///w/mint/src',
    ]);
    expect(discoveryGlobs({ files })).toEqual(['mint/src/map.c', '**/kexec/*.c', '**/kexec-mint.json']);
    expect(isServed('file:///w/mint/src/map.c', ['file:///w'], { files })).toBe(true);
    expect(isServed('file:///w/x/mint/src/map.c', ['file:///w'], { files })).toBe(false);
    expect(isServed('file:///w/mint/kexec/mint.h', [], DEFAULT_SETTINGS)).toBe(true);
    expect(isServed('file:///w/mint/kexec/kexec.h', [], DEFAULT_SETTINGS)).toBe(false);
  });
});
