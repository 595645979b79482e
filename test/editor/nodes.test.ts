import { strict as assert } from 'node:assert';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import {
  commands,
  extensions,
  MarkdownString,
  type TreeItem,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Exports } from '../../client/src/extension';
import type { Element } from '../../client/src/nodes/elements';
import type { NodesProvider } from '../../client/src/nodes/view';
import type { JsonReport } from '../../server/src/cli/reports/json';
import { EXTENSION, fileOf, inWorkspace, rangeOf, show } from './workspace';

/** Of the seed: what makes node 0's share the whole window. */
const WHOLE_WINDOW = '0x48000000';

describe('the view of the OS nodes', () => {
  let provider: NodesProvider;

  before(async () => {
    await show(fileOf(0));
    const extension = extensions.getExtension<Exports>(EXTENSION);
    assert.ok(extension);
    provider = extension.exports.nodes;
  });

  afterEach(() => commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  it('has each OS node with its tree, and each region with the addresses of the command line', async () => {
    const { nodes } = await report(inWorkspace('').fsPath, 'map');
    const items = await itemsBelow(provider);
    assert.deepEqual(
      items.map(({ item, parts }) => ({
        label: item.label,
        regions: labelled(parts, 'region'),
        kernelText: labelled(parts, 'kernel-text').map(([, description]) => description),
      })),
      nodes.map(({ osid, regions, kernelText }) => ({
        label: `OS node ${osid}`,
        regions: regions.map(({ name, start, end }) => [name, `${start}–${end}`]),
        kernelText: [`${kernelText?.start}–${kernelText?.end}`],
      })),
    );
    items.forEach(({ item }, index) => {
      assert.ok(String(item.description).includes(nodes[index]?.source ?? 'no such node'));
    });
  });

  it('has every finding of the command line, at a node that it is about', async () => {
    const { findings } = await report(inWorkspace('').fsPath, 'check');
    assert.ok(findings.length > 0);
    const items = await itemsBelow(provider);
    for (const { message, nodes } of findings) {
      for (const osid of nodes) {
        const parts = items[osid]?.parts ?? [];
        assert.ok(
          parts.some(({ item }) => item.label === message),
          `${osid}: ${message}`,
        );
      }
    }
  });

  it('leads to the line that sets a region', async () => {
    const [node] = await itemsBelow(provider);
    const region = node?.parts.find(({ item }) => item.label === 'region3');
    assert.ok(region?.item.command);
    const { command, arguments: args = [] } = region.item.command;
    await commands.executeCommand(command, ...args);
    const editor = window.activeTextEditor;
    assert.ok(editor);
    assert.equal(editor.document.uri.toString(), fileOf(0).toString());
    assert.match(editor.document.lineAt(editor.selection.active.line).text, /mint_region3_size =/);
  });

  it('tells in a tooltip how a region came about', async () => {
    const [node] = await itemsBelow(provider);
    const tooltip = node?.parts.find(({ item }) => item.label === 'region3')?.item.tooltip;
    assert.ok(tooltip instanceof MarkdownString);
    assert.match(tooltip.value, /mint_memory_size - 0x8000000/);
  });

  it('follows the text, under the same ids', async () => {
    const { document } = await show(fileOf(0));
    const before = await itemsBelow(provider);
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, rangeOf(document, 'mint_memory_size - 0x8000000'), WHOLE_WINDOW);
    const extended = changeThat(provider, ({ label, description }) =>
      label === 'region3' ? String(description).startsWith('0x20000000–0x68000000') : false,
    );
    assert.ok(await workspace.applyEdit(edit));
    await extended;
    const after = await itemsBelow(provider);
    assert.deepEqual(
      after.map(({ item }) => item.id),
      before.map(({ item }) => item.id),
    );
    const ids = after.flatMap(({ item, parts }) => [item.id, ...parts.map((part) => part.item.id)]);
    assert.equal(new Set(ids).size, ids.length);
    const contexts = after[0]?.parts.map(({ item }) => item.contextValue);
    assert.ok(contexts?.includes('finding overlap'), contexts?.join());
  });
});

interface Shown {
  readonly element: Element;
  readonly item: TreeItem;
}

/** The nodes with what is below each. */
async function itemsBelow(provider: NodesProvider): Promise<(Shown & { readonly parts: Shown[] })[]> {
  const nodes = await shown(provider);
  return Promise.all(nodes.map(async (node) => ({ ...node, parts: await shown(provider, node.element) })));
}

async function shown(provider: NodesProvider, parent?: Element): Promise<Shown[]> {
  const elements = (await provider.getChildren(parent)) ?? [];
  return Promise.all(
    elements.map(async (element) => ({ element, item: await provider.getTreeItem(element) })),
  );
}

/** Labels, and the addresses that descriptions begin with. */
function labelled(parts: readonly Shown[], kind: Element['kind']): unknown[][] {
  return parts
    .filter(({ element }) => element.kind === kind)
    .map(({ item }) => [item.label, String(item.description).split(' · ')[0]]);
}

/** Waits for the change after which a part of node 0 is accepted. */
function changeThat(provider: NodesProvider, accept: (item: TreeItem) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const subscription = provider.onDidChangeTreeData?.(async () => {
      const [node] = await itemsBelow(provider);
      if (!node?.parts.some(({ item }) => accept(item))) return;
      subscription?.dispose();
      resolve();
    });
  });
}

/** What the command line says of the folder as it is on disk; `check` exits with 1 where there are errors. */
function report(folder: string, command: 'map' | 'check'): Promise<JsonReport> {
  const path = extensions.getExtension(EXTENSION)?.extensionPath ?? '';
  const args = [join(path, 'dist', 'cli.js'), command, folder, '--format', 'json', '--lang', 'en'];
  return new Promise((resolve) => {
    execFile(process.execPath, args, (_, stdout) => resolve(JSON.parse(stdout)));
  });
}
