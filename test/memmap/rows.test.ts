/** Where the rows of a table came from, and what else is known of it. */
import { describe, expect, it } from 'vitest';
import { type Workspace, workspace } from './workspace';

/** One node, whose get_firmware_memmap_ranges() has this body; `lines` stand in front of it. */
function spaceOf(body: string, lines = ''): Workspace {
  const text = `#define OSID 0
struct memory_range { unsigned long long start, end; unsigned type; };
unsigned long strtoul(const char *, char **, int);
${lines}
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	int i = 0;
	${body}
	return 0;
}
`;
  return workspace(new Map([['os0/kexec/firmware_memmap.c', text]]));
}

function memoryOf(body: string, lines?: string) {
  const space = spaceOf(body, lines);
  const [node] = space.layout.nodes;
  if (!node) throw new Error('no node');
  return { ...space, memory: node.memory };
}

/** What stands where each row's members were written. */
function written(body: string, lines?: string) {
  const { memory, text } = memoryOf(body, lines);
  const at = (one: { readonly place: Parameters<typeof text>[0] } | undefined) => one && text(one.place);
  return memory.ranges.map(({ entry }) => [at(entry?.start), at(entry?.end), at(entry?.type)].join(' '));
}

const ROW = 'range[0] = (struct memory_range){ 0x1000, 0x1fff, 0 }; *ranges = 1;';

describe('the members of rows that are of one value', () => {
  it('are those that were written with the start: to one structure', () => {
    expect(
      written(`range[0].start = 0x1000; range[0].end = 0x1fff; range[0].type = 0;
	range[1].start = 0x1800; range[1].end = 8191; range[1].type = 00;
	*ranges = 2;`),
    ).toEqual(['0x1000 0x1fff 0', '0x1800 8191 00']);
    expect(
      written(`struct memory_range a = { 0x1000, 0x1fff, 0 }, b = { 0x1800, 8191, 00 };
	range[0] = b; range[1] = a;
	*ranges = 2;`),
    ).toEqual(['0x1800 8191 00', '0x1000 0x1fff 0']);
  });

  it('are those of the same call', () => {
    const add = `static void add(struct memory_range *to, unsigned long long start, unsigned long long end)
{
	to->start = start; to->end = end; to->type = 0;
}`;
    expect(
      written('add(&range[0], 0x1000, 0x1fff); add(&range[1], 0x1800, 8191); *ranges = 2;', add),
    ).toEqual(['start end 0', 'start end 0']);
    const space = memoryOf('add(&range[0], 0x1000, 0x1fff); add(&range[1], 0x1800, 8191); *ranges = 2;', add);
    const origins = space.memory.ranges.map(({ entry }) => entry?.end && space.text(entry.end.origin));
    expect(origins).toEqual(['add(&range[0], 0x1000, 0x1fff)', 'add(&range[1], 0x1800, 8191)']);
  });

  it('are the last ones where nothing tells', () => {
    expect(
      written(`unsigned long long first = 0x1000;
	range[1].end = 0x1fff; range[1].start = 0x1800;
	range[0].start = first; range[0].end = 8191;
	*ranges = 1;`),
    ).toEqual(['first 8191 ']);
  });
});

describe('a table', () => {
  const roomOf = (lines: string) => {
    const { memory } = memoryOf(ROW, lines);
    return memory.from === 'table' ? memory.room : memory.from;
  };

  it.each([
    ['', 2048],
    ['#define MAX_MEMORY_RANGES 3', 3],
    ['#define MAX_MEMORY_RANGES 1', 1],
    ['#define MAX_MEMORY_RANGES 0', 2048],
    ['#define MAX_MEMORY_RANGES (-1)', 2048],
    ['#define MAX_MEMORY_RANGES 100000', 100_000],
    ['#define MAX_MEMORY_RANGES 100001', 2048],
    ['extern int MAX_MEMORY_RANGES;', 2048],
  ])('has room: %s', (lines, room) => {
    expect(roomOf(lines)).toBe(room);
  });

  it('says how many rows it has, those that hold nothing and those behind its room too', () => {
    const counted = (count: string, lines?: string) => {
      const { memory } = memoryOf(`${ROW.replace('*ranges = 1;', '')} *ranges = ${count};`, lines);
      return memory.from === 'table' ? [memory.count, memory.ranges.length] : memory.from;
    };
    const room = '#define MAX_MEMORY_RANGES 2';
    expect(counted('1')).toEqual([1n, 1]);
    expect(counted('0')).toEqual([0n, 0]);
    expect(counted('-1', room)).toEqual([(1n << 64n) - 1n, 4]);
    const filled = `for (i = 0; i < 6; i++)
		range[i] = (struct memory_range){ 0x1000 * i, 0x1000 * i + 0xfff, 0 };
	*ranges = `;
    const rows = (count: number) => memoryOf(`${filled}${count};`, room).memory;
    expect(rows(4)).toMatchObject({ count: 4n, ranges: { length: 4 } });
    expect(rows(6)).toMatchObject({ count: 6n, ranges: { length: 4 } });
  });

  it('has addresses and the types of kexec, and numbers of others', () => {
    const { memory } = memoryOf(`range[0] = (struct memory_range){ 0x1000, 0x1fff, 0 };
	range[1] = (struct memory_range){ -0x2000, -0x1001, 7 };
	range[2] = (struct memory_range){ 0x3000, 0x3fff, 6 };
	*ranges = 3;`);
    expect(memory.ranges.map(({ range, type }) => [range.start, range.end, type])).toEqual([
      [0x1000n, 0x2000n, 'ram'],
      [(1n << 64n) - 0x2000n, (1n << 64n) - 0x1000n, 7],
      [0x3000n, 0x4000n, 'pmem'],
    ]);
  });

  it('goes by the numbers that the tree has for types', () => {
    const types = (lines: string) => memoryOf(ROW, lines).memory.ranges.map(({ type }) => type);
    expect(types('enum { RANGE_ACPI, RANGE_RAM };')).toEqual(['acpi']);
    const { memory } = memoryOf(`${ROW} range[1] = (struct memory_range){ 0x3000, 0x3fff, 1 }; *ranges = 2;`, 'enum { RANGE_ACPI, RANGE_RAM };'); // biome-ignore format: one call
    expect(memory.ranges.map(({ type }) => type)).toEqual(['acpi', 'ram']);
  });
});

describe('what may be another one at run time', () => {
  const changes = (body: string, lines: string) => {
    const { memory, text } = memoryOf(body, lines);
    return memory.ranges.map(({ entry }) => (entry?.unlessChangedAt ?? []).map(text));
  };

  it('is a row that rests on what an option sets, and no other', () => {
    const option = 'unsigned long last = 0x1fff;\nvoid option(char *text) { last = strtoul(text, 0, 0); }';
    expect(
      changes(
        `${ROW.replace('0x1fff', 'last')} range[1] = (struct memory_range){ 0x3000, 0x3fff, 0 }; *ranges = 2;`,
        option,
      ),
    ).toEqual([['last'], []]);
  });

  it('is every row where the number of rows does', () => {
    const option = 'unsigned long count = 2;\nvoid option(char *text) { count = strtoul(text, 0, 0); }';
    expect(
      changes(`${ROW} range[1] = (struct memory_range){ 0x3000, 0x3fff, 0 }; *ranges = count;`, option),
    ).toEqual([['count'], ['count']]);
  });

  it('is told once, though two members rest on it', () => {
    const option = 'unsigned long at = 0x1000;\nvoid option(char *text) { at = strtoul(text, 0, 0); }';
    const row = 'range[0] = (struct memory_range){ at, at + 0xfff, 0 }; *ranges = 1;';
    expect(changes(row, option)).toEqual([['at']]);
  });
});

describe('a table that is not known says', () => {
  const why = (body: string, lines?: string) => {
    const { memory, english } = memoryOf(body, lines);
    return memory.from === 'regions' ? english(memory.why) : 'known';
  };

  it('which row is not, and why', () => {
    expect(
      why(`${ROW} range[1] = (struct memory_range){ 0x3000, strtoul("", 0, 0), 0 }; *ranges = 2;`),
    ).toMatch(/1.*strtoul/);
  });

  it('that the number of rows is not, or is not said', () => {
    expect(why('*ranges = strtoul("", 0, 0);')).toMatch(/strtoul/);
    expect(why('range[0] = (struct memory_range){ 0x1000, 0x1fff, 0 };')).toMatch(
      /get_firmware_memmap_ranges/,
    );
  });
});
