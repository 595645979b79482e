/** `verify` and `hover` as a shell meets them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '../../server/src/cli/plain-text';
import { run, temporaryFolder } from './command-line';

const MEMMAP = 'kexec-mint-os2/kexec/firmware_memmap.c';

const folder = temporaryFolder();
beforeEach(() => folder.sample('three-nodes'));

const dump = (name: string) => readFileSync(join(folder.path, 'dumps', name), 'utf8');
const here = (words: readonly string[], input?: string) =>
  run(words, { cwd: folder.path, ...(input === undefined ? {} : { input }) });

describe('verify', () => {
  it.each(['iomem', 'kexec', 'dmesg'])(
    'takes what the node prints as .%s, which it knows by itself',
    (kind) => {
      const { status, stdout } = here(['verify', '--node', `2=dumps/os2.${kind}`]);
      expect(stdout).toMatch(/^ {2}region3 +0x50000000–0x68000000 +as predicted$/m);
      expect(stdout).toMatch(/OS node 2: the machine shows what is predicted\.\n$/);
      expect(status).toBe(0);
    },
  );

  it('reads standard input, and tells where the kernel text lies', () => {
    const { status, stdout } = here(['verify', '--node', '2=-'], dump('os2.iomem'));
    expect(status).toBe(0);
    expect(stdout).toMatch(/^OS node 2 \(kexec-mint-os2\) beside standard input \(\/proc\/iomem\):/);
    expect(stdout).toContain('Kernel text: 0x5f000000–0x5fe02480');
  });

  it('ends with 1 where a machine shows other memory', () => {
    const shrunk = dump('os2.iomem').replace('50000000-67ffffff', '50000000-5fffffff');
    const words = ['verify', '--node=2=-', '--node', '1=dumps/os1.iomem'];
    const { status, stdout } = here(words, shrunk);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ {2}region3 .* differs: 0x60000000–0x68000000 \(128 MiB\) is no RAM there$/m);
    expect(stdout).toContain('OS node 1: the machine shows what is predicted.');
    const report = JSON.parse(here([...words, '--format', 'json'], shrunk).stdout);
    expect(report).toMatchObject({
      version: 1,
      agrees: false,
      nodes: [
        { osid: 2, format: 'iomem', agrees: false },
        { osid: 1, agrees: true, unknown: [] },
      ],
    });
    expect(report.nodes[0].parts[2]).toEqual({
      name: 'region3',
      start: '0x50000000',
      end: '0x68000000',
      outcome: 'differs',
      missing: [{ start: '0x60000000', end: '0x68000000' }],
      surplus: [],
    });
  });

  it('ends with 1 where it is not known what to expect', () => {
    const path = join(folder.path, MEMMAP);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('mint_memory_size - 0x8000000', 'sizeof_the_kernel()'));
    const { status, stdout } = here(['verify', '--node', '2=dumps/os2.iomem']);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^ {2}region3 +unknown +.*sizeof_the_kernel/m);
  });

  it.each([
    [['verify'], '', 'verify needs --node OSID=FILE'],
    [['verify', '--node', '2'], '', '2 is no OSID=FILE'],
    [['verify', '--node', 'two=x'], '', 'two is not an OSID'],
    [['verify', '--node', '2=nowhere'], '', 'nowhere cannot be read: it is not there (ENOENT).'],
    [['verify', '--node', '7=dumps/os2.iomem'], '', 'There is no OS node 7, only OS nodes 0–2.'],
    [['verify', '--node', '2=-'], 'no memory\n', 'standard input shows no RAM'],
    [['verify', '--node', '2=-'], '00000000-00000000 : System RAM\n', 'Read /proc/iomem as root'],
    [['verify', '--node', '2=-', '--node', '1=-'], '', 'Standard input is one dump'],
  ])('%j is refused', (words, input, why) => {
    const { status, stdout, stderr } = here(words, input);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(why);
  });
});

describe('hover', () => {
  /** `FILE:LINE:COL` of the text in the file. */
  const place = (file: string, text: string) => {
    const before = readFileSync(join(folder.path, file), 'utf8').split(text)[0]?.split('\n') ?? [];
    return `${file}:${before.length}:${(before.at(-1) ?? '').length + 1}`;
  };

  it('tells of a region what the editor does, plain or as it is', () => {
    const at = place(MEMMAP, 'mint_region3_size =');
    const plain = here(['hover', at]);
    expect(plain.status).toBe(0);
    expect(plain.stdout).toMatch(/0x50000000 .*0x68000000/);
    expect(plain.stdout).not.toMatch(/\*\*|`|\]\(/);
    const markdown = here(['hover', at, '--format', 'markdown']).stdout;
    expect(markdown).toContain('**');
    expect(plainText(markdown)).toBe(plain.stdout.trimEnd());
    const elsewhere = ['hover', join(folder.path, at), '--dir', folder.path];
    expect(run(elsewhere).stdout).toBe(plain.stdout);
  });

  it('tells of a dump whose memory a range is', () => {
    expect(here(['hover', place('dumps/os2.iomem', '50000000-67ffffff')]).stdout).toContain('region3');
  });

  it.each([
    [['hover', 'mint.h'], 'mint.h is no place'],
    [['hover', `${MEMMAP}:0:1`], 'both counted from 1'],
    [['hover', 'kexec-mint.txt:1:1'], 'Nothing below . reads kexec-mint.txt'],
    [['hover', `${MEMMAP}:1:1`], 'nothing to tell of kexec-mint-os2/kexec/firmware_memmap.c:1:1'],
  ])('%j is refused', (words, why) => {
    const { status, stdout, stderr } = here(words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(why);
  });
});

it('Markdown becomes plain: tables in columns, links by their names', () => {
  const markdown =
    '**`a`** \\* [mint.h:1](file:///mint.h#L1,1)\n\n| x | yy |\n|---|---|\n| `0x1` | 2 |\n\n- one\n- *two*';
  expect(plainText(markdown)).toBe('a * mint.h:1\n\nx    yy\n0x1  2\n\n- one\n- two');
});
