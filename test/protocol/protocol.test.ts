/** The server as an editor meets it: a process, its stdin and stdout. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CancellationTokenSource,
  CodeLensRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DidChangeWorkspaceFoldersNotification,
  DocumentSymbolRequest,
  FileChangeType,
  type InlayHint,
  InlayHintRequest,
  InlayHintResolveRequest,
  LSPErrorCodes,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { type EditResult, EXTEND_REQUEST, WATCH_REQUEST } from '../../server/src/protocol';
import { TestClient } from './client';

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const NODE_1 = 'kexec-mint-os1/kexec/firmware_memmap.c';
const NODE_2 = 'kexec-mint-os2/kexec/firmware_memmap.c';
const HEADER_0 = 'kexec-mint-os0/kexec/mint.h';
const SIZE = 'mint_memory_size - 0x8000000';

let client: TestClient;

afterEach(() => client.dispose());

async function sentHints(path: string): Promise<readonly InlayHint[]> {
  const whole = { start: { line: 0, character: 0 }, end: { line: 100_000, character: 0 } };
  const hints = await client.connection.sendRequest(InlayHintRequest.type, {
    textDocument: { uri: client.uri(path) },
    range: whole,
  });
  return hints ?? [];
}

async function hintsOf(path: string): Promise<readonly unknown[]> {
  return (await sentHints(path)).map(({ label }) => label);
}

async function lensesOf(path: string): Promise<readonly string[]> {
  const lenses = await client.connection.sendRequest(CodeLensRequest.type, {
    textDocument: { uri: client.uri(path) },
  });
  return (lenses ?? []).map(({ command }) => command?.title ?? '');
}

/** Where node 0's hover says that region 3 ends. */
async function endOfNode0(): Promise<string | undefined> {
  const text = await client.hover(NODE_0, client.find(NODE_0, 'mint_region3_size').start);
  const row = text?.split('\n').find((line) => line.startsWith('| 0 |'));
  return /(0x[0-9a-f]+)`\s*\|$/.exec(row ?? '')?.[1];
}

describe('a session', () => {
  beforeEach(() => {
    client = new TestClient('three-nodes');
  });

  it('says what the server can do, and asks for watchers of all that counts', async () => {
    const { capabilities } = await client.initialize();
    expect(capabilities).toMatchObject({
      positionEncoding: 'utf-16',
      textDocumentSync: { change: 2, openClose: true },
      hoverProvider: true,
      definitionProvider: true,
      documentSymbolProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix'] },
    });
    await client.open(NODE_0);
    await hintsOf(NODE_0);
    // All kinds of changes of all files: a project file may name any.
    expect(client.watchers).toEqual([{ globPattern: '**' }]);
  });

  it('ends with 0 after shutdown, and with 1 without', async () => {
    await client.initialize();
    expect(await client.shutdown()).toBe(0);
    const other = new TestClient();
    try {
      await other.initialize();
      expect(await other.exitNow()).toBe(1);
    } finally {
      other.dispose();
    }
  });

  it('answers in Japanese where the editor is Japanese', async () => {
    await client.initialize({ locale: 'ja' });
    await client.open(NODE_0);
    expect((await lensesOf(NODE_0))[0]).toContain('OS ノード');
  });

  it.each([
    ['en', 'rules.md'],
    ['ja', 'rules.ja.md'],
  ])('leads to the manual in its own language, %s', async (locale, page) => {
    const documentation = 'https://example.org/docs';
    await client.initialize({ locale, initializationOptions: { documentation } });
    await client.open(NODE_0);
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => client.rules(NODE_0).includes('node-overlap'));
    for (const { code, codeDescription } of client.diagnostics(NODE_0)) {
      expect(codeDescription?.href).toBe(`${documentation}/${page}#${code}`);
    }
  });
});

describe('three source trees', () => {
  beforeEach(async () => {
    client = new TestClient('three-nodes');
    // What machines report is another test's.
    client.remove('kexec-mint.json');
    await client.initialize();
    await client.open(NODE_0);
  });

  it('show hover, hints, lenses, definitions and symbols', async () => {
    const size = client.find(NODE_0, SIZE).start;
    expect(await client.hover(NODE_0, size)).toContain('`mint_memory_size`');
    expect(await endOfNode0()).toBe('0x38000000');
    expect(await hintsOf(NODE_0)).toContain('= 0x18000000 (384 MiB)');
    const [hint] = (await sentHints(NODE_0)).filter(({ label }) => label === '= 0x18000000 (384 MiB)');
    expect(hint?.tooltip).toBeUndefined();
    const resolved = hint && (await client.connection.sendRequest(InlayHintResolveRequest.type, hint));
    expect(resolved?.tooltip).toMatchObject({ kind: 'markdown', value: expect.stringContaining('384 MiB') });
    const others = [
      { position: size, label: '' },
      { position: size, label: '', data: { uri: 1 } },
    ];
    for (const other of others)
      expect(await client.connection.sendRequest(InlayHintResolveRequest.type, other)).toEqual(other);
    expect((await lensesOf(NODE_0))[0]).toBe('3 OS nodes · window 0x20000000–0x68000000 · no overlap');
    const at = { textDocument: { uri: client.uri(NODE_0) }, position: size };
    expect(await client.connection.sendRequest(DefinitionRequest.type, at)).toMatchObject([
      { uri: client.uri(HEADER_0) },
    ]);
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, at);
    expect(symbols?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['region1', 'region2', 'region3']),
    );
  });

  it('report an overlap in the edited tree alone, and point into files that are not open', async () => {
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => client.rules(NODE_0).filter((rule) => rule === 'node-overlap').length === 2);
    const related = client.diagnostics(NODE_0).flatMap(({ relatedInformation }) => relatedInformation ?? []);
    const files = new Set(related.map(({ location }) => location.uri));
    expect(files).toEqual(new Set([client.uri(NODE_1), client.uri(NODE_2)]));
    expect(client.published.get(NODE_0)?.version).toBe(client.document(NODE_0).version);
    expect([NODE_1, NODE_2].flatMap((path) => client.diagnostics(path))).toEqual([]);
    expect((await lensesOf(NODE_0))[0]).toBe('3 OS nodes · window 0x20000000–0x68000000 · 2 overlaps');
  });

  it('report what is wrong in a file that is not open, and take it back when the disk does', async () => {
    const original = client.read(NODE_1);
    client.write(NODE_1, original.replace(SIZE, '0x30000000'));
    await client.changedOnDisk(NODE_1, FileChangeType.Changed);
    await client.until(() => client.rules(NODE_1).includes('node-overlap'));
    expect(client.published.get(NODE_1)?.version).toBeUndefined();
    client.write(NODE_1, original);
    await client.changedOnDisk(NODE_1, FileChangeType.Changed);
    await client.until(() => client.rules(NODE_1).length === 0);
  });

  it('apply each change of a notification to what the one before left', async () => {
    const { start } = client.find(NODE_0, SIZE);
    const second = { line: start.line, character: start.character + 2 };
    await client.change(
      NODE_0,
      { range: client.find(NODE_0, SIZE), text: '0x' },
      { range: { start: second, end: second }, text: '30000000' },
      { range: { start, end: start }, text: '2*' },
      { range: { start, end: { line: start.line, character: start.character + 2 } }, text: '' },
    );
    expect(client.document(NODE_0).getText()).toContain('mint_region3_size = 0x30000000;');
    expect(await endOfNode0()).toBe('0x50000000');
  });

  it('have fixes that do what their titles say', async () => {
    await client.applyFix(NODE_0, client.find(NODE_0, SIZE), '0x48000000');
    expect(client.document(NODE_0).getText()).toContain('mint_region3_size = 0x48000000;');
    expect(await endOfNode0()).toBe('0x68000000');
    await client.applyFix(NODE_0, client.find(NODE_0, '0x48000000'), SIZE);
    expect(client.document(NODE_0).getText()).toBe(client.read(NODE_0));
    expect(await endOfNode0()).toBe('0x38000000');
  });

  it('extend a node to an address that the person types, or say why not', async () => {
    const position = client.find(NODE_0, SIZE).start;
    const extend = (address: string) =>
      client.connection.sendRequest<EditResult>(EXTEND_REQUEST, {
        uri: client.uri(NODE_0),
        at: { position },
        address,
      });
    const byName = { uri: client.uri(NODE_0), at: { osid: 0, region: 'region3' }, address: '0x60000000' };
    expect(await client.connection.sendRequest<EditResult>(EXTEND_REQUEST, byName)).toEqual(
      await extend('0x60000000'),
    );
    expect(await extend('0x60000000')).toMatchObject({
      kind: 'edit',
      title: expect.stringContaining('0x60000000'),
      edit: { documentChanges: [{ textDocument: { version: 1 }, edits: [{ newText: '0x40000000' }] }] },
    });
    expect(await extend('0x1000')).toMatchObject({
      kind: 'error',
      message: expect.stringContaining('0x20000000'),
    });
    expect(await extend('here')).toMatchObject({ kind: 'error', message: expect.stringContaining('here') });
  });

  it('let a node watch the others, or say why not', async () => {
    const watch = (osid: number) =>
      client.connection.sendRequest<EditResult>(WATCH_REQUEST, {
        uri: client.uri(NODE_0),
        osid,
        part: 'memory',
      });
    const added = '\n\tif (add_ram(range, &i, room, 0x38000000, 0x30000000) < 0)';
    expect(await watch(0)).toMatchObject({
      kind: 'edit',
      title: expect.stringContaining('0x38000000–0x68000000'),
      edit: { documentChanges: [{ edits: [{ newText: expect.stringContaining(added) }] }] },
    });
    expect(await watch(7)).toMatchObject({ kind: 'error', message: expect.stringContaining('7') });
  });

  it('follow the disk again once a document is closed', async () => {
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => client.rules(NODE_0).includes('node-overlap'));
    await client.close(NODE_0);
    await client.until(() => client.rules(NODE_0).length === 0);
  });

  it('are two when the folder of one vanishes', async () => {
    await client.open(NODE_2);
    await client.replace(NODE_2, SIZE, '0x10000001');
    await client.until(() => client.rules(NODE_2).includes('misaligned'));
    client.remove('kexec-mint-os2');
    await client.changedOnDisk('kexec-mint-os2', FileChangeType.Deleted);
    await client.until(() => client.rules(NODE_2).length === 0);
    expect((await lensesOf(NODE_0))[0]).toMatch(/^2 OS nodes/);
    expect(await hintsOf(NODE_2)).toEqual([]);
  });

  it('become none when the workspace folder is taken away, and three when it is back', async () => {
    const folder = { uri: URI.file(client.workspace).toString(), name: 'workspace' };
    const told = (event: { added: (typeof folder)[]; removed: (typeof folder)[] }) =>
      client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, { event });
    await client.replace(NODE_0, SIZE, '0x10000001');
    await client.until(() => client.rules(NODE_0).includes('misaligned'));
    await client.open(NODE_1);
    await told({ added: [{ uri: client.uri('elsewhere'), name: 'elsewhere' }], removed: [folder] });
    await client.until(() => client.rules(NODE_0).length === 0);
    await told({ added: [folder], removed: [] });
    await client.until(() => client.rules(NODE_0).includes('misaligned'));
    expect((await lensesOf(NODE_1))[0]).toMatch(/^3 OS nodes/);
  });

  it('obey the settings', async () => {
    client.settings = {
      inlayHints: { enabled: false },
      rules: { 'node-overlap': 'hint' },
      window: { start: '0x20000000', end: '0x60000000' },
    };
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    await client.until(() => client.rules(NODE_2).includes('outside-window'));
    expect(await hintsOf(NODE_0)).toEqual([]);
    await client.replace(NODE_0, SIZE, '0x30000000');
    await client.until(() =>
      client.diagnostics(NODE_0).some(({ code, severity }) => code === 'node-overlap' && severity === 4),
    );
  });

  it('leave other C files alone', async () => {
    const path = 'unrelated/main.c';
    await client.open(path, client.read(NODE_0));
    expect(await client.hover(path, client.find(path, SIZE).start)).toBeUndefined();
    expect(await hintsOf(path)).toEqual([]);
    expect(await lensesOf(path)).toEqual([]);
    expect(client.diagnostics(path)).toEqual([]);
  });

  it('answer a request that was overtaken with an error of the protocol', async () => {
    const overtaken = client.hover(NODE_0, client.find(NODE_0, SIZE).start);
    await client.replace(NODE_0, SIZE, '0x48000000');
    await expect(overtaken).rejects.toMatchObject({ code: LSPErrorCodes.ContentModified });
    expect(await endOfNode0()).toBe('0x68000000');
  });

  it('drop a request that is cancelled while they are evaluated', async () => {
    const cancellation = new CancellationTokenSource();
    await client.replace(NODE_0, SIZE, '0x48000000');
    const cancelled = client.hover(NODE_0, client.find(NODE_0, '0x48000000').start, cancellation.token);
    cancellation.cancel();
    await expect(cancelled).rejects.toMatchObject({ code: LSPErrorCodes.RequestCancelled });
  });

  it('ask for lenses and hints of other files anew when an edit changes the layout', async () => {
    await client.open(NODE_1);
    await lensesOf(NODE_1);
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => client.refreshes.size === 2);
    expect((await lensesOf(NODE_1))[0]).toContain('2 overlaps');
  });

  it('offer quick fixes, and nothing to who asks for other kinds', async () => {
    const at = client.find(NODE_0, SIZE);
    expect((await client.actions(NODE_0, at, ['quickfix'])).length).toBeGreaterThan(2);
    expect(await client.actions(NODE_0, at, ['refactor', 'source'])).toEqual([]);
  });
});

describe('bad input', () => {
  beforeEach(async () => {
    client = new TestClient('three-nodes');
    client.remove('kexec-mint.json');
  });

  /** Node 2's region 3 as the lens in its tree has it: what must not suffer. */
  async function expectOthersIntact(): Promise<void> {
    await client.open(NODE_2);
    expect((await lensesOf(NODE_2)).find((title) => title.startsWith('region3'))).toContain(
      '0x50000000–0x68000000',
    );
  }

  it('a missing mint.h: says what is not there, and is well once it is', async () => {
    const header = client.read(HEADER_0);
    client.remove(HEADER_0);
    await client.initialize();
    await client.until(() => client.rules(NODE_0).includes('unreadable-source'));
    await expectOthersIntact();
    client.write(HEADER_0, header);
    await client.changedOnDisk(HEADER_0, FileChangeType.Created);
    await client.until(() => client.rules(NODE_0).length === 0);
  });

  it('a syntax error while typing: is told, and the rest of the file is still evaluated', async () => {
    await client.initialize();
    await client.open(NODE_0);
    await client.replace(NODE_0, `mint_region3_size = ${SIZE};`, 'mint_region3_size = mint_memory_size - ;');
    await client.until(() => client.rules(NODE_0).includes('unreadable-source'));
    expect(await hintsOf(NODE_0)).toContain('= 0x8000000 (128 MiB)');
    await expectOthersIntact();
  });

  it('an empty file and a binary one', async () => {
    client.write(NODE_0, '');
    client.write(NODE_1, new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]));
    await client.initialize();
    await client.until(() => client.diagnostics(NODE_1).length > 0);
    await client.open(NODE_0);
    expect(await hintsOf(NODE_0)).toEqual([]);
    await expectOthersIntact();
  });

  it('a cycle of includes', async () => {
    client.write(HEADER_0, '#include "mint.h"\n');
    await client.initialize();
    await client.until(
      () => client.diagnostics(HEADER_0).length > 0 || client.diagnostics(NODE_0).length > 0,
    );
    await expectOthersIntact();
  });

  it('5 MB of source: answers', async () => {
    await client.initialize();
    const filler = 'static int filler(int a) { return a + 1; }\n'.repeat(120_000);
    await client.open(NODE_0, `${client.read(NODE_0)}\n/*${filler}*/\n`);
    expect(await endOfNode0()).toBe('0x38000000');
    await expectOthersIntact();
  });
});
