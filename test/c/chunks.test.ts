/** Cutting a unit into external declarations, whole and unfinished ones. */
import { describe, expect, it } from 'vitest';
import { chunksOf, tokensOf } from './c-parser';

/** The chunks' texts. */
function cut(text: string): string[] {
  return chunksOf(tokensOf(text)).map((chunk) => chunk.tokens.map((token) => token.text).join(' '));
}

function cutNowhere(text: string): string {
  return tokensOf(text)
    .map((token) => token.text)
    .join(' ');
}

describe('Cutter', () => {
  it.each([
    ['nothing', '', []],
    ['declarations', 'int a; int b = 3;', ['int a ;', 'int b = 3 ;']],
    ['functions', 'int f(void) { ; } int g() { }', ['int f ( void ) { ; }', 'int g ( ) { }']],
    ['an empty declaration behind a function', 'int f() { };', ['int f ( ) { }', ';']],
    ['structures', 'struct s { int a; } x; struct { } y;', ['struct s { int a ; } x ;', 'struct { } y ;']],
    [
      'an attribute before a body',
      'struct __attribute__((packed)) s { int a; };',
      ['struct __attribute__ ( ( packed ) ) s { int a ; } ;'],
    ],
    [
      'an attribute between tag and body',
      'union u __attribute__((x)) { int a; } v;',
      ['union u __attribute__ ( ( x ) ) { int a ; } v ;'],
    ],
    [
      'a function with an attribute',
      'int f(void) __attribute__((x)) { } int a;',
      ['int f ( void ) __attribute__ ( ( x ) ) { }', 'int a ;'],
    ],
    [
      'a function that returns a structure',
      'struct s f(void) { } enum e g(void) { }',
      ['struct s f ( void ) { }', 'enum e g ( void ) { }'],
    ],
    [
      'initialisers',
      'int a[] = { 1 }, b = { 2 }; struct s *p = &(struct s) { 1 }; int c;',
      ['int a [ ] = { 1 } , b = { 2 } ;', 'struct s * p = & ( struct s ) { 1 } ;', 'int c ;'],
    ],
    [
      'literals within parentheses and brackets',
      'typeof((struct s) { 1 }) a; int b[sizeof(struct s) { 1 }]; int f(char c[(int) { 2 }]) { } int d;',
      [
        'typeof ( ( struct s ) { 1 } ) a ;',
        'int b [ sizeof ( struct s ) { 1 } ] ;',
        'int f ( char c [ ( int ) { 2 } ] ) { }',
        'int d ;',
      ],
    ],
    [
      'statement expressions',
      'int a = ({ int b; b; }); int c;',
      ['int a = ( { int b ; b ; } ) ;', 'int c ;'],
    ],
    [
      'K&R definitions',
      'int f(a, b) int a; char *b; { } int g(x) { } int h(int y) ; int z;',
      ['int f ( a , b ) int a ; char * b ; { }', 'int g ( x ) { }', 'int h ( int y ) ;', 'int z ;'],
    ],
    [
      'a declaration that looks like the head of a K&R definition',
      'int f(a) foo; int g; int h(void) { }',
      ['int f ( a ) foo ;', 'int g ;', 'int h ( void ) { }'],
    ],
    [
      'a K&R definition with a structure in its head',
      'int f(a) struct s { int b; } a; { } g(a) int a; { } int c;',
      ['int f ( a ) struct s { int b ; } a ; { }', 'g ( a ) int a ; { }', 'int c ;'],
    ],
    [
      'what is no head of a K&R definition',
      'int f(a); { b; } int g(a b) int c; { } int g(3) int c; { } int (a) int b; { }',
      [
        'int f ( a ) ;',
        '{ b ; }',
        'int g ( a b ) int c ;',
        '{ }',
        'int g ( 3 ) int c ;',
        '{ }',
        'int ( a ) int b ;',
        '{ }',
      ],
    ],
    [
      'what is no head of a K&R definition, since what follows are no declarations of parameters',
      'int f(a) foo; int b = 3; { } int f(a) foo; } ; { }',
      ['int f ( a ) foo ;', 'int b = 3 ;', '{ }', 'int f ( a ) foo ;', '}', ';', '{ }'],
    ],
    [
      'a block without a head',
      'int a; { b; } int c; int f() { } { } int d;',
      ['int a ;', '{ b ; }', 'int c ;', 'int f ( ) { }', '{ }', 'int d ;'],
    ],
    ['digraphs', 'int f() <% %> int a;', ['int f ( ) <% %>', 'int a ;']],
    ['text without an end', 'int a; int b', ['int a ;', 'int b']],
    ['parentheses without an end', 'int a = (3; int b;', ['int a = ( 3 ;', 'int b ;']],
    ['parentheses too many', 'int a = 3); int b;', ['int a = 3 ) ;', 'int b ;']],
    ['a brace too many', 'int f() { } } int a;', ['int f ( ) { }', '}', 'int a ;']],
    [
      'a body without an end before a function',
      'int f() { if (x) { a; } static int *g(int q) { } int b;',
      ['int f ( ) { if ( x ) { a ; }', 'static int * g ( int q ) { }', 'int b ;'],
    ],
    [
      'a body without an end before a typedef',
      'int f() { a; typedef int t; t b;',
      ['int f ( ) { a ;', 'typedef int t ;', 't b ;'],
    ],
    [
      'a body that is cut off at once',
      'int f() { typedef int t; t b;',
      ['int f ( ) {', 'typedef int t ;', 't b ;'],
    ],
    ...[
      'each(b) { c;',
      'int b[3] { c;',
      'int *(b) { c;',
      'int g(int b); c;',
      'b = c d(e) { f;',
      'if (b) { c;',
    ].map((statement): [string, string, string[]] => [
      `a body without an end before what is no definition: ${statement}`,
      `int f() { a; ${statement}`,
      [cutNowhere(`int f() { a; ${statement}`)],
    ]),
    [
      'a structure without an end',
      'struct s { int a; extern int b; int c;',
      ['struct s { int a ;', 'extern int b ;', 'int c ;'],
    ],
    [
      'a body without an end, and calls and loops in it',
      'int f() { g(a); if (a) { } while (b) { c; }',
      ['int f ( ) { g ( a ) ; if ( a ) { } while ( b ) { c ; }'],
    ],
  ])('cuts %s', (_, text, expected) => {
    expect(cut(text)).toEqual(expected);
  });

  it('loses no token', () => {
    const text = '} { ; int f( { ) } ] = [ struct { ; typedef } { extern ( int g(a) b; c) { {';
    expect(cut(text).join(' ')).toBe(cutNowhere(text));
  });

  it('looks so far for the body of a K&R definition, and no further', () => {
    const text = (declarations: number) => `int f(a) ${'int a; '.repeat(declarations)}{ }`;
    expect(cut(text(300))).toEqual([cutNowhere(text(300))]);
    expect(cut(text(400))[0]).toBe('int f ( a ) int a ;');
  });
});
