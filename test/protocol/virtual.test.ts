/** The server in Node on a file system that only the client reaches. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { URI } from 'vscode-uri';
import { nodeFiles } from '../../server/src/lsp/node-files';
import { toBase64 } from '../../server/src/project/base64';
import {
  FIND_FILES_REQUEST,
  type FindFilesParams,
  type FindFilesResult,
  LAYOUT_REQUEST,
  type LayoutResult,
  READ_FILE_REQUEST,
  type ReadFileParams,
  type ReadFileResult,
} from '../../server/src/protocol';
import { TestClient } from './client';

const SAMPLE = join(import.meta.dirname, '../../samples/three-nodes');
const FOLDER = 'memory:/three-nodes';

const clients: TestClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.dispose();
});

async function layoutIn(folder: string, prepare: (client: TestClient) => void): Promise<LayoutResult> {
  const client = new TestClient();
  clients.push(client);
  prepare(client);
  await client.initialize({
    workspaceFolders: [{ uri: folder, name: 'sample' }],
    initializationOptions: { readsFiles: true },
  });
  return client.connection.sendRequest(LAYOUT_REQUEST);
}

it('has the nodes, dumps and findings that it has on a disk, and reads nothing else', async () => {
  const asked: ReadFileParams[] = [];
  const layout = await layoutIn(FOLDER, ({ connection }) => {
    const disk = nodeFiles(() => [URI.file(SAMPLE).toString()]);
    connection.onRequest(FIND_FILES_REQUEST, async ({ folder, globs }: FindFilesParams) => {
      expect(folder).toBe(FOLDER);
      const files = (await disk.find(globs)).map((uri) => uri.replace(URI.file(SAMPLE).toString(), FOLDER));
      return { files } satisfies FindFilesResult;
    });
    connection.onRequest(READ_FILE_REQUEST, (params: ReadFileParams): ReadFileResult => {
      asked.push(params);
      try {
        return toBase64(readFileSync(params.uri.replace(FOLDER, SAMPLE)));
      } catch {
        return null;
      }
    });
  });
  const onDisk = await layoutIn(URI.file(SAMPLE).toString(), () => {});
  expect(JSON.stringify(layout)).toBe(JSON.stringify(onDisk).replaceAll(URI.file(SAMPLE).toString(), FOLDER));
  expect(layout.projects[0]?.nodes.map(({ dumps }) => dumps.length)).toEqual([1, 1, 3]);
  expect(asked.filter(({ uri }) => !uri.startsWith(`${FOLDER}/`))).toEqual([]);
  // A project file may name anything.
  expect(asked.filter(({ uri }) => uri.includes('/dumps/')).every(({ inside }) => inside)).toBe(true);
});

it('finds nothing where the client has no such request', async () => {
  expect(await layoutIn(FOLDER, () => {})).toEqual({ projects: [] });
});
