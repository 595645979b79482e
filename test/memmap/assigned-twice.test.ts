/** Which of two assignments is lost, and which is none of the rule's business. */
import { describe, expect, it } from 'vitest';
import { workspace } from './workspace';

/** The texts that the rule finds; `body` stands in setup(), `lines` in front of it. */
function lost(body: string, lines = ''): readonly string[] {
  const text = `#define OSID 0
#define SET(n, what, value) (mint_region##n##_##what = (value))
struct shares { unsigned long mint_region4_start, mint_region4_size; };
unsigned long mint_region3_start = 0x20000000, mint_region3_size, mint_region2_size;
int printf(const char *, ...);
${lines}
void setup(int argument)
{
	struct shares a, b;
	${body}
}
`;
  const space = workspace(new Map([['os0/kexec/firmware_memmap.c', text]]));
  const found = space.findings.filter(({ rule }) => ['assigned-twice', 'internal-error'].includes(rule));
  return found.map(({ place }) => space.text(place));
}

describe('an assignment is lost', () => {
  it.each([
    ['where another one follows', '', 'mint_region3_size = 1'],
    ['whatever stands between', 'argument = 2; /* # */ printf("#");', 'mint_region3_size = 1'],
    ['where the other rests on others', 'mint_region2_size = mint_region3_start;', 'mint_region3_size = 1'],
  ])('%s', (_, between, found) => {
    expect(lost(`mint_region3_size = 1; ${between} mint_region3_size = 2;`)).toEqual([found]);
  });

  it('by a macro, too, which is told as a whole', () => {
    expect(lost('SET(3, size, 1);\n\tSET(3, size, 2);')).toEqual(['SET(3, size, 1)']);
    expect(lost('SET(3, size, 1); SET(2, size, 2);')).toEqual([]);
  });

  it('once for each that is followed by another', () => {
    const three = [1, 2, 3].map((n) => `mint_region3_size = ${n};`).join('\n\t');
    expect(lost(three)).toEqual(['mint_region3_size = 1', 'mint_region3_size = 2']);
  });

  it('in a function that is called twice by what follows it there, and not by the next call', () => {
    const other = 'void other(void)\n{\n\tmint_region3_size = 1;\n\tmint_region3_size = 2;\n}';
    expect(lost('other(); other();', other)).toEqual(['mint_region3_size = 1']);
  });

  it('of a start as of a size', () => {
    expect(lost('mint_region3_start = 1; mint_region3_start = 2;')).toEqual(['mint_region3_start = 1']);
  });
});

describe('an assignment is not lost', () => {
  it.each([
    ['that is read', 'mint_region3_size = 1; printf("%lx", mint_region3_size); mint_region3_size = 2;'],
    ['that the next one rests on', 'mint_region3_size = 1; mint_region3_size = mint_region3_size + 1;'],
    [
      'that is read in a sum',
      'mint_region3_size = 1; argument = 2 + mint_region3_size; mint_region3_size = 2;',
    ],
    ['under a condition', 'if (argument) mint_region3_size = 1; mint_region3_size = 2;'],
    ['before one under a condition', 'mint_region3_size = 1; if (argument) mint_region3_size = 2;'],
    ['in steps', 'mint_region3_size = 1; mint_region3_size += 2; mint_region3_size -= 1;'],
    ['before a directive', 'mint_region3_size = 1;\n#if OSID == 0\n\tmint_region3_size = 2;\n#endif'],
    ['before an indented one', 'mint_region3_size = 1;\n \t#if OSID == 0\n\tmint_region3_size = 2;\n#endif'],
    ['of a loop, which is the same', 'for (int i = 0; i < 3; i++) mint_region3_size = i;'],
    ['of another object', 'a.mint_region4_size = 1; b.mint_region4_size = 2;'],
    ['of a macro before a plain one', 'SET(3, size, 1); mint_region3_size = 2;'],
    ['that is plain before one of a macro', 'mint_region3_size = 1; SET(3, size, 2);'],
  ])('%s', (_, body) => {
    expect(lost(body)).toEqual([]);
  });

  it('of another function', () => {
    const other = 'void other(void)\n{\n\tmint_region3_size = 1;\n}';
    expect(lost('mint_region3_size = 2;', other)).toEqual([]);
    expect(lost('other(); mint_region3_size = 2;', other)).toEqual([]);
    expect(lost('mint_region3_size = 2; other();', other)).toEqual([]);
  });

  it('where the variable begins with a value', () => {
    expect(lost('mint_region5_size = 2;', 'unsigned long mint_region5_size = 1;')).toEqual([]);
  });
});

describe('the start that was written as a second size', () => {
  const titles = (body: string) => {
    const text = `#define OSID 0\nunsigned long mint_region3_start, mint_region3_size;\nunsigned long ask(void);\n#define SET(n, value) (mint_region##n##_size = (value))\nvoid setup(void)\n{\n\t${body}\n}\n`; // biome-ignore format: one text
    const space = workspace(new Map([['os0/kexec/firmware_memmap.c', text]]));
    const found = space.findings.filter(({ rule }) =>
      ['start-never-assigned', 'internal-error'].includes(rule),
    );
    return found.map(({ fixes }) => fixes.map((fix) => [space.english(fix.title), fix.promise?.range]));
  };

  it('is made one', () => {
    expect(titles('mint_region3_size = 0x20000000;\n\tmint_region3_size = 0x1000;')).toEqual([
      [
        [
          'Rename this mint_region3_size to mint_region3_start (os0/kexec/firmware_memmap.c:7)',
          { start: 0x20000000n, end: 0x20001000n },
        ],
      ],
    ]);
  });

  it.each([
    ['there is one size', 'mint_region3_size = 0x1000;'],
    ['there are three', 'mint_region3_size = 1; mint_region3_size = 2; mint_region3_size = 3;'],
    ['the first is not known', 'mint_region3_size = ask(); mint_region3_size = 0x1000;'],
    ['the second is not known', 'mint_region3_size = 0x20000000; mint_region3_size = ask();'],
    ['a macro sets the first', 'SET(3, 0x20000000); mint_region3_size = 0x1000;'],
  ])('is left where %s', (_, body) => {
    expect(titles(body)).toEqual([[]]);
  });
});
