/** The page on what was found, and what it says of single files. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../../server/src/project/settings';
import { found } from '../../server/src/service/features/found';
import { createService } from '../../server/src/service/service';
import { FOLDER, MemoryFiles, realParser, uriOf } from './memory-files';

const parser = await realParser();

const TREE = `#include "mint.h"
void setup(void)
{
	mint_region3_start = 0x20000000ul + OSID * 0x18000000ul;
	mint_region3_size = 0x18000000ul;
}
`;
const HEADER = 'static unsigned long mint_region3_start, mint_region3_size;\n';

/** Two trees and a third that is not used, with dumps; beside a project, a tree of none. */
const FILES: Readonly<Record<string, string>> = {
  'lab/kexec-mint.json': JSON.stringify({
    nodes: [
      { osid: 0, source: 'os0', iomem: 'dumps/os0.iomem', vmlinux: 'dumps/vmlinux' },
      { osid: 4, kernelLog: 'dumps/dmesg' },
    ],
  }),
  'lab/os0/kexec/firmware_memmap.c': TREE,
  'lab/os0/kexec/mint.h': HEADER,
  'lab/os0/kexec/other.h': '',
  'lab/os0/kexec/kexec.c': 'int main(void) { return 0; }\n',
  'lab/os0/util/tool.c': '',
  'lab/os0/compile_commands.json': JSON.stringify([
    { file: '/x/kexec/firmware_memmap.c', arguments: ['cc', '-DFROM_DATABASE=1'] },
  ]),
  'lab/os1/kexec/firmware_memmap.c': TREE,
  'lab/os1/kexec/mint.h': `#define OSID 1\n${HEADER}`,
  'lab/os0-old/kexec/firmware_memmap.c': TREE,
  'lab/os0-old/kexec/mint.h': `#define OSID 0\n${HEADER}`,
  'lab/dumps/os0.iomem': '20000000-37ffffff : System RAM\n',
  'lab/dumps/dmesg': '',
  'lab/notes.txt': '',
  'lab/main.c': '',
  'elsewhere/os7/kexec/firmware_memmap.c': TREE,
  'elsewhere/os7/kexec/mint.h': HEADER,
  'elsewhere/os7/Makefile': 'CFLAGS = -O2\n',
  'elsewhere/iomem-of-7.iomem': '',
};

async function page(
  file?: string,
  locale: 'en' | 'ja' = 'en',
  given: Partial<Settings> = {},
): Promise<string> {
  const service = createService({
    files: new MemoryFiles(Object.entries(FILES)),
    parser,
    folders: () => [FOLDER],
    settings: { ...DEFAULT_SETTINGS, ...given },
  });
  return found(
    await service.snapshot(),
    file === undefined ? undefined : file.includes(':') ? file : uriOf(file),
    locale,
  );
}

/** What the page says of one file. */
async function about(
  file: string,
  locale: 'en' | 'ja' = 'en',
  given: Partial<Settings> = {},
): Promise<string> {
  return (await page(file, locale, given)).split('\n\n')[2] ?? '';
}

describe('the page', () => {
  it('tells the search, the projects, and of each tree which OS node it is for and why', async () => {
    expect(await page()).toBe(`# What was found

## The search

- Searched: \`/workspace\`
- The extension works on files that match \`kexecMint.files\`: \`**/kexec/firmware_memmap.c, **/kexec/mint.h\`
- Source trees found: 4

## Project \`lab/kexec-mint.json\`

What it says counts for the source trees below its folder.

### \`lab/os0-old\`

- Not used: kexec-mint.json names another source tree for OS node 0.
- Neither \`compile_commands.json\` nor a Makefile in it gives the compiler definitions (\`-D\`).

### \`lab/os0\`

- OS node 0: kexec-mint.json says so, \`lab/kexec-mint.json:1\`.
- Read: \`lab/os0/kexec/firmware_memmap.c, lab/os0/kexec/mint.h\`
- Not needed, as nothing that is read calls what they define: \`lab/os0/kexec/kexec.c\`
- Compiled with \`-DFROM_DATABASE=1\`, as \`lab/os0/compile_commands.json\` has it.

### \`lab/os1\`

- OS node 1: \`OSID\` says so, \`lab/os1/kexec/mint.h:1\`.
- Read: \`lab/os1/kexec/firmware_memmap.c, lab/os1/kexec/mint.h\`
- Neither \`compile_commands.json\` nor a Makefile in it gives the compiler definitions (\`-D\`).

### Dumps and kernel files

- OS node 0, \`iomem\`: \`lab/dumps/os0.iomem\`.
- OS node 0, \`vmlinux\`: \`lab/dumps/vmlinux\`. vmlinux is not there, cannot be read, or is a link out of the workspace.
- OS node 4, \`kernelLog\`: \`lab/dumps/dmesg\`. It is not used: the OS node has no source tree.

## Without a project file: workspace

No kexec-mint.json lies above these source trees, so the editor's settings count. “Kexec-Mint: Create Project File” writes one.

### \`elsewhere/os7\`

- OS nodes 0–2: one tree serves all OSIDs.
- Read: \`elsewhere/os7/kexec/firmware_memmap.c, elsewhere/os7/kexec/mint.h\`
- \`elsewhere/os7/Makefile\` gives the compiler no definitions (\`-D\`).`);
  });

  it('says what to do where there is nothing', async () => {
    const service = createService({ files: new MemoryFiles([]), parser, folders: () => [] });
    const text = found(await service.snapshot(), undefined, 'en');
    expect(text).toContain('No folder is open');
    expect(text).toContain('No source tree was found');
  });

  it('is told in Japanese', async () => {
    const text = await page('lab/os1/kexec/mint.h', 'ja');
    expect(text).toContain('# 認識したファイル');
    expect(text).toContain('ソースツリー `lab/os1` が OS ノード 1 のために読みます');
    // Nothing is left in English but names.
    expect(text.replace(/`[^`]*`/g, '')).not.toMatch(/[a-z]+ [a-z]+ [a-z]+/);
  });

  it('escapes what files are called', async () => {
    const text = await page('lab/a`<b>*c*.txt');
    expect(text).toContain('## `` lab/a`<b>*c*.txt ``');
  });
});

/** A file, and words of what is said of it. */
const CASES: readonly (readonly [string, RegExp])[] = [
  [
    'lab/os0/kexec/firmware_memmap.c',
    /^- It is recognized: the memory map of the source tree `lab\/os0`, which OS node 0/,
  ],
  ['lab/os0-old/kexec/firmware_memmap.c', /^- It is recognized, and not used.*Change `source`/],
  ['lab/os0/kexec/mint.h', /^- It is recognized: the source tree `lab\/os0` reads it, for OS node 0\.$/],
  ['lab/os0/compile_commands.json', /^- It is recognized: what the source tree `lab\/os0` is compiled with/],
  ['lab/kexec-mint.json', /^- It is recognized: the project file of `lab\/os0-old, lab\/os0, lab\/os1`/],
  ['lab/dumps/os0.iomem', /^- It is recognized: kexec-mint.json names it as `iomem` of OS node 0\.$/],
  ['elsewhere/iomem-of-7.iomem', /by its name: `\*\.iomem.*\n- No kexec-mint\.json says/],
  ['lab/os0/kexec/other.h', /^- It is not recognized: nothing that .* includes it.*\n- .*no pattern/],
  ['lab/os0/kexec/kexec.c', /^- It is not read: nothing that .* calls.*\n- .*no pattern/],
  ['lab/os0/util/tool.c', /^- It is not read: of the source tree .* only the C files beside/],
  ['lab/main.c', /^- It is not recognized: it lies in no source tree.*\n- .*no pattern/],
  ['lab/notes.txt', /^- It is not recognized: its name is that of no C file/],
  ['node_modules/kexec/firmware_memmap.c', /the search did not come upon it/],
  ['file:///other/kexec/firmware_memmap.c', /^- It is not recognized: it lies outside of the folders/],
  ['file:///other/os0.iomem', /^- It is not recognized: it lies outside of the folders/],
];

describe('of a file it is said', () => {
  it.each(CASES)('%s', async (file, words) => {
    expect(await about(file)).toMatch(words);
  });

  it('that its values count and nothing is shown in it, where the setting leaves it out', async () => {
    const text = await about('lab/os1/kexec/mint.h', 'en', { files: ['**/kexec/firmware_memmap.c'] });
    expect(text).toMatch(
      /^- It is recognized: the source tree `lab\/os1` reads it.*\n- The editor shows nothing in it/,
    );
  });

  it('that it is no text, where it is its tree that cannot be read', async () => {
    const files = new MemoryFiles([]);
    files.write('os0/kexec/firmware_memmap.c', new Uint8Array([0x7f, 0, 1]));
    const service = createService({ files, parser, folders: () => [FOLDER] });
    const text = found(await service.snapshot(), uriOf('os0/kexec/firmware_memmap.c'), 'en');
    expect(text).toContain('it is no text (it holds a NUL byte)');
  });
});
