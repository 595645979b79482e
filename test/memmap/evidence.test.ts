/** From the files that a project file names for a node: what they show together, and what they lack. */
import { describe, expect, it } from 'vitest';
import { faultMessage } from '../../server/src/memmap/observed/faults';
import { nodeEvidence } from '../../server/src/memmap/observed/gather';
import type { EvidenceKey } from '../../server/src/project/project-schema';
import { formatRange } from '../../server/src/range';
import { image } from './image';
import { workspace } from './workspace';

const NODE = `#define OSID 0
unsigned long mint_region1_start = 0x1000, mint_region1_size = 0x9f000;
unsigned long mint_region3_start = 0x20000000, mint_region3_size = 0x18000000;
unsigned long ask(void);
void setup(void) {}
`;

const IOMEM = '00001000-0009ffff : System RAM\n20000000-37ffffff : System RAM\n';
const CODE = '  21000000-218fffff : Kernel code\n';
const SYSTEM_MAP = 'ffffffff81000000 T _text\nffffffff81900000 T _etext\n';
const KEXEC = 'MEMORY RANGES\n0000000000001000-000000000009ffff (0)\n0000000020000000-0000000037ffffff (0)\n';

/** The node with these files; a key without a text names a file that is not there. */
function nodeWith(files: Partial<Record<EvidenceKey, string | null>>, more: object = {}, source = NODE) {
  const keys = Object.keys(files);
  const entry = {
    osid: 0,
    source: 'os0',
    ...Object.fromEntries(keys.map((key) => [key, `${key}.txt`])),
    ...more,
  };
  const texts = Object.entries(files).flatMap(([key, text]) =>
    text === null ? [] : [[`${key}.txt`, text] as const],
  );
  const project = JSON.stringify({ nodes: [entry] });
  const space = workspace(
    new Map([['os0/kexec/firmware_memmap.c', source], ['kexec-mint.json', project], ...texts]),
  );
  const [node] = space.layout.nodes;
  if (!node) throw new Error('no node');
  const { kernelText, reports, problems } = node.evidence;
  const told = space.findings.filter(({ rule }) => ['unusable-evidence', 'internal-error'].includes(rule));
  return {
    text: kernelText && [
      formatRange(kernelText.range),
      kernelText.known,
      kernelText.file.split('/').at(-1),
      space.text(kernelText.place).trim(),
    ],
    reports: reports.map(({ file, ram, complete }) => [
      file.split('/').at(-1),
      ram.map(formatRange).join(),
      complete,
    ]),
    faults: problems.map(({ fault, file, place }) => [fault.code, file.split('/').at(-1), space.text(place)]),
    messages: told.map(({ message }) => space.english(message)),
    kernel: node.kernel,
  };
}

describe('where a kernel text lies', () => {
  it('is what the node’s own dump shows, whatever else is known', () => {
    expect(nodeWith({ iomem: IOMEM + CODE }).text).toEqual([
      '0x21000000–0x21900000',
      'seen',
      'iomem.txt',
      '21000000-218fffff',
    ]);
    const both = nodeWith({ iomem: IOMEM + CODE, systemMap: SYSTEM_MAP }, { kernelTextStart: '0x30000000' });
    expect(both.text?.[1]).toBe('seen');
    expect(both.faults).toEqual([]);
  });

  it('is the size of its file at the start that the project file says', () => {
    expect(nodeWith({ systemMap: SYSTEM_MAP }, { kernelTextStart: '0x30000000' }).text).toEqual([
      '0x30000000–0x30900000',
      'configured',
      'systemMap.txt',
      '"0x30000000"',
    ]);
  });

  it('is that size where kexec puts the kernel', () => {
    expect(nodeWith({ systemMap: SYSTEM_MAP, bzImage: image() }).text).toEqual([
      '0x34c00000–0x35500000',
      'computed',
      'systemMap.txt',
      '"systemMap.txt"',
    ]);
    expect(
      nodeWith({ systemMap: SYSTEM_MAP, bzImage: image() }, { kernelTextStart: '0x30000000' }).text?.[1],
    ).toBe('configured');
  });

  it('is not known of a usual kernel, of one that finds no room, or in memory that is not known', () => {
    expect(nodeWith({ systemMap: SYSTEM_MAP }).text).toBeUndefined();
    expect(
      nodeWith({ systemMap: SYSTEM_MAP, bzImage: image() }, { memMax: '0x1000000' }).text,
    ).toBeUndefined();
    const unknown = NODE.replace('void setup(void) {}', 'void setup(void) { mint_region3_size = ask(); }');
    const found = nodeWith({ systemMap: SYSTEM_MAP, bzImage: image() }, {}, unknown);
    expect([found.text, found.kernel]).toEqual([undefined, undefined]);
  });
});

describe('what is lacking for a kernel text', () => {
  const faults = (...given: Parameters<typeof nodeWith>) => nodeWith(...given).faults;

  it('is its start, where a size is known', () => {
    expect(faults({ systemMap: SYSTEM_MAP })).toEqual([['no-start', 'systemMap.txt', '"systemMap.txt"']]);
  });

  it('is its size, where a start is known alone', () => {
    expect(faults({}, { kernelTextStart: '0x30000000' })).toEqual([
      ['start-alone', 'kexec-mint.json', '"0x30000000"'],
    ]);
    expect(faults({ bzImage: image() })).toEqual([['start-alone', 'bzImage.txt', '"bzImage.txt"']]);
    expect(faults({ bzImage: image() }, { kernelTextStart: '0x30000000' })).toEqual([
      ['start-alone', 'bzImage.txt', '"0x30000000"'],
    ]);
  });

  it('is a size in the file that is named for it', () => {
    expect(faults({ systemMap: 'ffffffff81000000 T _text\n' })).toEqual([
      ['no-size', 'systemMap.txt', '"systemMap.txt"'],
    ]);
  });

  it('is told once: of a file that is not there, or holds something else', () => {
    expect(faults({ systemMap: null })).toEqual([['absent', 'systemMap.txt', '"systemMap.txt"']]);
    expect(faults({ systemMap: 'hello\n' }).map(([code]) => code)).toEqual(['nothing-recognized']);
    expect(faults({ bzImage: null })).toEqual([['absent', 'bzImage.txt', '"bzImage.txt"']]);
    expect(faults({ vmlinux: null, bzImage: image() })).toEqual([['absent', 'vmlinux.txt', '"vmlinux.txt"']]);
  });

  it('is nothing where nobody asks for one', () => {
    expect(faults({ iomem: IOMEM })).toEqual([]);
    expect(faults({})).toEqual([]);
  });
});

describe('a dump', () => {
  it('is a report of the RAM that it shows, in the order of their keys', () => {
    const { reports, faults } = nodeWith({ kexecOutput: KEXEC, iomem: IOMEM });
    expect(reports).toEqual([
      ['iomem.txt', '0x1000–0xa0000,0x20000000–0x38000000', true],
      ['kexecOutput.txt', '0x1000–0xa0000,0x20000000–0x38000000', true],
    ]);
    expect(faults).toEqual([]);
  });

  it('that shows no RAM is none', () => {
    expect(nodeWith({ iomem: '00001000-0009ffff : Reserved\n' }).reports).toEqual([]);
  });

  it('of which a line could not be read is not complete, and says which at the line', () => {
    const { reports, faults } = nodeWith({ iomem: `${IOMEM}3000zzzz-3fffffff : System RAM\n` });
    expect(reports.map(([, , complete]) => complete)).toEqual([false]);
    expect(faults).toMatchObject([[expect.any(String), 'iomem.txt', expect.stringContaining('3000zzzz')]]);
  });

  it('of which a line stands below one that does not hold it is complete all the same', () => {
    const { reports, faults } = nodeWith({ iomem: `${IOMEM}  37000000-38ffffff : Kernel data\n` });
    expect(reports).toEqual([['iomem.txt', '0x1000–0xa0000,0x20000000–0x38000000', true]]);
    expect(faults).toEqual([['outside-parent', 'iomem.txt', '37000000-38ffffff']]);
  });

  it('that cannot be read says why, at the key', () => {
    const project = JSON.stringify({ nodes: [{ osid: 0, source: 'os0', iomem: 'iomem.txt' }] });
    const files = [
      ['os0/kexec/firmware_memmap.c', NODE],
      ['kexec-mint.json', project],
    ] as const;
    const space = workspace(new Map(files));
    const [facts] = space.context.project.file?.nodes ?? [];
    if (!facts) throw new Error('no facts');
    const { problems } = nodeEvidence(facts, undefined, () => ({ error: 'EACCES' }));
    expect(problems.map(({ place }) => space.text(place))).toEqual(['"iomem.txt"']);
    const said = problems.map(({ fault }) => space.english(faultMessage(fault, 'iomem.txt')));
    expect(said).toEqual([expect.stringMatching(/^iomem\.txt cannot be read: .*permission/i)]);
  });

  it('that is something else says so at the key, and no line', () => {
    expect(nodeWith({ iomem: 'hello\nworld\n' }).faults).toEqual([
      ['nothing-recognized', 'iomem.txt', '"iomem.txt"'],
    ]);
    expect(nodeWith({ iomem: '00000000-00000000 : System RAM\n' }).faults).toEqual([
      ['unprivileged', 'iomem.txt', '"iomem.txt"'],
    ]);
  });

  it('that is not there says so in words', () => {
    expect(nodeWith({ iomem: null }).messages).toEqual([expect.stringMatching(/OS node 0.*iomem\.txt/)]);
  });

  it('that is of no use names the part that is lacking, the form, or what was expected', () => {
    const old = [...image()].with(0x206, '\x09').join('');
    expect(nodeWith({ bzImage: image().slice(0, 0x240) }).messages).toEqual([
      expect.stringMatching(/bzImage\.txt ends inside its setup header\.$/),
    ]);
    expect(nodeWith({ bzImage: old }).messages).toEqual([
      expect.stringMatching(/bzImage\.txt is not used: its boot protocol is older than 2\.10/),
    ]);
    expect(nodeWith({ bzImage: 'hello' }).messages).toEqual([
      expect.stringMatching(/bzImage\.txt does not look like a bzImage\./),
    ]);
  });
});

describe('where kexec puts the kernel', () => {
  it('of a usual one below what is told not to be used', () => {
    const placed = (more: object) => {
      const { kernel } = nodeWith({}, more);
      const placement = kernel?.placement;
      return placement?.kind === 'placed' ? formatRange(placement.segments.kernel) : placement?.kind;
    };
    expect(placed({})).toBe('0x33e00000–0x37e00000');
    expect(placed({ memMax: '0x2fffffff' })).toBe('0x2be00000–0x2fe00000');
    expect(placed({ memMin: '0x37000000' })).toBe('nowhere');
  });

  it('in what its table says is RAM, whatever its regions say', () => {
    const table = `struct memory_range { unsigned long long start, end; unsigned type; };
int get_firmware_memmap_ranges(struct memory_range *range, unsigned long *ranges)
{
	mint_region3_size = ask();
	range[0] = (struct memory_range){ 0x8000000, 0xfffffff, 0 };
	range[1] = (struct memory_range){ 0x20000000, 0x2fffffff, 1 };
	*ranges = 2;
	return 0;
}
`;
    const { kernel } = nodeWith({}, {}, NODE + table);
    expect(kernel?.placement).toMatchObject({ segments: { kernel: { start: 0xbe00000n, end: 0xfe00000n } } });
  });

  it('is by the header of the one that is named, where that can be read', () => {
    expect(nodeWith({ bzImage: image() }).kernel).toMatchObject({ image: { initSize: 0x3378000n }, file: expect.stringContaining('bzImage.txt') }); // biome-ignore format: one line
    for (const bad of ['hello', null]) {
      expect(nodeWith({ bzImage: bad }).kernel).toMatchObject({
        image: { initSize: 0x4000000n },
        file: undefined,
      });
    }
  });
});
