/** The answers that the steps of "Extend an OS node" are made of. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type EditResult,
  EXTEND_REQUEST,
  LAYOUT_REQUEST,
  type LayoutResult,
  TARGETS_REQUEST,
  type TargetsParams,
  type TargetsResult,
} from '../../server/src/protocol';
import { TestClient } from './client';

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';

let client: TestClient;

beforeEach(() => {
  client = new TestClient('three-nodes');
});

afterEach(() => client.dispose());

async function ask(params: Omit<TargetsParams, 'uri'>): Promise<TargetsResult> {
  return client.connection.sendRequest<TargetsResult>(TARGETS_REQUEST, {
    uri: client.uri(NODE_0),
    ...params,
  });
}

async function targetsOf(params: Omit<TargetsParams, 'uri'>) {
  const result = await ask(params);
  if (result.kind === 'error') throw new Error(result.message);
  return result;
}

/** Region 3 of node 0 as lists have it. */
async function share(): Promise<string | undefined> {
  const { projects } = await client.connection.sendRequest<LayoutResult>(LAYOUT_REQUEST);
  return projects[0]?.nodes[0]?.regions[2]?.description;
}

describe('the targets of a node', () => {
  beforeEach(async () => {
    await client.initialize();
    await client.open(NODE_0);
  });

  it('are the window and the kernel texts above it, with what the region becomes and takes', async () => {
    expect(await targetsOf({ osid: 0 })).toEqual({
      kind: 'targets',
      region: 'region3',
      start: '0x20000000',
      suggestion: '0x68000000',
      targets: [
        {
          label: "The window's end",
          address: '0x68000000',
          description: '0x20000000–0x68000000 · 1152 MiB',
          warning: 'also memory of OS nodes 1, 2',
        },
        {
          label: 'Behind the kernel text of OS node 1',
          address: '0x48000000',
          description: '0x20000000–0x48000000 · 640 MiB',
          warning: 'also memory of OS node 1',
        },
        {
          label: 'Behind the kernel text of OS node 2',
          address: '0x60000000',
          description: '0x20000000–0x60000000 · 1 GiB',
          warning: 'also memory of OS nodes 1, 2',
        },
      ],
    });
  });

  it('each promise what the edit then brings, and the next node takes it back', async () => {
    for (const { address, description } of (await targetsOf({ osid: 0 })).targets) {
      await extendTo(address);
      expect(await share()).toBe(description);
    }
    const back = (await targetsOf({ osid: 0 })).targets.find(({ address }) => address === '0x38000000');
    expect(back).toEqual({
      label: "The start of OS node 1's region3",
      address: '0x38000000',
      description: '0x20000000–0x38000000 · 384 MiB',
    });
    await extendTo('0x38000000');
    expect(await share()).toBe(back?.description);
  });

  it('can be of another region than the share', async () => {
    const { region, start, targets } = await targetsOf({ osid: 1, region: 'region2' });
    expect([region, start]).toEqual(['region2', '0x10000000']);
    expect(targets.find(({ address }) => address === '0x18000000')).toBeUndefined();
    expect(targets.map(({ warning }) => warning)).toContain('also memory of OS nodes 0, 2');
  });

  it('are none for the node that ends the window already', async () => {
    expect((await targetsOf({ osid: 2 })).targets).toEqual([]);
  });

  it('are refused with a reason where there is no such node or region, or its start is unknown', async () => {
    expect(await ask({ osid: 9 })).toEqual({
      kind: 'error',
      message: 'There is no OS node 9, only OS nodes 0–2.',
    });
    expect(await ask({ osid: 0, region: 'region7' })).toEqual({
      kind: 'error',
      message: 'OS node 0 has no region7, only region1, region2, region3.',
    });
    await client.replace(NODE_0, 'mint_region3_start = mint_memory_start', 'mint_region3_start = nobody()');
    expect(await ask({ osid: 0 })).toEqual({
      kind: 'error',
      message: expect.stringContaining('mint_region3_start is unknown'),
    });
  });
});

it('are told in Japanese', async () => {
  await client.initialize({ locale: 'ja' });
  await client.open(NODE_0);
  const { targets } = await targetsOf({ osid: 0 });
  expect(targets.map(({ label, warning }) => [label, warning])).toEqual([
    ['ウィンドウの終端', 'OS ノード 1, 2 のメモリも認識する'],
    ['OS ノード 1 のカーネルテキスト部の終端', 'OS ノード 1 のメモリも認識する'],
    ['OS ノード 2 のカーネルテキスト部の終端', 'OS ノード 1, 2 のメモリも認識する'],
  ]);
});

async function extendTo(address: string): Promise<void> {
  const params = { uri: client.uri(NODE_0), at: { osid: 0, region: 'region3' }, address };
  const result = await client.connection.sendRequest<EditResult>(EXTEND_REQUEST, params);
  if (result.kind === 'error') throw new Error(result.message);
  await client.apply(result.edit);
}
