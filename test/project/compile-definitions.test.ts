import { describe, expect, it } from 'vitest';
import {
  compileDefinitions,
  definitionFiles,
  fromDatabase,
  fromMakefile,
  splitWords,
} from '../../server/src/project/compile-definitions';

const of = (definitions: ReadonlyMap<string, string> | undefined) =>
  definitions && Object.fromEntries(definitions);
const PATH = '/w/os1/kexec/firmware_memmap.c';

describe('shell words', () => {
  it.each([
    ['a  b\tc', ['a', 'b', 'c']],
    [`-DA='x y' "-DB=\\"q\\""`, ['-DA=x y', '-DB="q"']],
    ['a\\ b \\"c\\"', ['a b', '"c"']],
    [`'' ""`, ['', '']],
    [`"a\\nb" 'a\\nb'`, ['a\\nb', 'a\\nb']],
    [`it's open`, [`it's`, 'open']],
    ['', []],
  ])('%s', (command, words) => expect(splitWords(command)).toEqual(words));
});

describe('a compilation database', () => {
  it('gives the definitions of the file, from a command or from arguments', () => {
    const json = JSON.stringify([
      { directory: '/w/os1', file: 'kexec/kexec.c', command: 'gcc -DOSID=9 -c kexec/kexec.c' },
      {
        directory: '/w/os1',
        file: 'kexec/firmware_memmap.c',
        command: `gcc -DOSID=1 -D MINT -DNAME='"a b"' -D'F(x)=x+1' -DGONE -UGONE -U ALSO -Iinclude -o x.o -c x`,
      },
    ]);
    expect(of(fromDatabase(json, PATH))).toEqual({ OSID: '1', MINT: '1', NAME: '"a b"', 'F(x)': 'x+1' });
    const list = JSON.stringify([
      {
        directory: '/w/os1/build',
        file: '../kexec/./firmware_memmap.c',
        arguments: ['cc', '-D', 'OSID=2', '-DX='],
      },
    ]);
    expect(of(fromDatabase(list, PATH))).toEqual({ OSID: '2', X: '' });
  });

  it('prefers the exact path, and knows a tree that was moved', () => {
    const entries = [
      { directory: '/old/os0', file: 'kexec/firmware_memmap.c', arguments: ['cc', '-DOSID=0'] },
      { directory: '/w/os1', file: PATH, arguments: ['cc', '-DOSID=1'] },
    ];
    expect(of(fromDatabase(JSON.stringify(entries), PATH))).toEqual({ OSID: '1' });
    expect(of(fromDatabase(JSON.stringify(entries.slice(0, 1)), PATH))).toEqual({ OSID: '0' });
  });

  it('has no entry: undefined, also where it is no database', () => {
    for (const json of ['[]', '{}', 'null', '[1, null, {"file": 3}, {"file": "a.c"}]', '[', '']) {
      expect(fromDatabase(json, PATH)).toBeUndefined();
    }
  });
});

describe('a Makefile', () => {
  it('gives the literal definitions of CFLAGS, CPPFLAGS and EXTRA_CFLAGS', () => {
    const text = [
      'CC = gcc -DNOT_THIS',
      'CFLAGS = -O2 -DOSID=0 \\',
      '  -DMINT # -DCOMMENT',
      'CFLAGS := -g -DOSID=1',
      'CFLAGS += -DA="x" $(OTHER) -DB=$(VALUE) -DC$(D)=1 -DE=$(shell echo -DINNER $(X) -DTAIL)',
      'export EXTRA_CFLAGS ?= -DEXTRA',
      'EXTRA_CFLAGS ?= -DLATE',
      'CPPFLAGS=-DHASH=\\# -UOSID\r',
      'kexec/%.o: CFLAGS += -DTARGET',
      '\tCFLAGS = -DRECIPE',
      'ifdef DEBUG',
      'CFLAGS += -DCONDITIONAL',
      'endif',
      'CFLAGS += -DLAST=0x1UL',
    ].join('\n');
    expect(of(fromMakefile(text))).toEqual({ A: 'x', EXTRA: '1', HASH: '#', LAST: '0x1UL' });
  });

  it('is bounded in time on hostile text', () => {
    expect(fromMakefile(`CFLAGS = ${'$('.repeat(50_000)}`).size).toBe(0);
    expect(fromMakefile(`CFLAGS = ${'x'.repeat(200_000)} ${'"'.repeat(20_001)}`).size).toBe(0);
  });
});

describe("a tree's definitions", () => {
  const tree = { root: 'file:///w/os1', memmapFile: `file://${PATH}` };
  const reader = (files: Record<string, string>) => (uri: string) => files[uri];

  it('are those of the compilation database, else of the Makefiles', () => {
    const makefiles = {
      'file:///w/os1/Makefile': 'CFLAGS = -DA=1 -DB=1',
      'file:///w/os1/kexec/Makefile': 'CFLAGS += -DB=2',
    };
    expect(of(compileDefinitions(tree, reader(makefiles)))).toEqual({ A: '1', B: '2' });
    const database = `[{"directory": "/w/os1", "file": "kexec/firmware_memmap.c", "command": "cc -DOSID=1"}]`;
    const all = { ...makefiles, 'file:///w/os1/compile_commands.json': database };
    expect(of(compileDefinitions(tree, reader(all)))).toEqual({ OSID: '1' });
    expect(of(compileDefinitions(tree, reader({})))).toEqual({});
    expect([...definitionFiles(tree)].sort()).toEqual(Object.keys(all).sort());
  });
});
