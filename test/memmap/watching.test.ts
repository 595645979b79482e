/** Why a node cannot be let to watch the others, and what watching adds where it can. */
import { describe, expect, it } from 'vitest';
import {
  codeOnly,
  functionAt,
  matching,
  pieces,
  statementAround,
  statementsIn,
} from '../../server/src/memmap/fixes/watch/code';
import { keepsMemory, watchFixes, watchOthers } from '../../server/src/memmap/fixes/watch/watch';
import { formatRange } from '../../server/src/range';
import { type Workspace, workspace } from './workspace';

const HEAD = `struct memory_range { unsigned long long start, end; unsigned type; };
enum { RANGE_RAM, RANGE_RESERVED };
unsigned long long ask(void);
unsigned long long mint_region3_start, mint_region3_size;
`;

const SET = 'mint_region3_start = 0x20000000ULL + OSID*0x18000000ULL;\n\tmint_region3_size = 0x18000000;';
const ROW = 'range[i].start = mint_region3_start;\n\trange[i].end = mint_region3_start + mint_region3_size - 1;\n\trange[i].type = RANGE_RAM;\n\ti++;'; // biome-ignore format: one line

/** A tree; `body` sets the region and fills the table. */
function tree(
  osid: number | undefined,
  body = `${SET}\n\t${ROW}\n\t*ranges = i;`,
  head = HEAD,
  parameters = 'struct memory_range *range, unsigned long *ranges',
): string {
  return `${osid === undefined ? '' : `#define OSID ${osid}\n`}${head}
int get_firmware_memmap_ranges(${parameters})
{
	int i = 0;
	${body}
	return 0;
}
`;
}

function trees(...texts: readonly string[]): Workspace {
  return workspace(new Map(texts.map((text, osid) => [`os${osid}/kexec/firmware_memmap.c`, text])));
}

function answer(space: Workspace, part: 'memory' | 'kernel-text' = 'memory', osid = 0) {
  const node = space.layout.nodes.find((one) => one.osid === osid);
  if (!node) throw new Error('no node');
  const fix = watchOthers(space.context, node, part);
  if (!('edits' in fix)) return space.english(fix);
  const after = space.edited(fix.edits).layout.nodes.find((one) => one.osid === osid);
  expect(after && keepsMemory(after.memory, fix.memory)).toBe(true);
  return [fix.memory.ram, fix.memory.watched].map((ranges) => ranges.map(formatRange).join());
}

const WATCHES = ['0x20000000–0x38000000', '0x38000000–0x50000000'];

describe('a node that is to watch the others', () => {
  it('gets their share of the window, reserved', () => {
    expect(answer(trees(tree(0), tree(1)))).toEqual(WATCHES);
    // The range below would stand behind its own: kexec wants them ascending.
    expect(answer(trees(tree(0), tree(1)), 'memory', 1)).toMatch(/OS node 1.*os1\/kexec.*there is no place/);
  });

  it('gets it, too, where a function of its own fills the table', () => {
    const fill = `static void fill(struct memory_range *r)
{
	r->start = mint_region3_start; r->end = r->start + 0x17ffffff; r->type = RANGE_RAM;
}
`;
    const own = tree(0, `${SET}\n\tfill(range);\n\t*ranges = 1;`, HEAD + fill);
    expect(answer(trees(own, tree(1)))).toEqual(WATCHES);
  });

  it('gets it where other ranges are no region', () => {
    const low = 'range[i].start = 0x1000;\n\trange[i].end = 0x1fff;\n\trange[i].type = RANGE_RAM;\n\ti++;';
    const [ram = '', watched = ''] = WATCHES;
    expect(answer(trees(tree(0, `${low}\n\t${SET}\n\t${ROW}\n\t*ranges = i;`), tree(1)))).toEqual([
      `0x1000–0x2000,${ram}`,
      watched,
    ]);
  });

  it('gets it behind the only statement, and between two of one line', () => {
    const region = 'mint_region3_start = 0x20000000, mint_region3_size = 0x18000000';
    const row = '{ mint_region3_start, mint_region3_start + mint_region3_size - 1, RANGE_RAM }';
    const only = `${HEAD.replace('mint_region3_start, mint_region3_size', region)}int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	range[(*ranges = 1) - 1] = (struct memory_range)${row};
	return 0;
}
`;
    expect(answer(trees(`#define OSID 0\n${only}`, tree(1)))).toEqual(WATCHES);
    const oneLine = tree(0, `${SET}\n\t${ROW} *ranges = i;  /* all */`);
    expect(answer(trees(oneLine, tree(1)))).toEqual(WATCHES);
  });

  it('gets it in constants that are long enough', () => {
    const above = (osid: number) => tree(osid).replace('0x20000000ULL', '0x60000000ULL');
    const space = workspace(
      new Map([0, 1].map((osid) => [`os${osid}/kexec/firmware_memmap.c`, above(osid)])),
      { window: { start: 0x60000000n, end: 0x90000000n } },
    );
    expect(answer(space)).toEqual(['0x60000000–0x78000000', '0x78000000–0x90000000']);
    const [node] = space.layout.nodes;
    const [fix] = node ? watchFixes(space.context, node) : [];
    expect(fix?.edits.map(({ newText }) => newText)).toEqual([
      expect.stringContaining('.start = 0x78000000ULL;\n\trange[i].end = 0x90000000ULL - 1;'),
    ]);
  });

  it('gives back what it has of it: to where the lowest of them begins', () => {
    const wide = (size: string) =>
      tree(0, `${SET.replace('0x18000000;', `${size};`)}\n\t${ROW}\n\t*ranges = i;`);
    expect(answer(trees(wide('0x48000000'), tree(1), tree(2)))).toEqual([
      '0x20000000–0x38000000',
      '0x38000000–0x68000000',
    ]);
    const space = trees(wide('0x20000000'), tree(1));
    expect(answer(space)).toEqual(WATCHES);
    const [node] = space.layout.nodes;
    const [fix] = node ? watchFixes(space.context, node) : [];
    expect(fix && space.english(fix.title)).toContain('0x20000000–0x38000000');
    const at = (osid: number, start: string) =>
      tree(osid).replace('0x20000000ULL + OSID*0x18000000ULL', start);
    expect(answer(trees(wide('0x48000000'), at(1, '0x50000000'), at(2, '0x38000000')))).toEqual([
      '0x20000000–0x38000000',
      '0x38000000–0x68000000',
    ]);
    expect(answer(trees(wide('0x48000000'), tree(1)))).toEqual(WATCHES);
  });

  it('gives back alone what it has of memory that it watches already', () => {
    const row =
      'range[i].start = 0x38000000; range[i].end = 0x4fffffff; range[i].type = RANGE_RESERVED; i++;';
    const wide = SET.replace('0x18000000;', '0x20000000;');
    const space = trees(tree(0, `${wide}\n\t${ROW}\n\t${row}\n\t*ranges = i;`), tree(1));
    expect(answer(space)).toEqual(WATCHES);
    const [node] = space.layout.nodes;
    const [fix] = node ? watchFixes(space.context, node) : [];
    expect(fix?.edits.map(({ newText }) => newText)).toEqual(['0x18000000']);
  });

  it('gets the size back that Mint begins with, as all nodes of its tree do', () => {
    const mint = `unsigned long long mint_memory_size = 0x20000000ULL;
unsigned long long mint_region2_start = 0x8000000, mint_region2_size = 0x8000000;
`;
    const text = tree(undefined, `${SET.replace('0x18000000;', '0x48000000;')}\n\t${ROW}\n\t*ranges = i;`);
    const space = workspace(new Map([['mint/kexec/firmware_memmap.c', mint + text]]), { nodeCount: 2 });
    expect(answer(space)).toEqual(WATCHES);
    const [node] = space.layout.nodes;
    const [fix] = node ? watchFixes(space.context, node) : [];
    const after = space.edited(fix?.edits ?? []).layout.nodes[1];
    expect(after?.memory.ranges.map(({ range }) => formatRange(range))).toEqual(['0x38000000–0x50000000']);
  });

  it('cannot where its tree serves others and does not know them apart', () => {
    const text = tree(undefined, `${SET.replace('OSID*0x18000000ULL', 'base')}\n\t${ROW}\n\t*ranges = i;`);
    const files = new Map([
      ['mint/kexec/firmware_memmap.c', `unsigned long long base;\n${text}`],
      [
        'kexec-mint.json',
        JSON.stringify({
          nodes: [0, 1].map((osid) => ({
            osid,
            source: 'mint',
            define: { base: osid === 0 ? '0' : '0x18000000' },
          })),
        }),
      ],
    ]);
    expect(answer(workspace(files))).toMatch(/^The tree has no name for the OSID/);
  });

  it('gets their kernel text alone: what is RAM of it in whole units, or all where none is', () => {
    const watchesText = (kernelTextStart: string) => {
      const node = { osid: 1, source: 'os1', systemMap: 'System.map', kernelTextStart };
      const files = [0, 1].map((osid) => [`os${osid}/kexec/firmware_memmap.c`, tree(osid)] as const);
      const project = JSON.stringify({ nodes: [{ osid: 0, source: 'os0' }, node] });
      const map = 'ffffffff81000000 T _text\nffffffff81a021b0 T _etext\n';
      return answer(
        workspace(new Map([...files, ['kexec-mint.json', project], ['System.map', map]]), {
          kernelTextAlignment: 0x1000000n,
        }),
        'kernel-text',
      );
    };
    const [ram] = WATCHES;
    expect(watchesText('0x41000000')).toEqual([ram, '0x41000000–0x42000000']);
    expect(watchesText('0x4f800000')).toEqual([ram, '0x4f000000–0x50000000']);
    expect(watchesText('0x60800000')).toEqual([ram, '0x60000000–0x62000000']);
  });

  it('watches it already', () => {
    const row =
      'range[i].start = 0x38000000; range[i].end = 0x4fffffff; range[i].type = RANGE_RESERVED; i++;';
    expect(answer(trees(tree(0, `${SET}\n\t${ROW}\n\t${row}\n\t*ranges = i;`), tree(1)))).toBe(
      'OS node 0 watches that memory already.',
    );
  });

  it('has nothing to watch', () => {
    expect(answer(trees(tree(0)))).not.toContain('undefined');
    const alone = workspace(new Map([['os0/kexec/firmware_memmap.c', tree(0)]]), { nodeCount: 1 });
    expect(answer(alone)).toBe('No other node has memory that OS node 0 could watch.');
    const empty = tree(1).replace('mint_region3_size = 0x18000000', 'mint_region3_size = 0');
    const without = tree(1, '*ranges = 0;', HEAD.replace(/.*mint_region3.*/, ''));
    for (const other of [empty, without]) {
      const nothing = 'No other node has memory that OS node 0 could watch.';
      expect(answer(trees(tree(0), other))).toBe(nothing);
      expect(answer(trees(tree(0), other, tree(2)))).toEqual([WATCHES[0], '0x50000000–0x68000000']);
    }
    expect(answer(trees(tree(0), tree(1)), 'kernel-text')).toMatch(/^No other node's kernel text is known/);
  });

  it.each([
    [
      'its table is not known',
      tree(0, `${SET}\n\t${ROW}\n\t*ranges = i + ask();`),
      /^The table that OS node 0's kexec gets is not known/,
    ],
    [
      'it has no region',
      tree(0, 'range[i].start = 0x1000; range[i].end = 0x1fff; i++; *ranges = i;'),
      /^OS node 0 has no region that divides the window/,
    ],
    [
      'its table is full',
      tree(0, `${SET}\n\t${ROW}\n\t*ranges = i;`, `${HEAD}#define MAX_MEMORY_RANGES 1\n`),
      /there is no place/,
    ],
    [
      'no range of its table is its region',
      tree(0, `${SET}\n\t${ROW.replace('mint_region3_size', '0x10000000')}\n\t*ranges = i;`),
      /there is no place/,
    ],
    [
      'another function than the one that is read fills its table',
      tree(
        0,
        undefined,
        `${HEAD}#define FILLS(name) int name(struct memory_range *range, unsigned long *ranges)\n`,
      ).replace(/^int get_firmware_memmap_ranges.*$/m, 'FILLS(get_firmware_memmap_ranges)'),
      /there is no place/,
    ],
    ['another share is not known', undefined, /^The memory of OS node 1 is not known\..*ask/],
  ])('cannot where %s', (_, own, expected) => {
    const other = own ? tree(1) : tree(1, `${SET} mint_region3_size = ask();\n\t${ROW}\n\t*ranges = i;`);
    const said = answer(trees(own ?? tree(0), other));
    expect(said).toMatch(expected);
  });

  it('gets it behind what this file fills, wherever another one has its statements', () => {
    const check = 'if (i > 1000) { *ranges = 0; return -1; }';
    const text = tree(0, `#include "rows.h"\n\t${SET}\n\t${ROW}\n\t*ranges = i;\n\t${check}`);
    const low = 'range[0].start = 0x1000; range[0].end = 0x1fff; range[0].type = RANGE_RAM; i++;';
    const space = workspace(
      new Map([
        ['os0/kexec/firmware_memmap.c', text],
        // As far behind its beginning as the check is in the other file.
        ['os0/kexec/rows.h', `${' '.repeat(text.indexOf(check))}${low}\n`],
        ['os1/kexec/firmware_memmap.c', tree(1)],
      ]),
    );
    const [ram = '', watched = ''] = WATCHES;
    expect(answer(space)).toEqual([`0x1000–0x2000,${ram}`, watched]);
    const [node] = space.layout.nodes;
    const [fix] = node ? watchFixes(space.context, node) : [];
    expect(fix?.edits[0]?.newText).toContain('range[i].start = 0x38000000;');
  });

  it('cannot where another file fills its table', () => {
    const space = workspace(
      new Map([
        ['os0/kexec/firmware_memmap.c', tree(0, `${SET}\n#include "rows.h"\n\t*ranges = i;`)],
        ['os0/kexec/rows.h', `\t${ROW}\n`],
        ['os1/kexec/firmware_memmap.c', tree(1)],
      ]),
    );
    expect(answer(space)).toMatch(/there is no place/);
  });

  it('cannot where another begins below it', () => {
    const below = tree(1).replace('0x20000000ULL + OSID*0x18000000ULL', '0x10000000');
    expect(answer(trees(tree(0), below))).toBe(
      'region3 starts at 0x20000000, so it cannot end at 0x10000000.',
    );
  });

  it('changes alone where its tree serves others', () => {
    const space = workspace(new Map([['mint/kexec/firmware_memmap.c', tree(undefined)]]), { nodeCount: 2 });
    expect(answer(space)).toEqual(WATCHES);
    const [node] = space.layout.nodes;
    const fix = node && watchFixes(space.context, node)[0];
    expect(fix?.edits[0]?.newText).toMatch(/^\n\tif \(OSID == 0\) \{\n\t\trange.*;\n(?:\t\t.*;\n){3}\t\}$/);
    const after = space.edited(fix?.edits ?? []).layout.nodes[1];
    expect(after?.memory.ranges.map(({ range }) => formatRange(range))).toEqual(['0x38000000–0x50000000']);
  });
});

describe('of the text of a function', () => {
  it('comments, strings and characters are blanked, and each character keeps its place', () => {
    const code = (text: string) => {
      expect(codeOnly(text)).toHaveLength(text.length);
      return codeOnly(text).replace(/ +/g, ' ');
    };
    expect(code('a /* b; */ c // d;\ne')).toBe('a c \ne');
    expect(code('a "b;\\"c" d \'\\\'\' e')).toBe('a d e');
    expect(code('a /* b\nc')).toBe('a \n ');
    expect(code('// a \\\nb\nc')).toBe(' \n \nc');
    expect(code('"a\nb"')).toBe('"a\nb"');
    expect(code("a \"b\\\nc\" d 'e' f '\\\n' g")).toBe('a \n d f \n g');
  });

  const functionIn = (text: string) => {
    const found = functionAt(text, 0);
    return found && [found.parameters, text.slice(found.body.start, found.body.end)];
  };

  it('parameters and body are found', () => {
    expect(functionIn('f(int a, char *b[2][3], void (*c)(int), ...) { g({1}); }')).toEqual([
      ['a', 'b', '', ''],
      ' g({1}); ',
    ]);
    expect(functionIn('f(int a[10] [3])\n{}')).toEqual([['a'], '']);
    expect(functionIn('f()\n{}')).toEqual([[''], '']);
    expect(functionIn('(int a) {}')).toEqual([['a'], '']);
    for (const none of [
      'f',
      'f {}',
      'f(',
      'f(int a',
      'f(int a);',
      'f(int a); g() {}',
      'f(int a) {',
      'f(int a)',
    ])
      expect(functionIn(none)).toBeUndefined();
    for (const none of ['{} f', '{} f(a', 'f() {} g']) expect(functionAt(none, 4)).toBeUndefined();
  });

  const statements = (code: string) =>
    statementsIn(code, { start: 0, end: code.length }).map(({ start, end }) => code.slice(start, end));

  it('statements stand one by one, each with its else', () => {
    expect(statements('a; { b; c; } d;')).toEqual(['a;', '{ b; c; }', 'd;']);
    expect(statements('for (i = 0; i < 1; i++) b;')).toEqual(['for (i = 0; i < 1; i++) b;']);
    expect(statements('if (a) b; else c; d;')).toEqual(['if (a) b; else c;', 'd;']);
    expect(statements('if (a) { b; }\n\telse { c; }')).toEqual(['if (a) { b; }\n\telse { c; }']);
    expect(statements('struct s x = { 1 }; y[0] = (struct s){ 2 }.a; z;')).toEqual([
      'struct s x = { 1 };',
      'y[0] = (struct s){ 2 }.a;',
      'z;',
    ]);
    expect(statements('#define X \\\n 1\n  a; elsewhere;')).toEqual(['a;', 'elsewhere;']);
    expect(statements('a; if (b) c; else d;')).toEqual(['a;', 'if (b) c; else d;']);
    expect(statements('a;; { b; }c; struct s x = { 1 } ;')).toEqual([
      'a;',
      ';',
      '{ b; }',
      'c;',
      'struct s x = { 1 } ;',
    ]);
    expect(statements('a')).toEqual([]);
  });

  it('the innermost statement around a place is found', () => {
    const around = (code: string, text: string) => {
      const start = code.indexOf(text);
      const found = statementAround(
        code,
        { start: 0, end: code.length },
        { start, end: start + text.length },
      );
      return found && code.slice(found.start, found.end);
    };
    expect(around('a; { b; if (x) { c(1); } } d;', '1')).toBe('c(1);');
    expect(around('a; { b; } { c(1); }', '1')).toBe('c(1);');
    expect(around('if (x) { b; } else { c; }', 'x')).toBe('if (x) { b; } else { c; }');
    expect(around('if (x) { b; } else { c; }', 'c')).toBe('c;');
    expect(around('a; b;', 'b;')).toBe('b;');
    expect(around('){ a;', 'a')).toBe('){ a;');
    expect(around('r = (struct s){ 1 };', '1')).toBe('r = (struct s){ 1 };');
    expect(around('a; b', 'b')).toBeUndefined();
  });

  it('brackets match, and pieces between separators that stand in none', () => {
    expect(matching('f(a[1], {b})', 1)).toBe(11);
    expect(matching('f(a', 1)).toBe(-1);
    const split = (code: string, separator: string) =>
      pieces(code, { start: 0, end: code.length }, separator).map(({ start, end }) => code.slice(start, end));
    expect(split(' a , f(b, c) ,[d, e]', ',')).toEqual(['a', 'f(b, c)', '[d, e]']);
    expect(split('a || (b || c) || d', '||')).toEqual(['a', '(b || c)', 'd']);
    expect(split('', ',')).toEqual(['']);
    expect(split('a,', ',')).toEqual(['a', '']);
  });
});
