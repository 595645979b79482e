/** What dumps of a node show beside its regions, and what is said of it. */
import { describe, expect, it } from 'vitest';
import type { EvidenceKey } from '../../server/src/project/project-schema';
import { type Workspace, workspace } from './workspace';

type Dumps = Partial<Record<EvidenceKey, string>>;

const NODE = `#define OSID 0
unsigned long mint_region2_start = 0x8000000, mint_region2_size = 0x8000000;
unsigned long mint_region3_start = 0x20000000, mint_region3_size = 0x18000000;
void setup(void) {}
`;

/** One node, and its dumps by the keys of the project file; the name of each file is its key. */
function spaceOf(dumps: Dumps, source = NODE, more: object = {}): Workspace {
  const keys = Object.keys(dumps);
  const node = { osid: 0, source: 'os0', ...Object.fromEntries(keys.map((key) => [key, key])), ...more };
  const texts = Object.entries(dumps).map(([key, text]) => [key, text] as const);
  return workspace(
    new Map([
      ['os0/kexec/firmware_memmap.c', source],
      ['kexec-mint.json', JSON.stringify({ nodes: [node] })],
      ...texts,
    ]),
  );
}

interface Told {
  readonly message: string;
  readonly at: string;
  readonly seen: readonly string[];
  readonly fixes: readonly string[];
}

function told(space: Workspace, rule = 'evidence-mismatch'): readonly Told[] {
  const found = space.findings.filter((each) => [rule, 'internal-error'].includes(each.rule));
  return found.map(({ message, place, related, fixes }) => ({
    message: space.english(message).replace(/^.*? here\. Not so in /, ''),
    at: space.text(place),
    seen: related.map((other) => space.english(other.message).replace('OS node 0 reports ', '')),
    fixes: fixes.map(({ title }) => space.english(title)),
  }));
}

const ram = (...ranges: readonly string[]) =>
  ['08000000-0fffffff', ...ranges].map((range) => `${range} : System RAM`).join('\n');
const log = (...ranges: readonly (readonly [string, string])[]) =>
  [['8000000', 'fffffff'] as const, ...ranges]
    .map(([start, last]) => `user: [mem 0x${start.padStart(16, '0')}-0x${last.padStart(16, '0')}] usable`)
    .join('\n');

const SHORT = '20000000-2fffffff';

describe('a region that a dump shows otherwise', () => {
  it('can take what the dump has', () => {
    expect(told(spaceOf({ iomem: ram(SHORT) }))).toEqual([
      {
        message:
          'iomem: 0x30000000–0x38000000 (128 MiB) is no RAM there. A dump may be older than this line.',
        at: '0x18000000',
        seen: ['0x20000000–0x30000000 (System RAM)'],
        fixes: ["Take the value from evidence: OS node 0's region3 becomes 0x20000000–0x30000000"],
      },
    ]);
  });

  it('cannot where dumps do not agree with each other', () => {
    const both = spaceOf({ iomem: ram(SHORT), kernelLog: log(['20000000', '27ffffff']) });
    expect(told(both).map(({ fixes }) => fixes)).toEqual([[], []]);
    const one = spaceOf({ iomem: ram(SHORT), kernelLog: log(['20000000', '37ffffff']) });
    expect(told(one).map(({ message, fixes }) => [message, fixes])).toEqual([
      ['iomem: 0x30000000–0x38000000 (128 MiB) is no RAM there. It is as here in kernelLog.', []],
    ]);
  });

  it('can where they agree, and is told once', () => {
    const space = spaceOf({ iomem: ram(SHORT), kernelLog: log(['20000000', '2fffffff']) });
    expect(told(space)).toMatchObject([
      {
        message: expect.stringMatching(/^iomem and kernelLog: /),
        fixes: [expect.stringContaining('Take the value')],
      },
    ]);
  });

  it('cannot where it lies in two pieces', () => {
    const [first] = told(spaceOf({ iomem: ram('20000000-27ffffff', '30000000-37ffffff') }));
    expect(first).toMatchObject({ at: '0x18000000', fixes: [] });
  });

  it('cannot where kexec gets a part of it alone', () => {
    const table = `struct memory_range { unsigned long long start, end; unsigned type; };
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	range[0] = (struct memory_range){ 0x8000000, 0xfffffff, 0 };
	range[1] = (struct memory_range){ 0x20000000, 0x2fffffff, 0 };
	*ranges = 2;
	return 0;
}
`;
    const found = told(spaceOf({ iomem: ram('20000000-27ffffff') }, NODE + table));
    expect(found).toMatchObject([{ message: expect.stringContaining('0x28000000–0x30000000'), fixes: [] }]);
  });

  it('is told at its start where that differs', () => {
    const found = told(spaceOf({ iomem: ram('28000000-37ffffff') }));
    expect(found).toMatchObject([
      { at: '0x20000000', fixes: [expect.stringContaining('0x28000000–0x38000000')] },
    ]);
  });
});

describe('the line of the dump', () => {
  const seen = (...lines: readonly string[]) =>
    told(spaceOf({ iomem: ['08000000-0fffffff : System RAM', ...lines].join('\n') })).map((one) => one.seen);

  it('is that of the RAM in the place of the region', () => {
    expect(seen('20000000-2fffffff : Reserved', '30000000-37ffffff : System RAM')).toEqual([
      ['0x30000000–0x38000000 (System RAM)'],
    ]);
  });

  it('is that of RAM that no region gives, before it', () => {
    expect(seen('20000000-37ffffff : System RAM', '38000000-3fffffff : System RAM')).toEqual([
      ['0x38000000–0x40000000 (System RAM)'],
    ]);
  });

  it('is that of what is there in its place, where there is no RAM', () => {
    expect(seen('20000000-37ffffff : PCI Bus 0000:00')).toEqual([
      ['0x20000000–0x38000000 (PCI Bus 0000:00)'],
    ]);
    expect(seen('20000000-37ffffff : 0000:00:02.0')).toEqual([['0x20000000–0x38000000 (0000:00:02.0)']]);
  });

  it('is that of the first RAM, where nothing is there', () => {
    expect(seen()).toEqual([['0x8000000–0x10000000 (System RAM)']]);
  });

  it('names the types that kexec prints as numbers', () => {
    const rows = ['0000000008000000-000000000fffffff (0)', '0000000020000000-0000000037ffffff (12)'];
    const space = spaceOf({ kexecOutput: ['MEMORY RANGES', ...rows].join('\n') });
    expect(told(space).map((one) => one.seen)).toEqual([['0x20000000–0x38000000 (type 12)']]);
  });
});

describe('what differs', () => {
  const differences = (...lines: readonly string[]) =>
    told(spaceOf({ iomem: ['08000000-0fffffff : System RAM', ...lines].join('\n') })).map(({ message }) =>
      message.replace(/^iomem: |\. [^.]*\.$/g, ''),
    );

  it('is told by what is there, the parts of which nothing is known first, surplus RAM last', () => {
    expect(
      differences(
        '20000000-21ffffff : ACPI Tables',
        '22000000-22ffffff : System RAM',
        '23000000-24ffffff : Reserved',
        '30000000-37ffffff : System RAM',
        '38000000-38ffffff : System RAM',
      ),
    ).toEqual([
      [
        '0x25000000–0x30000000 (176 MiB) is no RAM there',
        '0x20000000–0x22000000 (32 MiB) holds ACPI tables there',
        '0x23000000–0x25000000 (32 MiB) is reserved there',
        '0x38000000–0x39000000 (16 MiB) is RAM there and not here',
      ].join('; '),
    ]);
  });

  it('is told once where the dump has entries in entries, by the outermost that is of a kind', () => {
    expect(
      differences(
        '20000000-2fffffff : System RAM',
        '30000000-33ffffff : Reserved',
        '  31000000-31ffffff : ACPI Tables',
        '34000000-37ffffff : PCI Bus 0000:00',
        '  36000000-37ffffff : ACPI Non-volatile Storage',
      ),
    ).toEqual([
      [
        '0x34000000–0x36000000 (32 MiB) is no RAM there',
        '0x30000000–0x34000000 (64 MiB) is reserved there',
        '0x36000000–0x38000000 (32 MiB) is ACPI non-volatile storage there',
      ].join('; '),
    ]);
  });

  it('is no RAM where something else lies there that is of no kind', () => {
    expect(differences('20000000-2fffffff : System RAM', '30000000-37ffffff : PCI Bus 0000:00')).toEqual([
      '0x30000000–0x38000000 (128 MiB) is no RAM there',
    ]);
  });
});

describe('holes alone are information', () => {
  const severityIn = (source: string, ...lines: readonly string[]) => {
    const iomem = ['08000000-0fffffff : System RAM', ...lines].join('\n');
    const { findings } = spaceOf({ iomem }, source);
    return findings.filter(({ rule }) => rule === 'evidence-mismatch').map((one) => one.severity);
  };
  const severity = (...lines: readonly string[]) => severityIn(NODE, ...lines);

  it('anywhere below 1 MiB, but for a region that is nothing else', () => {
    const low = NODE.replace('start = 0x20000000', 'start = 0x20000').replace('0x18000000', '0x20000');
    const ends = [
      '00020000-00020fff : Reserved',
      '00021000-0003efff : System RAM',
      '0003f000-0003ffff : Reserved',
    ];
    expect(severityIn(low, ...ends)).toEqual(['information']);
    expect(severityIn(low, '00020000-0003ffff : Reserved')).toEqual(['warning']);
  });

  it('in the midst of a region', () => {
    expect(severity('20000000-27ffffff : System RAM', '28000000-28ffffff : Reserved', '29000000-37ffffff : System RAM')).toEqual(['information']); // biome-ignore format: one line
  });

  it('and not at its ends, where nothing says what they are, or with more RAM beside', () => {
    expect(severity('20000000-20ffffff : Reserved', '21000000-37ffffff : System RAM')).toEqual(['warning']);
    expect(severity('20000000-36ffffff : System RAM', '37000000-37ffffff : Reserved')).toEqual(['warning']);
    expect(severity('20000000-20ffffff : Reserved', '21000000-27ffffff : System RAM', '28000000-28ffffff : Reserved', '29000000-37ffffff : System RAM')).toEqual(['warning']); // biome-ignore format: one line
    expect(severity('20000000-27ffffff : System RAM', '29000000-37ffffff : System RAM')).toEqual(['warning']);
    expect(severity('20000000-27ffffff : System RAM', '28000000-28ffffff : Reserved', '29000000-38ffffff : System RAM')).toEqual(['warning']); // biome-ignore format: one line
  });
});
