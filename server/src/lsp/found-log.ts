/** Logs what was found, once for each change of it: how much, and for who wants to know why each file counts. */
import type { RemoteConsole } from 'vscode-languageserver';
import type { RuleContext } from '../memmap/context';
import { memoize } from '../memoize';
import { type Locale, message, render } from '../messages';
import { aboutFile } from '../service/found-file';
import { goneTrees } from '../service/gone-trees';
import type { Snapshot, WorkspaceSnapshot } from '../service/snapshot';
import { workspacePath } from '../service/workspace-path';

export class FoundLog {
  private last: string | undefined;
  private projects: readonly Snapshot[] = [];

  constructor(
    private readonly console: RemoteConsole,
    private readonly locale: Locale,
  ) {}

  /** @param milliseconds that it took */
  log(workspace: WorkspaceSnapshot, milliseconds: number): void {
    const { projects, search } = workspace;
    const parts = projects.map(({ context }) => foundIn(context));
    const found = JSON.stringify(parts.map(({ text }) => text));
    if (this.last === found) return;
    this.last = found;
    const files = new Set(parts.flatMap((part) => part.files));
    const nodes = projects.flatMap(({ layout }) => layout.nodes);
    const gone = goneTrees(this.projects, projects);
    this.projects = projects;
    if (gone) this.console.warn(render(gone, this.locale));
    const summary = message('log.found', {
      trees: projects.reduce((sum, { context }) => sum + context.project.trees.length, 0),
      nodes: nodes.length,
      projects: projects.filter(({ context }) => context.project.file).length,
      folders: search.folders.length,
      milliseconds: Math.round(milliseconds),
    });
    this.console.info(render(summary, this.locale));
    for (const file of files) {
      const why = aboutFile(workspace, file).map((text) => render(text, this.locale));
      this.console.debug(`${workspacePath(search.folders, file)}: ${why.join(' ')}`);
    }
  }
}

/** The files of a project that count, and a text that differs where they or the nodes do. */
const foundIn = memoize(
  ({
    layout: { nodes },
    project,
  }: RuleContext): { readonly files: readonly string[]; readonly text: string } => {
    const files = [
      ...(project.file ? [project.file.uri] : []),
      ...project.trees.map(({ memmapFile }) => memmapFile),
      ...nodes.flatMap(({ evaluation }) => evaluation.files),
      ...(project.file?.nodes.flatMap(({ evidence }) => Object.values(evidence)) ?? []),
    ];
    return { files, text: JSON.stringify([files, nodes.map(({ osid, tree }) => [osid, tree.memmapFile])]) };
  },
);
