/** Calls from outside of the tree: what is passed, what the world does meanwhile, what is left behind. */
import { describe, expect, it } from 'vitest';
import type { Called, CallRequest } from '../../server/src/c/evaluation';
import { evaluateText, FILE, textAt, valueText } from './evaluate-text';

const HEAD = `struct memory_range { unsigned long long start, end; unsigned type: 3, flags: 5; };
typedef struct memory_range range_t;
void *malloc(unsigned long); void *calloc(unsigned long, unsigned long); void *fopen(const char *, const char *); int fclose(void *);
void qsort(void *, unsigned long, unsigned long, int (*)(const void *, const void *));
void unknown(void *);
`;

function call(body: string, request: Partial<CallRequest> = {}, files?: Record<string, string>): Called {
  const text = /\bget\(/.test(body)
    ? HEAD + body
    : `${HEAD}int get(range_t **table, int *count) { ${body} return 0; }`;
  return evaluateText(text, undefined, { files }).call({
    function: 'get',
    arguments: [{ length: 1 }, { length: 1, first: 7n }],
    library: { malloc: 'object', calloc: 'null', fopen: 'null', fclose: 'zero', qsort: 'sort' },
    success: 0n,
    ...request,
  });
}

const value = (called: Called, argument: number, index: number, member?: string) =>
  valueText(called.read(argument, index, member));

describe('what is passed', () => {
  it('are arrays of zeros, with a first element, and nothing beyond', () => {
    const called = call('count[0] += 2;');
    expect(called.failed).toBeUndefined();
    expect(called.parameters).toBe(2);
    expect(value(called, 1, 0)).toBe('0x9');
    expect(value(call('count[1] = 3;', { arguments: [{ length: 1 }, { length: 3, first: 7n }] }), 1, 1)).toBe(
      '0x3',
    );
    expect(value(call('', { arguments: [{ length: 1 }, { length: 3, first: 7n }] }), 1, 2)).toBe('0x0');
    expect(value(call('count[0]++;', { arguments: [{ length: 1 }, { length: 1 }] }), 1, 0)).toBe('0x1');
  });

  it('is not known of parameters beyond, nor of what is no pointer to something with a size', () => {
    expect(value(call('*count = 1;', { arguments: [] }), 1, 0)).toBe('parameter');
    const called = call(
      'int get(int a, struct away *b, void *c, int d[], unsigned char *e) { d[0] = 4; *e += a; e[1]++; return 0; }',
      {
        arguments: [{ length: 1 }, { length: 1 }, { length: 2 }, { length: 1 }, { length: 2, first: 250n }],
      },
    );
    expect(called.parameters).toBe(5);
    expect(value(called, 0, 0)).toBe('parameter');
    expect(value(called, 1, 0)).toBe('parameter');
    expect(value(called, 3, 0)).toBe('0x4');
    expect(value(called, 4, 0)).toBe('parameter');
    expect(value(called, 4, 1)).toBe('0x1');
    expect(called.read(0, 0)).toMatchObject({ reason: { args: { name: 'a' } } });
    expect(called.read(9, 0)).toMatchObject({ reason: { code: 'parameter', args: { name: '' } } });
  });

  it('goes by the names of the parameters', () => {
    expect(call('unknown(count);').read(1, 0)).toMatchObject({
      reason: { code: 'changed-by-call', args: { name: 'count' } },
    });
  });

  it('are pointers of zero where they are pointers, whatever the first element is to be', () => {
    const called = call('*count = *table == 0;', { arguments: [{ length: 1, first: 5n }, { length: 1 }] });
    expect(value(called, 1, 0)).toBe('0x1');
  });

  it('is nothing to a function without parameters', () => {
    expect(call('int get(void) { return 0; }').parameters).toBe(0);
    expect(call('int get() { return 0; }').parameters).toBe(0);
  });
});

describe('what is left behind', () => {
  const table = 'static range_t ranges[3]; *table = ranges; *count = 2;';

  it('is read over pointers, element by element, member by member', () => {
    const called = call(
      `${table} ranges[1].start = 0x1000; ranges[1].end = 0x1fff; ranges[1].flags = 21; ranges[1].type = 2;`,
    );
    expect(value(called, 0, 1, 'start')).toBe('0x1000');
    expect(value(called, 0, 1, 'end')).toBe('0x1fff');
    expect(value(called, 0, 1, 'type')).toBe('0x2');
    expect(value(called, 0, 1, 'flags')).toBe('0x15');
    expect(value(called, 0, 0, 'start')).toBe('0x0');
    expect(value(called, 0, 1, 'nothing')).toBe('unknown-type');
    expect(value(called, 0, 1)).toBe('not-an-integer');
    expect(value(called, 0, 3, 'start')).toBe('index-out-of-bounds');
    expect(value(called, 1, 0, 'start')).toBe('unknown-type');
    expect(called.read(0, 1, 'start')).toBe(called.read(0, 1, 'start'));
  });

  it('says whether it was written', () => {
    const called = call('*count = 7;');
    expect([called.wrote(0), called.wrote(1), called.wrote(2)]).toEqual([false, true, false]);
    const other = call('(void)*count; *table = 0;');
    expect([other.wrote(0), other.wrote(1)]).toEqual([true, false]);
    expect(value(other, 0, 0, 'start')).toBe('null-pointer');
  });

  it('is that of paths which succeed', () => {
    const called = call('extern int away; if (away) { *count = 1; return -1; } *count = 2;');
    expect(value(called, 1, 0)).toBe('0x2');
    const either = call('int get(range_t **table, int *count, int n) { *count = n ? 1 : 2; return n == 5; }');
    expect(value(either, 1, 0)).toBe('0x1 if n | 0x2 if not n');
    expect(
      value(call('int get(range_t **table, int *count) { *count = 4; return 3; }', { success: 3n }), 1, 0),
    ).toBe('0x4');
    expect(
      value(
        call('void get_it(int); void unused(void); int get(range_t **t, int *count) { *count = 4; }'),
        1,
        0,
      ),
    ).toBe('0x4');
  });

  it('is that of a function without a result', () => {
    const evaluation = evaluateText('void get(int *count) { if (*count) return; *count = 4; }');
    const called = evaluation.call({ function: 'get', arguments: [{ length: 1 }], library: {}, success: 0n });
    expect(called.failed).toBeUndefined();
    expect(value(called, 0, 0)).toBe('0x4');
  });

  it('changes nothing of the evaluation, and is the same when asked again', () => {
    const text = 'int x = 1; int get(int *count) { x++; *count = x; return 0; }';
    const evaluation = evaluateText(text);
    const request = { function: 'get', arguments: [{ length: 1 }], library: {}, success: 0n };
    const before = valueText(evaluation.valueOf('x')?.value);
    const called = evaluation.call(request);
    expect(value(called, 0, 0)).toBe('0x2');
    expect(valueText(evaluation.valueOf('x')?.value)).toBe(before);
    expect(evaluation.call({ ...request })).toBe(called);
    expect(evaluation.call({ ...request, success: 1n }).failed?.code).toBe('returned');
    expect(evaluation.problems).toEqual([]);
  });
});

describe('a call fails', () => {
  it('where there is no such function', () => {
    for (const name of ['other', 'unknown', 'range_t', 'get_it']) {
      const called = call('', { function: name });
      expect(called.failed).toEqual({ code: 'unknown-call', args: { name } });
      expect(called.parameters).toBe(0);
      expect(called.wrote(0)).toBe(false);
      expect(called.assignments).toEqual([]);
      expect(called.problems).toEqual([]);
      expect(called.read(0, 0)).toEqual({ kind: 'unknown', reason: called.failed });
    }
  });

  it('where each path returns something else, which is told with its place', () => {
    const body = 'int get(int *count) { if (*count == 9) return 1; return -1; }';
    const { failed } = call(body, { arguments: [{ length: 1, first: 9n }] });
    expect(failed).toMatchObject({ code: 'returned', args: { name: 'get', value: '1' } });
    expect(textAt(HEAD + body, failed?.place)).toBe('return 1;');
    expect(call(body, { arguments: [{ length: 1, first: 8n }] }).failed?.args).toEqual({
      name: 'get',
      value: '-1',
    });
  });

  it('where no path returns', () => {
    expect(call('int get(int *count) { for (;;) ; }').failed).toMatchObject({
      code: 'returned',
      args: { name: 'get', value: '' },
    });
  });
});

describe('the world', () => {
  it('does what it is taken to do', () => {
    const called = call(
      'int *p = malloc(40); p[3] = 5; *count = p[3] + !calloc(1, 1) * 16 + !fopen("a", "r") * 32 + fclose(0) * 64;',
    );
    expect(value(called, 1, 0)).toBe('0x35');
    expect(value(call('*count = *(int *)malloc(4);'), 1, 0)).toBe('unknown-call');
    expect(value(call('int *p = malloc(4); *count = p ? 1 : 2;', { library: {} }), 1, 0)).toBe(
      '0x1 if p | 0x2 if not p',
    );
    expect(value(call('int *p = malloc(4); *count = p ? 1 : 2;'), 1, 0)).toBe('0x1');
    expect(value(call('*count = nowhere(); ', { library: { nowhere: 'zero' } }), 1, 0)).toBe('0x0');
    expect(
      value(call('int *p = (int *)nowhere(); *count = p == 0;', { library: { nowhere: 'null' } }), 1, 0),
    ).toBe('0x1');
    expect(
      value(
        call('int *p = (int *)nowhere(); p[1] = 3; *count = p[1];', { library: { nowhere: 'object' } }),
        1,
        0,
      ),
    ).toBe('0x3');
    expect(value(call('*count = nowhere(); '), 1, 0)).toBe('unknown-call');
  });

  const SORTED = `static int order(const void *a, const void *b)
{ const range_t *x = a, *y = b; return x->start < y->start ? -1 : x->start > y->start; }
static int same(const void *a, const void *b) { return 0; }
static range_t ranges[4] = { { 3, 30 }, { 1, 10 }, { 3, 31 }, { 2, 20 } };
`;
  const sorted = (sort: string) => {
    const called = call(
      `${SORTED}int get(range_t **table, int *count) { *table = ranges; ${sort} return 0; }`,
    );
    return [0, 1, 2, 3].map((index) => value(called, 0, index, 'end'));
  };

  it('sorts', () => {
    expect(sorted('qsort(ranges, 4, sizeof *ranges, order);')).toEqual(['0xa', '0x14', '0x1e', '0x1f']);
    expect(sorted('qsort(ranges + 1, 3, sizeof *ranges, order);')).toEqual(['0x1e', '0xa', '0x14', '0x1f']);
    for (const none of [
      'ranges, 0, sizeof *ranges, order',
      'ranges, 4, sizeof *ranges, same',
      '0, 4, sizeof *ranges, same',
    ])
      expect(sorted(`qsort(${none});`)).toEqual(['0x1e', '0xa', '0x1f', '0x14']);
  });

  it.each([
    'qsort(ranges, 5, sizeof *ranges, order);',
    'qsort(ranges - 1, 3, sizeof *ranges, order);',
    'qsort(ranges, *count + (int)(long)malloc(1), sizeof *ranges, order);',
    'ranges[2].start = (long)malloc(1); qsort(ranges, 4, sizeof *ranges, order);',
    'qsort(ranges, 4, sizeof *ranges, 0);',
    'int away(const void *, const void *); qsort(ranges, 4, sizeof *ranges, away);',
    'qsort(ranges, 4);',
    'qsort(ranges, 5, sizeof *ranges, same);',
    'qsort(ranges - 1, 3, sizeof *ranges, same);',
    'qsort(ranges + (int)(long)malloc(1), 2, sizeof *ranges, same);',
  ])('knows nothing where it cannot: %s', (sort) => {
    expect(new Set(sorted(sort))).toEqual(new Set(['changed-by-call']));
  });
});

describe('assignments to members', () => {
  const body = `static range_t ranges[2], one;
static void set(range_t *range, unsigned long long start) { range->start = start; range->end = start + 0xfff; }
#define BOTH(r, s) do { (r).start = (s); (r).end = (s) + 1; } while (0)
int get(range_t **table, int *count)
{
  set(&ranges[0], 0x1000);
  ranges[1].start = 0x2000;
  BOTH(ranges[1], 0x3000);
  one = (range_t) { 5, .end = 6 };
  ranges[1].type++;
  *count = 2;
  unsigned long end;
  end = 0x3001;
  if (*count == 3) one.start = 9;
  return 0;
}`;
  const text = HEAD + body;
  const { assignments } = call(body);

  it('are told in order, with value, structure and place', () => {
    expect(
      assignments.map(({ member, value: held, structure, place, expression, origin }) =>
        [
          member,
          valueText(held),
          structure,
          textAt(text, place),
          textAt(text, expression),
          textAt(text, origin),
        ].join(' | '),
      ),
    ).toEqual([
      'start | 0x1000 | 1 | start | start | set(&ranges[0], 0x1000)',
      'end | 0x1fff | 1 | start + 0xfff | start + 0xfff | set(&ranges[0], 0x1000)',
      'start | 0x2000 | 2 | 0x2000 | 0x2000 | ranges[1].start = 0x2000',
      'start | 0x3000 | 2 | BOTH(ranges[1], 0x3000) |  | BOTH(ranges[1], 0x3000)',
      'end | 0x3001 | 2 | BOTH(ranges[1], 0x3000) |  | BOTH(ranges[1], 0x3000)',

      'start | 0x5 | 3 | 5 | 5 | 5',
      'end | 0x6 | 3 | 6 | 6 | 6',
      'type | 0x1 | 2 | ranges[1].type++ |  | ranges[1].type++',
    ]);
    for (const { place } of assignments) expect(place.file).toBe(FILE);
  });
});

/** `member | value | structure | origin` of each assignment to a member. */
function assigned(body: string, request: Partial<CallRequest> = {}): readonly string[] {
  const text = HEAD + body;
  return call(body, request).assignments.map(({ member, value: held, structure, origin }) =>
    [member, valueText(held), structure, textAt(text, origin)].join(' | '),
  );
}

describe('the structure of an assignment', () => {
  it('is the element of an array, or the object', () => {
    const body = `static range_t one, two;
int get(range_t *r, int *count) { for (int i = 0; i < 2; i++) r[i].start = i; one.start = 2; two.end = 3; r[1].end = 4; one.type = 5; return 0; }`;
    expect(assigned(body, { arguments: [{ length: 2 }, { length: 1 }] })).toEqual([
      'start | 0x0 | 1 | r[i].start = i',
      'start | 0x1 | 2 | r[i].start = i',
      'start | 0x2 | 3 | one.start = 2',
      'end | 0x3 | 4 | two.end = 3',
      'end | 0x4 | 2 | r[1].end = 4',
      'type | 0x5 | 3 | one.type = 5',
    ]);
  });

  it('is not known where its place is not', () => {
    const body = 'int get(range_t *r, int *c, int n) { r[n].start = 5; (n ? r : r + 1)->end = 6; r[1].end = 7; return 0; }'; // biome-ignore format: one text
    expect(assigned(body, { arguments: [{ length: 2 }] })).toEqual([
      'start | 0x5 |  | r[n].start = 5',
      'end | 0x6 |  | (n ? r : r + 1)->end = 6',
      'end | 0x7 | 1 | r[1].end = 7',
    ]);
  });

  it('is that of a local one, too', () => {
    const body = 'int get(range_t *r) { range_t local = { 1, .end = 2 }; local.type = 3; r[0] = local; return 0; }'; // biome-ignore format: one text
    expect(assigned(body)).toEqual(['start | 0x1 | 1 | 1', 'end | 0x2 | 1 | 2', 'type | 0x3 | 1 | local.type = 3']); // biome-ignore format: one line
  });

  it('has the value that its member can hold', () => {
    expect(assigned('int get(range_t *r) { r->type = 9; r->flags = -1; return 0; }')).toEqual([
      'type | 0x1 | 1 | r->type = 9',
      'flags | 0x1f | 1 | r->flags = -1',
    ]);
  });
});

describe('a call succeeds', () => {
  it.each([
    ['with a result that is not known', 'int get(range_t *r) { r->start = 4; unknown(r); return r->end; }', 'changed-by-call'],
    ['with one that is no integer', 'double get(range_t *r) { r->start = 4; return 1.5; }', '0x4'],
    ['with a pointer', 'range_t *get(range_t *r) { r->start = 4; return r; }', '0x4'],
    ['without the result that it has', 'int get(range_t *r) { r->start = 4; }', '0x4'],
    ['with one that is made to fit', 'unsigned char get(range_t *r) { r->start = 4; return 256; }', '0x4'],
    ['with what may be changed at run time', 'int x = 1; void other(void) { x = 2; } int get(range_t *r) { r->start = x; return 0; }', '0x1 unless changed at main.c:1'],
    ['along two ways', 'int get(range_t *r, int n) { if (n == 3) r->start = 1; else r->start = 2; return 0; }', '0x1 if n == 3 | 0x2 if not n == 3'],
  ])('%s', (_, body, start) => {
    const called = call(body);
    expect([called.failed, called.wrote(0), value(called, 0, 0, 'start')]).toEqual([undefined, true, start]);
  }); // biome-ignore format: one table

  it('or fails with the first of the results', () => {
    const body = 'int get(range_t *r, int *count, int n) { if (n) return 1; if (*count) return 2; return 3; }'; // biome-ignore format: one text
    const { failed } = call(body);
    expect([failed?.args, textAt(HEAD + body, failed?.place)]).toEqual([{ name: 'get', value: '1' }, 'return 1;']); // biome-ignore format: one line
  });

  it('or not where the program ends in it, or takes too long', () => {
    expect(call('int get(range_t *r) { exit(1); }').failed).toEqual({ code: 'returned', args: { name: 'get', value: '' } }); // biome-ignore format: one line
    const called = call('int get(range_t *r) { static char huge[3000000]; __builtin_memset(huge, 1, sizeof huge); return 0; }'); // biome-ignore format: one line
    expect([called.failed?.code, called.parameters, called.wrote(0), value(called, 0, 0)]).toEqual(['step-limit', 0, false, 'step-limit']); // biome-ignore format: one line
  });
});

it('what is passed beyond the first element, and to what no pointer takes', () => {
  const body = 'int get(range_t *r, int (*f)(void), char **p, const unsigned char *q) { p[0] = "a"; r->start = q[0] + q[1] * 256; r->end = f == 0; return 0; }'; // biome-ignore format: one text
  const called = call(body, {
    arguments: [{ length: 1 }, { length: 1 }, { length: 1, first: 3n }, { length: 2, first: 300n }],
  });
  expect([value(called, 0, 0, 'start'), value(called, 0, 0, 'end')]).toEqual(['0x2c', '0x0']);
});

it('a table behind several pointers is read where the last one points to', () => {
  const body = `int get(range_t ***r) { static range_t list[2], *p = list; static range_t **q = &p; *r = q; p[1].start = 3; return 0; }`;
  const called = call(body);
  expect([value(called, 0, 1, 'start'), value(called, 0, 0, 'start')]).toEqual(['0x3', '0x0']);
  expect([called.wrote(0), called.wrote(1)]).toEqual([true, false]);
});

it('problems are those of the call', () => {
  const body = 'int get(int *count) { int list[2]; list[*count] = 1; *count = 1 / (*count - 7); return 0; }';
  const { problems } = call(body, { arguments: [{ length: 1, first: 7n }] });
  expect(problems.map(({ reason, place }) => `${reason.code}: ${textAt(HEAD + body, place)}`)).toEqual([
    'index-out-of-bounds: list[*count]',
    'division-by-zero: 1 / (*count - 7)',
  ]);
});
