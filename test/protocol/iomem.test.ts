/** Dumps of /proc/iomem in the server as an editor meets it. */
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DefinitionRequest,
  type DocumentLink,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FileChangeType,
  type FoldingRange,
  FoldingRangeRequest,
  type Location,
  type Position,
} from 'vscode-languageserver/node';
import { TestClient } from './client';

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const NODE_2 = 'kexec-mint-os2/kexec/firmware_memmap.c';
const DUMP = 'dumps/os2.iomem';

const OS2 = `00000000-00000fff : Reserved
00040000-0005ffff : System RAM
18000000-1fffffff : System RAM
50000000-67ffffff : System RAM
  51000000-51a09987 : Kernel code
  51c00000-51ffffff : Kernel data
`;

let client: TestClient;

beforeEach(async () => {
  client = new TestClient('three-nodes');
  client.write(DUMP, OS2);
  client.write('kexec-mint.json', JSON.stringify({ nodes: [{ osid: 2, iomem: DUMP }] }));
});
afterEach(() => client.dispose());

const at = (path: string) => ({ textDocument: { uri: client.uri(path) } });

async function folds(path: string): Promise<FoldingRange[] | null> {
  return client.connection.sendRequest(FoldingRangeRequest.type, at(path));
}

async function links(path: string): Promise<DocumentLink[]> {
  return (await client.connection.sendRequest(DocumentLinkRequest.type, at(path))) ?? [];
}

async function definitions(path: string, position: Position): Promise<readonly Location[]> {
  const found = await client.connection.sendRequest(DefinitionRequest.type, { ...at(path), position });
  return found as Location[];
}

/** The line that a link leads to. */
function lineOf({ target = '' }: DocumentLink): string {
  const [, path = '', line] = /^(.*)#L(\d+),\d+$/.exec(target) ?? [];
  const file = path.replace(client.uri(''), '').replace(/^\//, '');
  return (client.read(file).split('\n')[Number(line) - 1] ?? '').trim();
}

describe('a dump that kexec-mint.json names', () => {
  beforeEach(async () => {
    await client.initialize();
    await client.open(DUMP, OS2, 'iomem');
  });

  it('folds, and links each range to the statement that sets its region', async () => {
    expect(await folds(DUMP)).toEqual([{ startLine: 3, endLine: 5 }]);
    const found = await links(DUMP);
    expect(found.map(({ range }) => client.document(DUMP).getText(range))).toEqual([
      '00040000-0005ffff',
      '18000000-1fffffff',
      '50000000-67ffffff',
    ]);
    expect(found.map(({ target }) => target?.split('#')[0])).toEqual(found.map(() => client.uri(NODE_2)));
    expect(found.map(lineOf)).toEqual([
      expect.stringMatching(/^mint_region1_start =/),
      expect.stringMatching(/^mint_region2_start =/),
      expect.stringMatching(/^mint_region3_start =/),
    ]);
  });

  it('tells whose memory a range is, and leads to it', async () => {
    const ram = client.find(DUMP, '50000000').start;
    expect(await client.hover(DUMP, ram)).toContain('this dump agrees');
    const text = await client.hover(DUMP, client.find(DUMP, 'Kernel code').start);
    expect(text).toContain('The kernel text of OS node 2.');
    expect(text).toContain('`0x51000000–0x51a09988` · 10525064 bytes');
    const lines = client.read(NODE_2).split('\n');
    const found = await definitions(DUMP, ram);
    expect(found.map(({ uri }) => uri)).toEqual([client.uri(NODE_2), client.uri(NODE_2)]);
    expect(found.map(({ range }) => lines[range.start.line]?.trim().split(' ')[0])).toEqual([
      'mint_region3_start',
      'mint_region3_size',
    ]);
  });

  it('is compared anew when a tree or the dump is edited', async () => {
    await client.open(NODE_2);
    await client.replace(NODE_2, 'mint_memory_size - 0x8000000', '0x10000000');
    const ram = client.find(DUMP, '50000000').start;
    expect(await client.hover(DUMP, ram)).toContain('`0x60000000–0x68000000` (128 MiB)');
    await client.replace(DUMP, '67ffffff', '5fffffff');
    expect(await client.hover(DUMP, ram)).toContain('this dump agrees');
  });

  it('gets nothing that is for C, and C nothing that is for dumps', async () => {
    await client.open(NODE_0);
    expect(await client.connection.sendRequest(DocumentSymbolRequest.type, at(DUMP))).toEqual([]);
    expect(await links(NODE_0)).toEqual([]);
    expect(await folds(NODE_0)).toBeNull();
  });

  it('is not taken for one under another name once it is closed', async () => {
    client.write('dumps/copy.log', OS2);
    await client.open('dumps/copy.log', OS2, 'iomem');
    expect(await links('dumps/copy.log')).not.toEqual([]);
    await client.close('dumps/copy.log');
    await client.open('dumps/copy.log', OS2, 'log');
    expect(await links('dumps/copy.log')).toEqual([]);
  });

  it('is read again when it changes on disk', async () => {
    await client.close(DUMP);
    const ram = { line: 3, character: 0 };
    expect(await client.hover(DUMP, ram)).toContain('this dump agrees');
    client.write(DUMP, OS2.replace('67ffffff', '5fffffff'));
    await client.changedOnDisk(DUMP, FileChangeType.Changed);
    expect(await client.hover(DUMP, ram)).toContain('is no RAM in this dump');
  });
});

describe('a dump that nothing names', () => {
  it('is answered for in a workspace without source trees', async () => {
    client.remove('kexec-mint.json');
    await client.initialize({ workspaceFolders: null });
    await client.open('elsewhere.iomem', OS2, 'iomem');
    expect(await folds('elsewhere.iomem')).toHaveLength(1);
    expect(await links('elsewhere.iomem')).toEqual([]);
    expect(await client.hover('elsewhere.iomem', { line: 3, character: 0 })).toContain('384 MiB');
  });

  it('of this very machine folds as it is indented, and says something of each line', async () => {
    const text = readFileSync('/proc/iomem', 'utf8');
    const lines = text.trimEnd().split('\n');
    const indent = (line: string) => line.length - line.trimStart().length;
    const isHidden = lines.every((line) => /^\s*0+-0+ /.test(line));
    await client.initialize({ locale: 'ja' });
    await client.open('iomem.txt', text, 'plaintext');
    const below = lines.flatMap((line, startLine) => {
      const next = lines.findIndex((other, index) => index > startLine && indent(other) <= indent(line));
      const endLine = (next < 0 ? lines.length : next) - 1;
      return endLine > startLine ? [{ startLine, endLine }] : [];
    });
    expect(await folds('iomem.txt')).toEqual(isHidden ? null : below);
    for (const [line, content] of lines.entries()) {
      const [, start = ''] = /^\s*0*([0-9a-f]+)-/.exec(content) ?? [];
      const hover = await client.hover('iomem.txt', { line, character: indent(content) });
      expect(hover).toContain(isHidden ? 'sudo cat /proc/iomem' : `\`0x${start}–`);
    }
  });

  it('of 5,000 lines is answered for while one types', async () => {
    const entries = Array.from({ length: 1250 }, (_, index) => {
      const start = BigInt(index) * 0x100000n;
      const hex = (offset: bigint) => (start + offset).toString(16).padStart(8, '0');
      return [
        `${hex(0n)}-${hex(0xfffffn)} : System RAM`,
        `  ${hex(0n)}-${hex(0xffffn)} : Kernel code`,
        `    ${hex(0n)}-${hex(0xfffn)} : deep`,
        `  ${hex(0x10000n)}-${hex(0x1ffffn)} : Kernel data`,
      ].join('\n');
    });
    await client.initialize();
    await client.open('large.iomem', entries.join('\n'), 'iomem');
    await folds('large.iomem');
    const end = { line: 4999, character: 0 };
    const started = performance.now();
    await client.change('large.iomem', { range: { start: end, end }, text: ' ' });
    expect(await folds('large.iomem')).toHaveLength(2500);
    expect((await links('large.iomem')).length).toBeGreaterThan(1000);
    expect(await client.hover('large.iomem', end)).toContain('Kernel data');
    // A person notices a second; here it is some tenths of one, the machine's other work included.
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
