/** kexec-mint.json and the files that it names, as an editor's server meets them. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CodeLensRequest, FileChangeType } from 'vscode-languageserver/node';
import { CREATE_PROJECT_FILE_REQUEST, type CreateProjectFileResult } from '../../server/src/protocol';
import { TestClient } from './client';

const PROJECT = 'kexec-mint.json';
const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';

let client: TestClient;

beforeEach(async () => {
  client = new TestClient('three-nodes');
  client.remove(PROJECT);
  await client.initialize();
  await client.open(NODE_0);
});

afterEach(() => client.dispose());

const create = (uri = client.uri('')) =>
  client.connection.sendRequest<CreateProjectFileResult>(CREATE_PROJECT_FILE_REQUEST, { uri });

/** The lens above the block, which says what the nodes and the window are. */
async function summary(): Promise<string | undefined> {
  const lenses = await client.connection.sendRequest(CodeLensRequest.type, {
    textDocument: { uri: client.uri(NODE_0) },
  });
  return lenses?.[0]?.command?.title;
}

it('a project file is made once', async () => {
  const result = await create(client.uri(NODE_0));
  if (result.kind !== 'new') throw new Error(result.kind);
  expect(result.uri).toBe(client.uri(PROJECT));
  expect(await create()).toEqual(result);
  client.write(PROJECT, result.text);
  await client.changedOnDisk(PROJECT, FileChangeType.Created);
  expect(await create()).toEqual({ kind: 'present', uri: client.uri(PROJECT) });
});

it('a project file counts as it is typed, and as it is on disk once it is closed', async () => {
  const before = await summary();
  expect(before).toContain('window 0x20000000–0x68000000');
  client.write(PROJECT, '{ "window": ["0x20000000", "0x70000000"] }');
  await client.changedOnDisk(PROJECT, FileChangeType.Created);
  expect(await summary()).toContain('window 0x20000000–0x70000000');
  await client.open(PROJECT);
  await client.replace(PROJECT, '0x7', '0x9');
  expect(await summary()).toContain('window 0x20000000–0x90000000');
  await client.replace(PROJECT, '"0x20000000",', '');
  expect(await summary()).toBe(before);
  await client.close(PROJECT);
  expect(await summary()).toContain('window 0x20000000–0x70000000');
  client.remove(PROJECT);
  await client.changedOnDisk(PROJECT, FileChangeType.Deleted);
  expect(await summary()).toBe(before);
});
