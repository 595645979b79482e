/** `extend` as a shell meets it, on files in every encoding; what it leaves on disk is compared byte by byte. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../server/src/cli/main';
import { nodeFiles } from '../../server/src/lsp/node-files';
import { applyPatch, hostHere, runForBytes } from './command-line';

const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'dist/cli.js');
const EXPRESSION = 'mint_memory_size - 0x8000000';
const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const TO_WINDOW_END = ['--node', '0', '--to', '0x68000000'] as const;

let outer: string;
let folder: string;

beforeEach(() => {
  if (!existsSync(CLI)) throw new Error('dist/cli.js is missing: the build failed');
  outer = mkdtempSync(join(tmpdir(), 'kexec-mint-extend-'));
  folder = join(outer, 'work');
  mkdirSync(folder);
});

afterEach(() => rmSync(outer, { recursive: true, force: true }));

function run(...words: readonly string[]) {
  const env = { ...process.env, LC_ALL: 'C' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...words], { encoding: 'utf8', env });
  return { status, stdout, stderr };
}

const extend = (...words: readonly string[]) => run('extend', folder, ...words);

function sample(name: string): void {
  cpSync(join(ROOT, 'samples', name), folder, { recursive: true });
}

/** Every file below the folder and its bytes; the bytes in Latin-1, so that each is a character. */
function contents(): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile()).sort();
  return new Map(files.map((name) => [name, readFileSync(join(folder, name), 'latin1')]));
}

/** The folder as it was before, but for `from` in one file, which is `to`. */
function withReplaced(before: Map<string, string>, file: string, from: string, to: string) {
  const [head = '', tail, ...more] = (before.get(file) ?? '').split(from);
  if (tail === undefined || more.length > 0) throw new Error(`${from} is not in ${file} once`);
  return new Map(before).set(file, head + to + tail);
}

function rewrite(file: string, change: (text: string) => string): void {
  const path = join(folder, file);
  writeFileSync(path, change(readFileSync(path, 'latin1')), 'latin1');
}

/** Writes a UTF-8 text in another encoding. */
function encode(file: string, change: (text: string) => string, encoding: Encoding): void {
  const path = join(folder, file);
  const lines = change(readFileSync(path, 'utf8'));
  const input = encoding.crlf ? lines.replaceAll('\n', '\r\n') : lines;
  const bytes = execFileSync('iconv', ['-f', 'UTF-8', '-t', encoding.iconv], { input });
  writeFileSync(path, Buffer.concat([Buffer.from(encoding.mark ?? []), bytes]));
}

interface Encoding {
  readonly iconv: string;
  readonly crlf: boolean;
  readonly mark?: readonly number[];
}

const ENCODINGS: readonly Encoding[] = [
  { iconv: 'UTF-8', crlf: false },
  { iconv: 'UTF-8', crlf: true, mark: [0xef, 0xbb, 0xbf] },
  { iconv: 'EUC-JP', crlf: false },
  { iconv: 'EUC-JP', crlf: true },
  { iconv: 'CP932', crlf: false },
  { iconv: 'CP932', crlf: true },
  { iconv: 'ISO-2022-JP', crlf: false },
  { iconv: 'ISO-2022-JP', crlf: true },
];

describe.each(ENCODINGS)('in $iconv, CRLF: $crlf, mark: $mark', (encoding) => {
  it('changes the bytes of the expression and no others', () => {
    sample('three-nodes');
    const japanese = (text: string) =>
      text
        .replace('/* The kernel', '/* 表示する能力のあるソース: 認識メモリ領域 */\n/* The kernel')
        .replace(`${EXPRESSION};`, `/* 表*/${EXPRESSION}/*示*/; // 領域３のサイズ（表示）`)
        .replace(/\n$/, ' // 終わり');
    encode(NODE_0, japanese, encoding);
    const before = contents();
    const { stdout: patch } = runForBytes(['extend', folder, ...TO_WINDOW_END]);
    expect(contents()).toEqual(before);
    const expected = withReplaced(before, NODE_0, EXPRESSION, '0x48000000');
    applyPatch('git', folder, patch);
    expect(contents()).toEqual(expected);
    writeFileSync(join(folder, NODE_0), before.get(NODE_0) ?? '', 'latin1');
    expect(extend(...TO_WINDOW_END, '--write')).toMatchObject({ status: 0, stderr: '' });
    expect(contents()).toEqual(expected);
  });

  it('adds a statement for one node after a comment in Japanese', () => {
    sample('one-tree');
    const file = 'kexec-mint/kexec/firmware_memmap.c';
    const japanese = (text: string) =>
      text
        .replace('/* The kernel', '/* 監視用の認識メモリ領域 */\n/* The kernel')
        .replace(`${EXPRESSION};`, `${EXPRESSION}; // 領域`);
    encode(file, japanese, encoding);
    const before = contents();
    expect(extend('--node=1', '--to=0x68000000', '--write')).toMatchObject({ status: 0, stderr: '' });
    const lineEnd = encoding.crlf ? '\r\n' : '\n';
    const added = `${lineEnd}\tif (OSID == 1)${lineEnd}\t\tmint_region3_size = 0x30000000;`;
    const bytes = before.get(file) ?? '';
    const at = bytes.indexOf(lineEnd, bytes.indexOf(EXPRESSION));
    expect(contents()).toEqual(new Map(before).set(file, bytes.slice(0, at) + added + bytes.slice(at)));
  });
});

describe('without --write', () => {
  it('shows the edit, and changes nothing', () => {
    sample('three-nodes');
    const before = contents();
    const lines = (before.get(NODE_0) ?? '').split('\n');
    const line = lines.findIndex((text) => text.includes(EXPRESSION)) + 1;
    expect(extend('--node', '0', '--to', '1744830464')).toEqual({
      status: 0,
      stdout: [
        "Extend OS node 0's region3 to 0x68000000: size 0x48000000 (1152 MiB); its own kernel then lands in the memory of OS node 2",
        `--- a/${NODE_0}`,
        `+++ b/${NODE_0}`,
        `@@ -${line - 3},7 +${line - 3},7 @@`,
        ...lines.slice(line - 4, line - 1).map((text) => ` ${text}`),
        `-\tmint_region3_size = ${EXPRESSION};`,
        '+\tmint_region3_size = 0x48000000;',
        ...lines.slice(line, line + 3).map((text) => ` ${text}`),
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(contents()).toEqual(before);
  });

  it('says where the region would leave the window: a digit too many', () => {
    sample('three-nodes');
    const [title] = extend('--node', '0', '--to', '0x600000000').stdout.split('\n');
    expect(title).toContain('it then leaves the window 0x20000000–0x68000000');
    expect(extend('--node', '0', '--to', '0x68000000').stdout).not.toContain('leaves the window');
  });

  it('as JSON; another region by its name', () => {
    sample('three-nodes');
    const before = contents();
    const { status, stdout } = extend(
      ...['--node', '2', '--to', '0x60800', '--region', 'region1', '--format', 'json'],
    );
    expect(status).toBe(0);
    const file = 'kexec-mint-os2/kexec/firmware_memmap.c';
    const report = JSON.parse(stdout);
    const { start, end } = report.edits[0].range;
    expect(report).toEqual({
      version: 1,
      title: expect.stringContaining('0x60800'),
      edits: [{ file, range: { start, end }, newText: '0x20800' }],
      promise: { osid: 2, region: 'region1', start: '0x40000', end: '0x60800' },
      written: false,
    });
    expect(start.line).toBe(end.line);
    const text = before.get(file)?.split('\n')[start.line];
    expect(text?.slice(0, start.character)).toBe('\tmint_region1_size = ');
    expect(text?.slice(start.character)).toBe('0x20000;');
    expect(end.character - start.character).toBe('0x20000'.length);
    expect(contents()).toEqual(before);
  });

  it('shows no control characters of the source to the terminal', async () => {
    sample('three-nodes');
    rewrite(NODE_0, (text) => text.replace(`${EXPRESSION};`, `${EXPRESSION}; /* \x1b[2J\x07 */`));
    const said: string[] = [];
    const host = { ...hostHere(said), isTerminal: true };
    expect(await main(['extend', folder, ...TO_WINDOW_END], host)).toBe(0);
    expect(said.join('\n')).toContain('/* \ufffd[2J\ufffd */');
  });
});

describe('with --write', () => {
  it('tells the new range and the errors that the node has then, as check does', () => {
    sample('three-nodes');
    const { status, stdout } = extend(...TO_WINDOW_END, '--write');
    expect(status).toBe(0);
    const lines = stdout.split('\n');
    const now = lines.findIndex((text) => text.includes(' is now '));
    expect(lines[now]).toBe("OS node 0's region3 is now 0x20000000–0x68000000 (1152 MiB).");
    const check = run('check', folder).stdout;
    const errors = check.match(/^\S+: error: .*\n(?: .*\n)*/gm) ?? [];
    expect(errors.map((text) => text.includes('[node-overlap]'))).toEqual([true, true]);
    expect(lines.slice(now + 1).join('\n')).toBe(errors.join(''));
  });

  it('as JSON has the same errors; a shrunk node has none', () => {
    sample('three-nodes');
    const wide = JSON.parse(extend(...TO_WINDOW_END, '--write', '--format=json').stdout);
    expect(wide).toMatchObject({ written: true, promise: { start: '0x20000000', end: '0x68000000' } });
    const { findings, nodes } = JSON.parse(run('map', folder, '--format=json').stdout);
    expect(nodes[0].regions[2].end).toBe('0x68000000');
    expect(wide.findings).toEqual(
      findings.filter(({ severity }: { severity: string }) => severity === 'error'),
    );
    expect(wide.findings).toHaveLength(2);
    const back = JSON.parse(extend('--node=0', '--to=0x38000000', '--write', '--format=json').stdout);
    expect(back).toMatchObject({ written: true, findings: [] });
  });

  it('leaves errors of other nodes to check', () => {
    sample('three-nodes');
    expect(extend('--node=1', '--to=0x60000000', '--write').stdout).toContain('[node-overlap]');
    expect(extend('--node=0', '--to=0x30000000', '--write').stdout).not.toContain('[node-overlap]');
  });

  it('writes the target of a symbolic link, keeps the link and the mode, and leaves no other file', () => {
    sample('three-nodes');
    mkdirSync(join(folder, 'real'));
    const target = join(folder, 'real/memmap.txt');
    renameSync(join(folder, NODE_0), target);
    chmodSync(target, 0o751);
    symlinkSync('../../real/memmap.txt', join(folder, NODE_0));
    const before = contents();
    expect(extend(...TO_WINDOW_END, '--write')).toMatchObject({ status: 0, stderr: '' });
    expect(lstatSync(join(folder, NODE_0)).isSymbolicLink()).toBe(true);
    expect(statSync(target).mode & 0o7777).toBe(0o751);
    const changed = withReplaced(before, 'real/memmap.txt', EXPRESSION, '0x48000000');
    expect(contents()).toEqual(withReplaced(changed, NODE_0, EXPRESSION, '0x48000000'));
  });

  it('works through a link to the folder', () => {
    sample('three-nodes');
    symlinkSync(folder, join(outer, 'link'));
    expect(run('extend', join(outer, 'link'), ...TO_WINDOW_END, '--write').status).toBe(0);
    expect(contents().get(NODE_0)).toContain('mint_region3_size = 0x48000000;');
  });
});

/** Ends with 2, says why on stderr, changes nothing. */
function expectRefused(result: { status: number | null; stdout: string; stderr: string }, why: string): void {
  expect(result).toMatchObject({ status: 2, stdout: '' });
  expect(result.stderr).toContain(why);
}

describe('refuses', () => {
  it.each([
    [['--node', '7', '--to', '0x68000000'], 'There is no OS node 7, only OS nodes 0–2.'],
    [
      ['--node', '0', '--to', '0x68000000', '--region', 'region9'],
      'OS node 0 has no region9, only region1, region2, region3.',
    ],
    [['--node', '0', '--to', '0x38000000'], 'ends at 0x38000000 already'],
    [['--node', '0', '--to', '0x1000'], 'region3 starts at 0x20000000'],
  ] as const)('%j', (words, why) => {
    sample('three-nodes');
    const before = contents();
    expectRefused(extend(...words, '--write'), why);
    expect(contents()).toEqual(before);
  });

  it('an OSID that two trees claim', () => {
    sample('three-nodes');
    rmSync(join(folder, 'kexec-mint.json'));
    rewrite('kexec-mint-os1/kexec/mint.h', (text) => text.replace('#define OSID 1', '#define OSID 0'));
    expectRefused(extend(...TO_WINDOW_END, '--write'), 'kexec-mint-os0, kexec-mint-os1');
  });

  it('a value that is not known, and says where', () => {
    sample('three-nodes');
    rewrite('kexec-mint-os0/kexec/mint.h', (text) => text.replace('0x20000000UL', 'somewhere()'));
    expectRefused(extend(...TO_WINDOW_END, '--write'), 'kexec-mint-os0/kexec/mint.h:');
  });

  it('a line whose bytes are no text; on other lines they stay as they are', () => {
    sample('three-nodes');
    const original = contents().get(NODE_0) ?? '';
    rewrite(NODE_0, (text) => text.replace(`${EXPRESSION};`, `${EXPRESSION}; /* \xff\x80\xfe */`));
    const before = contents();
    for (const words of [[], ['--write']]) expectRefused(extend(...TO_WINDOW_END, ...words), NODE_0);
    expect(contents()).toEqual(before);
    rewrite(NODE_0, () => `/* \xff\x80\xfe */\n${original}/* \xfe\x80 */`);
    const bytes = contents();
    expect(extend(...TO_WINDOW_END, '--write')).toMatchObject({ status: 0, stderr: '' });
    expect(contents()).toEqual(withReplaced(bytes, NODE_0, EXPRESSION, '0x48000000'));
  });

  it('a link out of the folder', () => {
    sample('three-nodes');
    const target = join(outer, 'elsewhere.c');
    renameSync(join(folder, NODE_0), target);
    symlinkSync(target, join(folder, NODE_0));
    const before = readFileSync(target, 'latin1');
    for (const words of [[], ['--write']]) {
      expectRefused(extend(...TO_WINDOW_END, ...words), 'OS node 0 has no region');
    }
    expect(readFileSync(target, 'latin1')).toBe(before);
    expect(readdirSync(outer).sort()).toEqual(['elsewhere.c', 'work']);
  });

  it('a file that two trees share by a link', () => {
    sample('three-nodes');
    const other = 'kexec-mint-os1/kexec/firmware_memmap.c';
    rmSync(join(folder, other));
    symlinkSync(join(folder, NODE_0), join(folder, other));
    const before = contents();
    const result = extend(...TO_WINDOW_END, '--write');
    expectRefused(result, NODE_0);
    expect(result.stderr).toContain(other);
    expect(contents()).toEqual(before);
  });

  it('to leave half a file where the disk takes no more', () => {
    sample('three-nodes');
    const before = contents();
    // A process may be forbidden to write more than 1 KiB to a file, even the superuser's.
    const script = 'ulimit -f 1 && exec "$0" "$@"';
    const words = [process.execPath, CLI, 'extend', folder, ...TO_WINDOW_END, '--write'];
    const env = { ...process.env, LC_ALL: 'C' };
    expectRefused(spawnSync('bash', ['-c', script, ...words], { encoding: 'utf8', env }), 'EFBIG');
    expect(contents()).toEqual(before);
  });

  it('a file that changes between reading and writing', async () => {
    sample('three-nodes');
    const before = contents();
    expect(await extendWhile(NODE_0, (text) => `${text}/* newer */\n`)).toEqual({
      code: 2,
      said: [`${NODE_0} has changed on disk since it was read. Nothing is written.`],
    });
    expect(contents()).toEqual(new Map(before).set(NODE_0, `${before.get(NODE_0)}/* newer */\n`));
  });

  it('to call it done when another file of the tree has changed meanwhile', async () => {
    sample('three-nodes');
    const header = 'kexec-mint-os0/kexec/mint.h';
    const { code, said } = await extendWhile(header, (text) => text.replace('0x20000000UL', '0x28000000UL'));
    expect(code).toBe(2);
    expect(said).toEqual([expect.stringContaining('region3 of OS node 0 is not what it was to become')]);
  });
});

/** The command, while somebody changes a file as soon as it has first been read. */
async function extendWhile(file: string, change: (text: string) => string) {
  const said: string[] = [];
  let isChanged = false;
  const code = await main(['extend', folder, ...TO_WINDOW_END, '--write'], {
    ...hostHere(said),
    files: (folders) => {
      const files = nodeFiles(folders);
      const read = async (uri: string) => {
        const bytes = await files.read(uri);
        if (!isChanged && uri.endsWith(file)) {
          isChanged = true;
          rewrite(file, change);
        }
        return bytes;
      };
      return { ...files, read };
    },
  });
  return { code, said };
}

describe('a wrong call', () => {
  const to = ['--to', '0x68000000'];
  it.each([
    [['extend', '.', ...to], 'extend needs --node OSID', '--node OSID が必要'],
    [['extend', '.', '--node', '0'], 'extend needs --to ADDRESS', 'kernel-text が必要'],
    [['extend', '.', '--node', ...to], '--node needs a value', '--node には値が必要'],
    [['extend', '.', '--node=', ...to], '--node needs a value', '--node には値が必要'],
    [['extend', '.', '--node', 'zero', ...to], 'zero is not an OSID', 'zero は OSID ではありません'],
    [
      ['extend', '.', '--node', '0', '--to', '68000000h'],
      '68000000h is no place to end at',
      '終端になりません',
    ],
    [['extend', '.', '--node=0', '--to=0x10000000000000000'], 'is no place to end at', '終端になりません'],
    [['extend', '.', '--node=0', ...to, '--write=no'], '--write takes no value', '値を取りません'],
    [['map', '.', '--write'], '--write is an option of extend, watch', 'extend, watch のオプション'],
  ])('%j', (words, english, japanese) => {
    const { status, stdout, stderr } = run(...words, '--lang=en');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(english);
    expect(stderr).toContain(`Usage: kexec-mint ${words[0]} [DIR]`);
    expect(run(...words, '--lang', 'ja').stderr).toContain(japanese);
  });
});
