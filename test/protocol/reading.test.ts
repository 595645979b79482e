/** The first reading of a large workspace: shown, stopped, and logged. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  LogMessageNotification,
  ProgressType,
  ShowMessageNotification,
  type WorkDoneProgressBegin,
  WorkDoneProgressCancelNotification,
  WorkDoneProgressCreateRequest,
  type WorkDoneProgressEnd,
  type WorkDoneProgressReport,
} from 'vscode-languageserver/node';
import {
  FOUND_REQUEST,
  type FoundResult,
  LAYOUT_REQUEST,
  type LayoutResult,
} from '../../server/src/protocol';
import { TestClient } from './client';

const TREES = 150;
const PROGRESS = new ProgressType<WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd>();
const SHOWS_PROGRESS = { window: { workDoneProgress: true } };

let client: TestClient;
let shown: (WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd)[];
let messages: string[];
let logged: string[];
/** Called with the progress' token once it is asked for. */
let onCreated: (token: string | number) => void;

beforeEach(() => {
  client = new TestClient();
  shown = [];
  messages = [];
  logged = [];
  onCreated = () => {};
  // Work enough for a reading of more than half a second on any machine.
  const loop = '\tfor (i = 0; i < 200; i++) total += i;\n';
  for (let osid = 0; osid < TREES; osid++) {
    client.write(
      `os${osid}/kexec/firmware_memmap.c`,
      `#include "mint.h"\nvoid setup(void)\n{\n\tunsigned long i, total = 0;\n${loop}\tmint_region3_start = ${osid}ul * 0x1000000;\n\tmint_region3_size = 0x1000000;\n}\n`,
    );
    client.write(
      `os${osid}/kexec/mint.h`,
      `#define OSID ${osid}\nunsigned long mint_region3_start, mint_region3_size;\n`,
    );
  }
  client.connection.onRequest(WorkDoneProgressCreateRequest.type, ({ token }) => {
    client.connection.onProgress(PROGRESS, token, (value) => {
      shown.push(value);
      if (value.kind === 'begin') onCreated(token);
      client.notice();
    });
  });
  client.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
    messages.push(message);
    client.notice();
  });
  client.connection.onNotification(LogMessageNotification.type, ({ message }) => {
    logged.push(message);
  });
});

afterEach(() => client.dispose());

const treesShown = async () =>
  (await client.connection.sendRequest<LayoutResult>(LAYOUT_REQUEST)).projects.flatMap(({ nodes }) => nodes)
    .length;

describe('the first reading of many source trees', () => {
  it('is shown in counts that grow, and ends', async () => {
    await client.initialize({ capabilities: SHOWS_PROGRESS });
    expect(await treesShown()).toBe(TREES);
    await client.until(() => shown.at(-1)?.kind === 'end');
    expect(shown[0]).toMatchObject({ kind: 'begin', cancellable: true });
    const counts = shown.flatMap((one) =>
      one.kind === 'end' ? [] : [/^(\d+) of 150 source trees$/.exec(one.message ?? '')?.[1]],
    );
    expect(counts).not.toContain(undefined);
    expect(counts).toEqual([...counts].sort((a, b) => Number(a) - Number(b)));
    expect(messages).toEqual([]);
    expect(
      logged.filter((line) => line.startsWith(`Found in 1 folder(s): ${TREES} source tree(s)`)),
    ).toHaveLength(1);
  });

  it('can be stopped: what has been read is shown, and how to go on is said', async () => {
    onCreated = (token) =>
      void client.connection.sendNotification(WorkDoneProgressCancelNotification.type, { token });
    await client.initialize({ capabilities: SHOWS_PROGRESS, locale: 'ja' });
    await client.until(() => messages.length === 1);
    const read = await treesShown();
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(TREES);
    expect(messages[0]).toContain(`${TREES} 個のうち ${read} 個のソースツリーを表示しています`);
    const { markdown } = await client.connection.sendRequest<FoundResult>(FOUND_REQUEST, {
      uri: client.uri(`os${TREES - 1}/kexec/mint.h`),
    });
    expect(markdown).toContain('まだ認識していません');
    expect(markdown).toContain(`${TREES - read} 個は読んでいません`);
  });

  it('answers while it reads: a change is taken in, and a client that shows no progress is not asked to', async () => {
    await client.initialize({ capabilities: {} });
    await client.open('os3/kexec/firmware_memmap.c');
    await client.replace('os3/kexec/firmware_memmap.c', '0x1000000;\n}', '0x2000000;\n}');
    expect(await treesShown()).toBe(TREES);
    expect(shown).toEqual([]);
    expect(client.rules('os3/kexec/firmware_memmap.c')).toContain('node-overlap');
  });
});
