/** What lists, pictures and reports of the layout ask the server for. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CodeLens, ErrorCodes, FileChangeType } from 'vscode-languageserver/node';
import {
  type EarlierState,
  EXPORT_REQUEST,
  FOUND_REQUEST,
  type FoundResult,
  LAYOUT_CHANGED,
  LAYOUT_REQUEST,
  type LayoutResult,
  PICTURE_REQUEST,
  type PictureResult,
} from '../../server/src/protocol';
import { TestClient } from './client';

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const SIZE = 'mint_memory_size - 0x8000000';

let client: TestClient;
let changes: number;

beforeEach(() => {
  client = new TestClient('three-nodes');
  changes = 0;
  client.connection.onNotification(LAYOUT_CHANGED, () => {
    changes++;
    client.notice();
  });
});

afterEach(() => client.dispose());

const layout = () => client.connection.sendRequest<LayoutResult>(LAYOUT_REQUEST);

describe('the layout', () => {
  it.each([
    [true, 'kexecMint.openMap'],
    [undefined, ''],
  ])('opens the map from its lens where the client has the command: %s', async (opensMap, command) => {
    await client.initialize({ initializationOptions: opensMap ? { commands: ['kexecMint.openMap'] } : {} });
    await client.open(NODE_0);
    const params = { textDocument: { uri: client.uri(NODE_0) } };
    const lenses = await client.connection.sendRequest<CodeLens[]>('textDocument/codeLens', params);
    const lens = lenses.find((each) => each.command?.title.startsWith('3 OS nodes'));
    expect(lens?.command?.command).toBe(command);
  });

  it('names every file that a picture rests on', async () => {
    await client.initialize({});
    const made = await client.connection.sendRequest<PictureResult>(PICTURE_REQUEST, {});
    const texts = [NODE_0, 'kexec-mint-os2/kexec/mint.h', 'kexec-mint.json', 'dumps/os2.iomem'];
    expect(made.files).toEqual(expect.arrayContaining(texts.map((file) => client.uri(file))));
    expect(
      made.regions.find(({ osid, region }) => osid === 0 && region === 'region3')?.places[0],
    ).toMatchObject({
      range: { start: { line: 146 } },
    });
  });

  it('is listed as the text has it, in the language of the session', async () => {
    await client.initialize({ locale: 'ja' });
    expect((await layout()).projects).toMatchObject([{ summary: 'OS ノード 3 個 · 重なりなし' }]);
    await client.open(NODE_0);
    await client.replace(NODE_0, SIZE, '0x48000000');
    const { projects } = await layout();
    expect(projects).toMatchObject([
      { uri: client.uri('kexec-mint.json'), summary: 'OS ノード 3 個 · 重なり 2 件', worst: 'error' },
    ]);
    expect(projects[0]?.nodes[0]?.regions[2]).toMatchObject({
      range: { start: '0x20000000', end: '0x68000000' },
      overlaps: true,
    });
  });

  it('is said to have changed where it has, once, and to no client that did not ask for it', async () => {
    await client.initialize({ initializationOptions: { layoutChanged: true } });
    await client.open(NODE_0);
    await client.until(() => changes === 1);
    // The text of a comment changes no line and no value.
    await client.replace(NODE_0, '/* ', '/* x');
    await layout();
    expect(changes).toBe(1);
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => changes === 2);
    await layout();
    // The same state once more.
    await client.close(NODE_0);
    await client.until(() => changes === 3);
    await client.open(NODE_0);
    await layout();
    expect(changes).toBe(3);
  });

  it('is said to have changed when an open file is saved: what is compared with it is another one', async () => {
    await client.initialize({ initializationOptions: { layoutChanged: true } });
    await client.open(NODE_0);
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => changes > 0 && client.rules(NODE_0).includes('node-overlap'));
    await layout();
    const before = changes;
    client.write(NODE_0, client.document(NODE_0).getText());
    await client.changedOnDisk(NODE_0, FileChangeType.Changed);
    await client.until(() => changes === before + 1);
  });

  it('is not announced to a client that does not know of it', async () => {
    await client.initialize();
    await client.open(NODE_0);
    await client.replace(NODE_0, SIZE, '0x48000000');
    await client.until(() => client.rules(NODE_0).includes('node-overlap'));
    await layout();
    expect(changes).toBe(0);
  });
});

describe('a picture', () => {
  const picture = (before?: EarlierState) =>
    client.connection.sendRequest<PictureResult | null>(PICTURE_REQUEST, { ...(before ? { before } : {}) });

  it('of a workspace without a layout is none', async () => {
    client.remove('.');
    await client.initialize();
    expect(await picture()).toBeNull();
    expect(await client.connection.sendRequest(EXPORT_REQUEST, { format: 'svg' })).toBeNull();
  });

  it('with bytes that are none is refused, and the next one is answered', async () => {
    await client.initialize();
    const files = { [client.uri(NODE_0)]: '?' };
    await expect(picture({ kind: 'files', title: 'HEAD', files })).rejects.toMatchObject({
      code: ErrorCodes.InvalidParams,
    });
    await picture({ kind: 'saved' });
    expect((await layout()).projects).toHaveLength(1);
  });
});

describe('the page on what was found', () => {
  it('explains the workspace, and a file by its address', async () => {
    await client.initialize({ locale: 'ja' });
    const ask = (uri?: string) =>
      client.connection.sendRequest<FoundResult>(FOUND_REQUEST, uri === undefined ? {} : { uri });
    expect((await ask()).markdown).toContain('### `kexec-mint-os2`');
    expect((await ask(client.uri('README.md'))).markdown).toContain('## `README.md`\n\n- 認識していません。');
  });
});
