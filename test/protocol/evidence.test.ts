/** The sample's whole story over the protocol: kernel text that is not covered, the fix, what it brings, and its acceptance. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CodeAction, CodeLensRequest, type Command, FileChangeType } from 'vscode-languageserver/node';
import {
  ALLOW_COMMAND,
  ALLOW_REQUEST,
  type AllowArguments,
  type EditResult,
  EXPLAIN_COMMAND,
  EXPLAIN_REQUEST,
  type ExplainResult,
} from '../../server/src/protocol';
import { TestClient } from './client';

const NODE_0 = 'kexec-mint-os0/kexec/firmware_memmap.c';
const SIZE = 'mint_memory_size - 0x8000000';
const PROJECT = 'kexec-mint.json';

let client: TestClient;

beforeEach(async () => {
  client = new TestClient('three-nodes');
  await client.initialize();
  await client.open(NODE_0);
});

afterEach(() => client.dispose());

const count = (path: string, rule: string) => client.rules(path).filter((one) => one === rule).length;
const preferred = (actions: readonly CodeAction[]) => actions.filter(({ isPreferred }) => isPreferred);
const isAllow = ({ command }: CodeAction): boolean => command?.command === ALLOW_COMMAND;

async function allowAll(reason: string): Promise<void> {
  const actions = await client.actions(NODE_0, client.find(NODE_0, '0x40000000'));
  for (const { command } of actions.filter(isAllow)) {
    const [args]: AllowArguments[] = (command as Command).arguments ?? [];
    const result = await client.connection.sendRequest<EditResult>(ALLOW_REQUEST, { ...args, reason });
    if (result.kind === 'error') throw new Error(result.message);
    await client.apply(result.edit);
  }
}

describe('the sample with its dumps', () => {
  it('says that node 0 does not cover the kernel text of nodes 1 and 2, with the dumps as related places', async () => {
    await client.until(() => count(NODE_0, 'kernel-text-not-covered') === 2);
    const related = client.diagnostics(NODE_0).flatMap(({ relatedInformation }) => relatedInformation ?? []);
    expect(related.map(({ location }) => location.uri)).toEqual([
      client.uri('dumps/os1.iomem'),
      client.uri('dumps/os2.iomem'),
    ]);
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, {
      textDocument: { uri: client.uri(NODE_0) },
    });
    expect(lenses?.at(-1)?.command?.title).toMatch(/ · seen in os0\.iomem$/);
    const hover = await client.hover(NODE_0, client.find(NODE_0, 'mint_region3_size').start);
    expect(hover).toContain('OS node 2: seen in os2.iomem, os2.kexec, …');
  });

  it('offers to watch them first, then to cover them just so; tells what that brings, and takes it with a reason', async () => {
    const actions = await client.actions(NODE_0, client.find(NODE_0, SIZE));
    const [watching, ...others] = preferred(actions);
    expect(others).toEqual([]);
    expect(watching?.title).toContain('Let OS node 0 watch OS nodes 1, 2');
    const fix = actions.find(({ title }) => title.includes('to 0x60000000'));
    expect(actions.indexOf(watching ?? actions[0] ?? { title: '' })).toBe(0);
    expect(fix?.title).toContain('its own kernel then lands in the memory of OS node 2');
    await client.apply(fix?.edit);
    expect(client.document(NODE_0).getText()).toContain('mint_region3_size = 0x40000000;');
    await client.until(() => count(NODE_0, 'node-overlap') === 2);
    expect(count(NODE_0, 'kernel-text-not-covered')).toBe(0);

    const { markdown } = await client.connection.sendRequest<ExplainResult>(EXPLAIN_REQUEST, {
      uri: client.uri(NODE_0),
    });
    expect(markdown).toContain('kernel text of OS node 2 (seen in os2.iomem) | 0x5f000000–0x5fe02480');
    expect(markdown).toContain('RANGE_RESERVED');

    const comments = client.read(PROJECT).match(/\/\/.*/g) ?? [];
    await client.open(PROJECT);
    await allowAll('health check reads node 2');
    await client.until(() => count(NODE_0, 'allowed-overlap') === 2);
    expect(count(NODE_0, 'node-overlap')).toBe(0);
    const offered = await client.actions(NODE_0, client.find(NODE_0, '0x40000000'));
    expect(offered.filter(isAllow)).toEqual([]);
    expect(offered.map(({ command }) => command?.command)).toContain(EXPLAIN_COMMAND);
    const text = client.document(PROJECT).getText();
    expect(text.match(/\/\/.*/g)).toEqual(comments);
    expect(text).toContain('"reason": "health check reads node 2"');

    await client.applyFix(NODE_0, client.find(NODE_0, '0x40000000'), SIZE);
    await client.until(() => count(PROJECT, 'unused-allowance') === 2);
    for (let left = 2; left > 0; left--) {
      await client.applyFix(PROJECT, client.find(PROJECT, '"reason"'), 'Remove this entry');
      await client.until(() => count(PROJECT, 'unused-allowance') === left - 1);
    }
  });

  it('writes a project file where there is none', async () => {
    client.remove(PROJECT);
    await client.changedOnDisk(PROJECT, FileChangeType.Deleted);
    await client.until(() => count(NODE_0, 'kernel-text-not-covered') === 0);
    await client.replace(NODE_0, SIZE, '0x40000000');
    await allowAll('both at once is never needed');
    expect(JSON.parse(client.document(PROJECT).getText())).toEqual({
      allowOverlaps: [1, 2].map((osid) => ({
        nodes: [0, osid],
        regions: ['region3', 'region3'],
        reason: 'both at once is never needed',
      })),
    });
  });

  it('follows a dump that is taken anew', async () => {
    await client.until(() => count(NODE_0, 'kernel-text-not-covered') === 2);
    const dump = client.read('dumps/os2.iomem');
    client.write(
      'dumps/os2.iomem',
      dump.replace(/5f(\w{6})-5f(\w{6}) : Kernel code/, '2f$1-2f$2 : Kernel code'),
    );
    await client.changedOnDisk('dumps/os2.iomem', FileChangeType.Changed);
    await client.until(
      () => count('kexec-mint-os2/kexec/firmware_memmap.c', 'kernel-text-outside-own-region') === 1,
    );
    client.write('dumps/os2.iomem', dump.replace(/^[0-9a-f]+-[0-9a-f]+/gm, '00000000-00000000'));
    await client.changedOnDisk('dumps/os2.iomem', FileChangeType.Changed);
    await client.until(() => count('dumps/os2.iomem', 'unusable-evidence') > 0);
  });
});
