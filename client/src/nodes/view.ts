/** The view "OS nodes", and the commands of its items. */
import {
  commands,
  Disposable,
  EventEmitter,
  type TextEditor,
  type TreeDataProvider,
  type TreeItem,
  Uri,
  window,
} from 'vscode';
import type { Layouts } from '../layouts';
import { showPlace } from '../show-place';
import { text } from '../texts';
import { childrenOf, type Element, rootsOf } from './elements';
import { GO_TO_SOURCE, placeOf } from './places';
import { treeItem } from './tree-items';

/** Beyond so many nodes they begin collapsed. */
const FEW_NODES = 4;

export type NodesProvider = TreeDataProvider<Element>;

/** @returns what the view shows, and what ends it */
export function nodesView(layouts: Layouts): { readonly provider: NodesProvider; readonly view: Disposable } {
  const changed = new EventEmitter<void>();
  const provider: NodesProvider = {
    onDidChangeTreeData: changed.event,
    // Until there is a first answer, the view shows that it is waiting.
    getChildren: async (element) => [...(element ? childrenOf(element) : rootsOf(await layouts.first()))],
    getTreeItem: (element): TreeItem => treeItem(element, countOf(layouts) <= FEW_NODES),
  };
  const view = Disposable.from(
    changed,
    layouts.onDidChange(() => changed.fire()),
    window.createTreeView('kexecMint.nodes', { treeDataProvider: provider, showCollapseAll: true }),
    commands.registerCommand(GO_TO_SOURCE, goToSource),
    commands.registerCommand('kexecMint.openDump', openDump),
    commands.registerCommand('kexecMint.fixFinding', fixFinding),
  );
  return { provider, view };
}

function countOf({ projects }: Layouts): number {
  return projects.reduce((count, { nodes }) => count + nodes.length, 0);
}

async function goToSource(element: Element): Promise<TextEditor | undefined> {
  const place = placeOf(element);
  return place && showPlace(place);
}

/** A node's dump; the person says which where there are several. */
async function openDump(element: Element): Promise<void> {
  if (element.kind !== 'node') return;
  const items = element.item.dumps.map(({ uri, label }) => ({ label, uri }));
  const title = text('views.dump.title', { osid: element.osid });
  const chosen = items.length > 1 ? await window.showQuickPick(items, { title }) : items[0];
  if (chosen) await window.showTextDocument(Uri.parse(chosen.uri));
}

/** The quick fixes where the finding stands. */
async function fixFinding(element: Element): Promise<void> {
  if (await goToSource(element)) await commands.executeCommand('editor.action.quickFix');
}
