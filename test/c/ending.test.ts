/** What names are worth when the program has ended, whatever it went through. */
import { describe, expect, it } from 'vitest';
import { derivationLines, evaluateText, valueText } from './evaluate-text';

const isMint = (name: string): boolean => name.startsWith('mint_');

function held(text: string): Readonly<Record<string, string>> {
  const { watched } = evaluateText(text, isMint);
  return Object.fromEntries([...watched].map(([name, { value }]) => [name, valueText(value)]));
}

describe('a member that nobody assigns by its name', () => {
  const head = 'struct s { int other, mint_a; unsigned bit: 3, mint_b: 5; }';

  it('is read where it stands in the first object that has one', () => {
    const bytes = 'unsigned char *p = (unsigned char *)&one; p[5] = 1; p[8] = 0x5a;';
    expect(held(`${head}; int x; struct s one, two; void f(void) { ${bytes} }`)).toEqual({
      mint_a: '0x100',
      mint_b: '0xb',
    });
  });

  it('is one of an anonymous member, too', () => {
    const text = 'struct { int x; struct { int y, mint_a; }; } one; void f(void) { ((char *)&one)[9] = 1; }';
    expect(held(text)).toEqual({ mint_a: '0x100' });
  });

  it('is none of a type, a function or what is defined elsewhere', () => {
    expect(held(`typedef ${head} t; extern t away; t *p; t g(void);`)).toEqual({});
    expect(held(`typedef ${head} t; extern t away; t *p; t here;`)).toEqual({ mint_a: '0x0', mint_b: '0x0' });
  });
});

describe('evaluating a name at the end', () => {
  it('reports nothing', () => {
    const { watched, problems } = evaluateText('#define mint_m (1 / 0)\nint x; void f(void) { }', isMint);
    expect([valueText(watched.get('mint_m')?.value), problems]).toEqual(['division-by-zero', []]);
  });

  it('changes nothing', () => {
    const text = '#define mint_m (x++ + x)\n#define mint_n x\nint x = 3; void f(void) { x = 4; }';
    expect(held(text)).toEqual({ mint_m: '0x9', mint_n: '0x4' });
    const evaluation = evaluateText(text, isMint);
    expect([evaluation.valueOf('mint_m'), evaluation.valueOf('x')].map((named) => valueText(named?.value))).toEqual(['0x9', '0x4']); // biome-ignore format: one line
  });

  it('is done in the scope of the file', () => {
    const text = '#define mint_m x\nstatic int x = 3; void f(void) { int x = 4; }';
    expect(held(text)).toEqual({ mint_m: '0x3' });
  });

  it('calls what it names', () => {
    const text =
      '#define mint_m twice(x)\nint x = 3; static int twice(int n) { int k = n; return 2 * k; } void f(void) { x = 4; twice(1); }';
    expect(held(text)).toEqual({ mint_m: '0x8' });
  });

  it('is bounded', () => {
    const text = '#define mint_m deep(0)\nstatic int deep(int n) { return deep(n + 1); } void f(void) { }';
    expect(held(text)).toEqual({ mint_m: 'call-depth-limit' });
    const huge = '#define mint_m __builtin_memset(huge, 1, sizeof huge)[0]\nstatic char huge[3000000]; void f(void) { }';
    expect(held(huge)).toEqual({ mint_m: 'step-limit' });
  }); // biome-ignore format: one line each
});

describe('the end of the program', () => {
  it('is that of the first function that wrote a watched name', () => {
    const three =
      'void f(void) { x = 2; } void g(void) { x = 3; mint_a = 1; } void h(void) { x = 4; mint_a = 2; }';
    expect(held(`#define mint_x x\nstatic int x = 1, mint_a; ${three}`)).toEqual({
      mint_a: '0x1 if g() | 0x2 if h()',
      mint_x: '0x3',
    });
  });

  it('is that of the last one where none did, and the beginning where there is none', () => {
    expect(held('#define mint_x x\nint x = 1; void f(void) { x = 2; } void g(void) { x = 3; }')).toEqual({
      mint_x: '0x3',
    });
    expect(held('#define mint_x x\nint x = 1;')).toEqual({ mint_x: '0x1' });
  });

  it('is another one where it goes nowhere', () => {
    expect(held('#define mint_x x\nint x = 1; int mint_a; void f(void) { x = 2; mint_a = 3; for (;;) ; }')).toEqual({ mint_a: '0x3', mint_x: '0x2' }); // biome-ignore format: one line
  });

  it('holds a variable of a function as it was left', () => {
    expect(held('void g(int n) { int mint_a = n; } void f(void) { g(3); g(4); }')).toEqual({ mint_a: '0x4' });
    expect(held('void f(int n) { if (n) { int mint_a = 1; mint_a++; } }')).toEqual({ mint_a: '0x2 if n | 0x0 if not n' }); // biome-ignore format: one line
  });
});

describe('how a name came about', () => {
  const of = (name: string, text: string) =>
    derivationLines(evaluateText(text, isMint).valueOf(name)?.derivation);

  it('is told of its one origin', () => {
    expect(of('x', 'int x = 1 + 2; void f(void) { }')).toEqual(['x => 3', '  x is 0x3, object', '    1 + 2', '      1 is 0x1, literal', '      2 is 0x2, literal']); // biome-ignore format: one line
    expect(of('ONE', '#define ONE 1\nint x;')).toEqual(['ONE => 1', '  ONE is 0x1, macro', '    1', '      1 is 0x1, literal']); // biome-ignore format: one line
    expect(of('FIRST', 'enum { FIRST = 4 }; int x;')).toEqual(['FIRST => 4', '  FIRST is 0x4, enumerator']);
  });
});
