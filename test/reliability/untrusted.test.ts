/**
 * A workspace that means harm. What the processes do is seen from the system calls they make: nothing outside of the
 * workspace is opened, nothing is run, no connection is made, and what is shown is text and no markup.
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverArguments } from '../server-arguments';
import { framed } from './framing';

const ROOT = join(import.meta.dirname, '../..');
const CLI = join(ROOT, 'dist/cli.js');
const SAMPLE = join(ROOT, 'samples/three-nodes');
const MARKER = '0x5ec7e70000';
const MARKUP = 'os3-<img src=x onerror=alert(1)>';

let folder: string;
let workspace: string;
let outside: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'kexec-mint-untrusted-'));
  workspace = join(folder, 'workspace');
  outside = join(folder, 'outside');
  cpSync(SAMPLE, workspace, { recursive: true });
  write(outside, 'secret.h', `#define mint_memory_start ${MARKER}\n`);
  write(outside, 'secret.iomem', '5ec7e70000-5ec7e7ffff : System RAM\n');
  write(outside, 'vmlinux', '\x7fELF');
  for (const osid of [0, 1, 2]) addIncludes(`kexec-mint-os${osid}`);
  symlinkSync(join(outside, 'secret.h'), join(workspace, 'kexec-mint-os1/kexec/linked.h'));
  symlinkSync(outside, join(workspace, 'kexec-mint-os2/include'));
  symlinkSync(workspace, join(workspace, 'kexec-mint-os2/loop'));
  symlinkSync('self', join(workspace, 'self'));
  cpSync(join(SAMPLE, 'kexec-mint-os0'), join(workspace, MARKUP), { recursive: true });
  const touch = `touch ${join(folder, 'executed')}`;
  write(
    workspace,
    'kexec-mint-os0/Makefile',
    `CFLAGS = -include ../../outside/secret.h $(shell ${touch})\nX := $(shell ${touch})\n`,
  );
  write(
    workspace,
    'kexec-mint-os0/compile_commands.json',
    JSON.stringify([
      {
        directory: outside,
        file: 'kexec/firmware_memmap.c',
        command: `\`${touch}\` gcc -include ${outside}/secret.h $(${touch})`,
      },
    ]),
  );
  write(workspace, '.vscode/settings.json', JSON.stringify({ 'kexecMint.boot.kernel': `;${touch}` }));
  write(workspace, 'dumps/huge.iomem', '');
  truncateSync(join(workspace, 'dumps/huge.iomem'), 2 ** 30);
  write(workspace, 'kexec-mint.json', JSON.stringify(poisoned()));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(top: string, path: string, text: string): void {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), text);
}

/** Ways out of the tree, before all else that its header says. */
function addIncludes(tree: string): void {
  const header = join(workspace, tree, 'kexec/mint.h');
  const ways = [
    '../../../outside/secret.h',
    join(outside, 'secret.h'),
    'linked.h',
    'secret.h',
    '../include/secret.h',
  ];
  writeFileSync(header, ways.map((way) => `#include "${way}"\n`).join('') + readFileSync(header, 'utf8'));
}

/** A project file that names what is not its own, and patterns that would take for ever if they were searched with. */
function poisoned() {
  const evil = `${'(a+)+'.repeat(8)}$`;
  return {
    window: ['0x20000000', '0x68000000'],
    osidNames: ['OSID', evil],
    regionNames: { start: `mint_region{n}_start`, size: `${evil}{n}` },
    nodes: [
      {
        osid: 0,
        source: 'kexec-mint-os0',
        iomem: '../outside/secret.iomem',
        vmlinux: join(outside, 'vmlinux'),
      },
      { osid: 1, source: '../outside', kernelLog: 'kexec-mint-os2/include/secret.iomem' },
      {
        osid: 2,
        source: 'kexec-mint-os2',
        iomem: 'dumps/huge.iomem',
        systemMap: '/dev/zero',
        bzImage: '/proc/self/mem',
      },
      { osid: 3, source: MARKUP, name: '<script>alert(1)</script>[x](command:workbench.action.quit)' },
    ],
  };
}

interface Traced {
  readonly status: number | null;
  readonly out: string;
  /** System calls that succeeded or tried to leave, a line each. */
  readonly calls: readonly string[];
}

const log = () => join(folder, 'calls');
const calls = () => readFileSync(log(), 'utf8').trimEnd().split('\n');
const STRACE = '-f -qq -s 300 -e trace=open,openat,openat2,execve,execveat,connect,bind -o'.split(' ');

function traced(words: readonly string[]): Traced {
  const { status, stdout, stderr } = spawnSync('strace', [...STRACE, log(), process.execPath, ...words], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    timeout: 50_000,
  });
  return { status, out: stdout + stderr, calls: calls() };
}

/** The server, sent what stands in each step once the request of the step before is answered. */
async function tracedServer(steps: readonly string[]): Promise<Traced> {
  const server = spawn('strace', [...STRACE, log(), process.execPath, ...serverArguments()]);
  let out = '';
  let sent = 0;
  const send = () => server.stdin.write(steps[sent++] ?? '');
  server.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    while (sent < steps.length && out.includes(`"id":${sent}`)) send();
  });
  send();
  const status = await new Promise<number | null>((resolve) => server.on('close', resolve));
  return { status, out, calls: calls() };
}

function expectHarmless({ out, calls }: Traced): void {
  expect(out).not.toContain(MARKER.slice(2));
  // Whatever path leads there, links too, the kernel would have opened it.
  const opened = calls.filter((call) => /\bopen/.test(call) && !/= -1 /.test(call));
  expect(opened.length).toBeGreaterThan(5);
  expect(
    opened.filter((call) => /outside|linked\.h|secret|\/dev\/zero|\/proc\/self\/mem|huge/.test(call)),
  ).toEqual([]);
  const [first, ...others] = calls.filter((call) => /\bexecve/.test(call));
  expect(first).toContain(process.execPath);
  expect(others).toEqual([]);
  expect(calls.filter((call) => /\b(connect|bind)\(/.test(call))).toEqual([]);
  expect(() => readFileSync(join(folder, 'executed'))).toThrow();
}

describe('a workspace that means harm', () => {
  it.each([
    ['map', '--format', 'json'],
    ['map', '--format', 'svg'],
    ['check', '--format', 'sarif'],
    ['explain'],
  ])('reaches nothing by the command %s', (command, ...options) => {
    const run = traced([CLI, command, workspace, ...options]);
    expect([0, 1]).toContain(run.status);
    expectHarmless(run);
  });

  it('reaches nothing by the language server', async () => {
    const run = await tracedServer(session());
    expect(run.out).toContain('0x20000000');
    expect(run.status).toBe(0);
    expectHarmless(run);
  });

  it('is told what is wrong with it', () => {
    const { out } = traced([CLI, 'check', workspace]);
    expect(out).toContain('../outside/secret.iomem');
    expect(out).toMatch(/kexec-mint\.json:.*\[project-file\]/);
  });

  it('has no markup in the picture', () => {
    const svg = execFileSync(process.execPath, [CLI, 'map', workspace, '--format', 'svg'], {
      encoding: 'utf8',
    });
    expect(svg).not.toMatch(/<script|<img|onerror=alert\(1\)>/);
    expect(svg).toContain('&lt;script&gt;');
  });
});

/** What an editor sends that opens the workspace, asks for a hover and ends. */
function session(): readonly string[] {
  const file = join(workspace, MARKUP, 'kexec/firmware_memmap.c');
  const text = readFileSync(file, 'utf8');
  const uri = `file://${file.split('/').map(encodeURIComponent).join('/')}`;
  const line = text.split('\n').findIndex((each) => each.includes('mint_region3_size ='));
  const rootUri = `file://${workspace}`;
  const textDocument = { uri, languageId: 'c', version: 1, text };
  return [
    [{ id: 1, method: 'initialize', params: { processId: null, rootUri, capabilities: {} } }],
    [
      { method: 'initialized', params: {} },
      { method: 'textDocument/didOpen', params: { textDocument } },
      { id: 2, method: 'textDocument/hover', params: { textDocument, position: { line, character: 3 } } },
    ],
    [{ id: 3, method: 'shutdown' }, { method: 'exit' }],
  ].map((messages) => messages.map(framed).join(''));
}
