/** The layout in a few words in the status bar, while one of its files is edited. */
import {
  Disposable,
  StatusBarAlignment,
  type StatusBarItem,
  type TextDocument,
  ThemeColor,
  window,
} from 'vscode';
import { parentOf, relativePath } from '../../server/src/project/uri';
import { OPEN_MAP_COMMAND, type ProjectItem } from '../../server/src/protocol';
import type { Layouts } from './layouts';
import { isProjectFile, isServedPath } from './selector';
import { text } from './texts';

export function statusBar(layouts: Layouts): Disposable {
  const item = window.createStatusBarItem('kexecMint.layout', StatusBarAlignment.Left);
  item.name = text('views.status.name');
  const update = () => {
    const document = window.activeTextEditor?.document;
    const project = document && projectOf(document, layouts.projects);
    if (!project) return item.hide();
    describe(item, project);
    item.show();
  };
  update();
  return Disposable.from(item, window.onDidChangeActiveTextEditor(update), layouts.onDidChange(update));
}

function describe(item: StatusBarItem, { uri, summary, worst, window: { start, end } }: ProjectItem): void {
  item.text = `$(layers) ${summary}`;
  item.tooltip = text('views.status.tooltip', { window: `${start}–${end}` });
  item.accessibilityInformation = { label: text('views.status.label', { summary }), role: 'button' };
  item.backgroundColor =
    worst === 'error' || worst === 'warning' ? new ThemeColor(`statusBarItem.${worst}Background`) : undefined;
  item.command = { command: OPEN_MAP_COMMAND, title: text('views.status.name'), arguments: [{ uri }] };
}

/** The project that a document of ours belongs to: whose file it is, or the nearest around it. */
function projectOf(document: TextDocument, projects: readonly ProjectItem[]): ProjectItem | undefined {
  if (!isServedPath(document.uri) && !isProjectFile(document.uri)) return undefined;
  const file = document.uri.toString();
  const own = projects.find((project) => project.uri === file || readsFrom(project, parentOf(file)));
  if (own) return own;
  const around = projects.filter(({ uri }) => relativePath(parentOf(uri), file) !== undefined);
  return around.sort((a, b) => b.uri.length - a.uri.length)[0];
}

/** Whether one of the nodes has its map in the folder. */
function readsFrom({ nodes }: ProjectItem, folder: string): boolean {
  return nodes.some((node) => parentOf(node.file) === folder);
}
