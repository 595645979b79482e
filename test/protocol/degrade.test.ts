/** Clients that can do less than VS Code: each feature is cut to what they declare, and nothing else is asked of them. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  ApplyWorkspaceEditRequest,
  CodeActionRequest,
  CodeLensRequest,
  type Command,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  ExecuteCommandRequest,
  type FullDocumentDiagnosticReport,
  type InitializeParams,
  InlayHintRequest,
} from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { LAYOUT_REQUEST, type LayoutResult } from '../../server/src/protocol';
import { TestClient } from './client';

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const NODE_1 = 'kexec-mint-os1/kexec/firmware_memmap.c';
const SIZE = 'mint_memory_size - 0x8000000';

/** It has declared nothing and handed over nothing but the folder. */
const NOTHING = {
  capabilities: {},
  workspaceFolders: undefined,
  locale: undefined,
  initializationOptions: undefined,
} as const;

let client: TestClient;

beforeEach(() => {
  client = new TestClient('three-nodes');
});

afterEach(() => client.dispose());

const at = (path: string) => ({ textDocument: { uri: client.uri(path) } });
const rootUri = () => URI.file(client.workspace).toString();

/** A client with the folder and no more than what is given. */
function initialize(given: Partial<InitializeParams> = {}) {
  return client.initialize({ ...NOTHING, rootUri: rootUri(), ...given });
}

async function lenses(path: string): Promise<readonly (Command | undefined)[]> {
  const found = await client.connection.sendRequest(CodeLensRequest.type, at(path));
  return (found ?? []).map(({ command }) => command);
}

async function actions(path: string) {
  const range = client.find(path, SIZE);
  const context = { diagnostics: [] };
  return client.connection.sendRequest(CodeActionRequest.type, { ...at(path), range, context });
}

describe('a client that declares nothing', () => {
  it('is offered what needs no declaration, and asked for nothing', async () => {
    const { capabilities } = await initialize();
    expect(capabilities).toMatchObject({
      positionEncoding: 'utf-16',
      textDocumentSync: { openClose: true, change: 2, save: true },
      codeActionProvider: true,
    });
    expect(Object.keys(capabilities)).not.toContain('diagnosticProvider');
    expect(Object.keys(capabilities)).not.toContain('executeCommandProvider');
    await client.open(NODE_0);
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => client.rules(NODE_0).includes('node-overlap'));
    await client.save(NODE_0);
    await lenses(NODE_0);
    await client.shutdown();
    expect([...client.received.requests]).toEqual([]);
    expect([...client.received.notifications].sort()).toEqual([
      'textDocument/publishDiagnostics',
      'window/logMessage',
    ]);
  });

  it('gets hovers in plain text', async () => {
    await initialize();
    await client.open(NODE_0);
    const text = await client.hover(NODE_0, client.find(NODE_0, 'mint_region3_size').start);
    expect(text?.split('\n').slice(0, 5)).toEqual([
      'region3',
      '',
      'OS node  Start       Size                  End (exclusive)',
      '0        0x20000000  0x18000000 (384 MiB)  0x38000000',
      '1        0x38000000  0x18000000 (384 MiB)  0x50000000',
    ]);
    expect(text).toContain(
      '- mint_region3_size = mint_memory_size - 0x8000000 = 0x20000000 - 0x8000000 = 0x18000000 — firmware_memmap.c:',
    );
    expect(text).not.toMatch(/[`\\]|file:/);
  });

  it('gets hints with their tooltips', async () => {
    await initialize();
    await client.open(NODE_0);
    const range = { start: { line: 0, character: 0 }, end: { line: 1_000, character: 0 } };
    const hints = await client.connection.sendRequest(InlayHintRequest.type, { ...at(NODE_0), range });
    const [size] = hints?.filter(({ label }) => label === '= 0x18000000 (384 MiB)') ?? [];
    expect(size?.tooltip).toMatchObject({ kind: 'plaintext', value: expect.stringContaining('384 MiB') });
    expect(hints?.map(({ tooltip, data }) => [tooltip !== undefined, data])).toEqual(
      hints?.map(() => [true, undefined]),
    );
  });

  it('gets diagnostics pushed, with what belongs to them in the message', async () => {
    await initialize();
    await client.open(NODE_0);
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => client.rules(NODE_0).includes('node-overlap'));
    expect(Object.keys(client.published.get(NODE_0) ?? {})).not.toContain('version');
    const [overlap] = client.diagnostics(NODE_0).filter(({ code }) => code === 'node-overlap');
    expect(Object.keys(overlap ?? {}).sort()).toEqual(['code', 'message', 'range', 'severity', 'source']);
    expect(overlap?.message).toMatch(
      /\nfirmware_memmap\.c:146: region3 of OS node 1: 0x38000000–0x50000000$/,
    );
  });

  it('gets definitions as locations, and a flat list of symbols of the oldest kinds', async () => {
    await initialize();
    await client.open(NODE_0);
    const position = client.find(NODE_0, SIZE).start;
    const places = await client.connection.sendRequest(DefinitionRequest.type, { ...at(NODE_0), position });
    expect(places).toMatchObject([{ uri: client.uri('kexec-mint-os0/kexec/mint.h') }]);
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, at(NODE_0));
    expect(symbols).toContainEqual({
      name: 'mint_region3_size',
      kind: 13,
      location: { uri: client.uri(NODE_0), range: expect.anything() },
      containerName: 'region3',
    });
    expect(symbols?.filter(({ kind }) => kind > 18)).toEqual([]);
  });

  it('gets no edit that it may not know to apply, and no command that it may not have', async () => {
    await initialize();
    await client.open(NODE_0);
    expect(await actions(NODE_0)).toEqual([]);
    const found = await lenses(NODE_0);
    expect(found[0]?.title).toMatch(/^3 OS nodes/);
    expect(found.map((command) => command?.command)).toEqual(found.map(() => ''));
    const dump = await client.connection.sendRequest(DocumentLinkRequest.type, at('dumps/os2.iomem'));
    expect(dump?.map(({ tooltip }) => tooltip)).toEqual(dump?.map(() => undefined));
  });

  it('gets what other programs change once it saves or opens a document', async () => {
    await initialize();
    await client.open(NODE_0);
    const original = client.read(NODE_1);
    client.write(NODE_1, original.replace(SIZE, '0x30000000'));
    await client.save(NODE_0);
    await client.until(() => client.rules(NODE_1).includes('node-overlap'));
    client.write(NODE_1, original);
    await client.open('kexec-mint-os0/kexec/mint.h');
    await client.until(() => client.rules(NODE_1).length === 0);
  });

  it('is obeyed in the settings that it hands over at the beginning, and those that it sends later', async () => {
    const rules = (severity: string) => ({ kexecMint: { rules: { 'node-overlap': severity } } });
    await initialize({ initializationOptions: rules('hint') });
    await client.open(NODE_0);
    await client.replace(NODE_0, SIZE, '0x48000000');
    const severities = () =>
      client
        .diagnostics(NODE_0)
        .filter(({ code }) => code === 'node-overlap')
        .map(({ severity }) => severity);
    await client.until(() => severities().join() === '4,4');
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, {
      settings: rules('warning'),
    });
    await client.until(() => severities().join() === '2,2');
    // Somebody else's settings are no reason to forget these.
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: {} });
    await client.replace(NODE_0, '0x48000000', '0x47000000');
    await client.until(() =>
      client.diagnostics(NODE_0).some(({ message }) => `${message}`.includes('0x67000000')),
    );
    expect(severities()).toEqual([2, 2]);
  });
});

describe('where the trees are', () => {
  /** Of each OS node. */
  async function trees(): Promise<readonly string[]> {
    const { projects } = await client.connection.sendRequest<LayoutResult>(LAYOUT_REQUEST);
    return projects.flatMap(({ nodes }) => nodes.map(({ file }) => file));
  }
  const all = () => [0, 1, 2].map((osid) => client.uri(`kexec-mint-os${osid}/kexec/firmware_memmap.c`));

  it.each([
    ['a root as a path', () => ({ rootUri: null, rootPath: client.workspace })],
    ['no folder and a project file above the document', () => ({ rootUri: null })],
    ['an empty list of folders', () => ({ workspaceFolders: [] })],
  ])('is told by %s', async (_, given) => {
    await initialize(given());
    await client.open(NODE_0);
    expect(await trees()).toEqual(all());
  });

  it('is the document’s own tree without any of it, and a project file found later', async () => {
    const project = client.read('kexec-mint.json');
    client.remove('kexec-mint.json');
    await initialize({ rootUri: null });
    await client.open('kexec-mint-os2/kexec/mint.h');
    expect([...new Set(await trees())]).toEqual(all().slice(2));
    client.write('kexec-mint.json', project);
    await client.save('kexec-mint-os2/kexec/mint.h');
    expect(await trees()).toEqual(all());
  });
});

it('who has not said that it reads files is not asked for those of its own file systems', async () => {
  await initialize({ rootUri: 'virtual:///workspace' });
  await client.connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: {
      uri: 'virtual:///workspace/kexec/firmware_memmap.c',
      languageId: 'c',
      version: 1,
      text: client.read(NODE_0),
    },
  });
  await client.connection.sendRequest(LAYOUT_REQUEST);
  expect([...client.received.requests]).toEqual([]);
});

it('who does not say a language is answered in that of the environment', async () => {
  client.dispose();
  client = new TestClient('three-nodes', undefined, 'ja_JP.UTF-8');
  await initialize();
  await client.open(NODE_0);
  expect((await lenses(NODE_0))[0]?.title).toContain('OS ノード 3 個');
});

describe('a client that takes commands for code actions', () => {
  it('has the server send the edit of the one that is chosen', async () => {
    const { capabilities } = await initialize({ capabilities: { workspace: { applyEdit: true } } });
    expect(capabilities.executeCommandProvider).toEqual({ commands: ['kexecMint.applyEdit'] });
    client.connection.onRequest(ApplyWorkspaceEditRequest.type, async ({ edit }) => {
      const [change, ...others] = edit.changes?.[client.uri(NODE_0)] ?? [];
      expect(others).toEqual([]);
      await client.change(NODE_0, { range: change?.range, text: change?.newText ?? '' });
      return { applied: true };
    });
    await client.open(NODE_0);
    const found = (await actions(NODE_0)) as Command[];
    const wanted = found.find(({ title }) => title.includes('size 0x48000000'));
    await client.connection.sendRequest(ExecuteCommandRequest.type, {
      command: wanted?.command ?? '',
      arguments: wanted?.arguments,
    });
    expect(client.document(NODE_0).getText()).toContain('mint_region3_size = 0x48000000;');
    await client.until(() => client.rules(NODE_0).includes('node-overlap'));
  });
});

describe('a client that asks for diagnostics', () => {
  const capabilities = {
    workspace: { diagnostics: { refreshSupport: true } },
    textDocument: { diagnostic: {}, publishDiagnostics: { relatedInformation: true } },
  };

  async function pulled(path: string): Promise<readonly unknown[]> {
    const report = await client.connection.sendRequest(DocumentDiagnosticRequest.type, at(path));
    return (report as FullDocumentDiagnosticReport).items.map(({ code }) => code);
  }

  it('gets those of open documents by asking alone, is told when, and gets the others pushed', async () => {
    client.remove('kexec-mint.json');
    const answer = await initialize({ capabilities });
    expect(answer.capabilities.diagnosticProvider).toEqual({
      interFileDependencies: true,
      workspaceDiagnostics: false,
    });
    await client.open(NODE_0);
    expect(await pulled(NODE_0)).toEqual([]);
    await client.replace(NODE_0, SIZE, '0x48000000');
    expect(await pulled(NODE_0)).toContain('node-overlap');
    await client.until(() => client.refreshes.has('workspace/diagnostic/refresh'));
    expect(client.published.get(NODE_0)).toBeUndefined();
    await client.save(NODE_0);
    await client.close(NODE_0);
    await client.until(() => client.rules(NODE_0).includes('node-overlap'));
    await client.open(NODE_0);
    await client.until(() => client.rules(NODE_0).length === 0);
    expect(await pulled(NODE_0)).toContain('node-overlap');
  });

  it('gets all of them pushed where it wants that', async () => {
    const answer = await initialize({ capabilities, initializationOptions: { diagnostics: 'push' } });
    expect(answer.capabilities.diagnosticProvider).toBeUndefined();
    await client.open(NODE_0);
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => client.rules(NODE_0).includes('node-overlap'));
  });
});
