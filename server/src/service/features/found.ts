/** What was found in the workspace, as a page of Markdown: folders, projects, trees, dumps, and why each counts. */
import type { Layout, LayoutNode } from '../../memmap/layout';
import { faultMessage } from '../../memmap/observed/faults';
import { nodesMessage } from '../../memmap/wording';
import { fileName, type Locale, type Message, message, type Place, render } from '../../messages';
import { compileDefinitions, definitionOrigin } from '../../project/compile-definitions';
import type { NodeFacts } from '../../project/project-file';
import { EVIDENCE_KEYS } from '../../project/project-schema';
import type { SourceTree } from '../../project/tree';
import { aboutFile } from '../found-file';
import { codeSpan, markdownMessage } from '../markdown';
import { rangeOf } from '../positions';
import { projectName } from '../projects';
import type { Snapshot, WorkspaceSnapshot } from '../snapshot';
import { workspacePath } from '../workspace-path';

/** So many files are named in one line; of those that are left over only the number is told. */
const MOST_NAMES = 24;

/** @param file one that the person asks about: the page begins with it */
export function found(workspace: WorkspaceSnapshot, file: string | undefined, locale: Locale): string {
  const writer = new Writer(workspace, locale);
  return [
    `# ${writer.say(message('found.title'))}`,
    ...(file === undefined ? [] : [writer.file(file)]),
    writer.search(),
    ...workspace.projects.map((project) => writer.project(project)),
  ].join('\n\n');
}

/** No text of the page has a place in it but as a path: previews of Markdown follow no link to a file. */
const NO_LINKS = { document: () => undefined };

class Writer {
  constructor(
    private readonly workspace: WorkspaceSnapshot,
    private readonly locale: Locale,
  ) {}

  readonly say = (text: Message): string => markdownMessage(NO_LINKS, text, this.locale);

  file(file: string): string {
    const lines = aboutFile(this.workspace, file).map(this.say);
    return [`## ${codeSpan(this.path(file))}`, list(lines)].join('\n\n');
  }

  search(): string {
    const { folders, globs, unread } = this.workspace.search;
    const trees = this.workspace.projects.reduce((sum, { context }) => sum + context.project.trees.length, 0);
    return [
      `## ${this.say(message('found.search'))}`,
      list([
        folders.length === 0
          ? this.say(message('found.no-folder'))
          : this.say(message('found.folders', { folders: this.names(folders) })),
        this.say(message('found.globs', { globs: globs.join(', ') })),
        this.say(message(trees === 0 ? 'found.no-tree' : 'found.trees', { count: trees })),
        ...(unread.length === 0 ? [] : [this.unread(unread)]),
      ]),
    ].join('\n\n');
  }

  project(snapshot: Snapshot): string {
    const { project } = snapshot.context;
    const { file, trees } = project;
    const name = projectName(snapshot);
    const heading = file
      ? message('found.project', { file: this.path(file.uri) })
      : message('found.no-project', { name });
    const intro = file ? 'found.project.counts' : trees.length > 0 ? 'found.no-project.trees' : undefined;
    return [
      `## ${this.say(heading)}`,
      ...(intro === undefined ? [] : [this.say(message(intro, { name }))]),
      ...(trees.length === 0 ? [this.say(message('found.project.no-tree'))] : []),
      ...trees.map((tree) => this.tree(snapshot, tree)),
      ...(file ? this.evidence(snapshot, file.nodes) : []),
    ].join('\n\n');
  }

  private tree(snapshot: Snapshot, tree: SourceTree): string {
    const { layout } = snapshot;
    const nodes = layout.nodes.filter((node) => node.tree.memmapFile === tree.memmapFile);
    const files = [...new Set(nodes.flatMap(({ evaluation }) => evaluation.files))];
    const unused = tree.others.filter((other) => !files.includes(other));
    return [
      `### ${codeSpan(tree.name)}`,
      list(
        [
          ...this.owners(snapshot, tree, nodes),
          ...(files.length === 0 ? [] : [message('found.reads', { files: this.names(files) })]),
          ...(unused.length === 0 ? [] : [message('found.not-needed', { files: this.names(unused) })]),
          this.definitions(snapshot, tree),
        ].map(this.say),
      ),
    ].join('\n\n');
  }

  /** Which OS nodes the tree is for, and why. */
  private owners(snapshot: Snapshot, tree: SourceTree, nodes: readonly LayoutNode[]): readonly Message[] {
    const unused = unusedOsid(snapshot.layout, tree);
    if (unused !== undefined) return [message('found.unused', { osid: unused })];
    const [node] = nodes;
    if (!node) return [message('found.no-node')];
    if (node.osidFrom.kind === 'shared')
      return [message('found.osid.shared', { nodes: nodesMessage(nodes.map(({ osid }) => osid)) })];
    return nodes.map((each) => this.owner(snapshot, each));
  }

  private owner(snapshot: Snapshot, { osid, osidFrom }: LayoutNode): Message {
    if (osidFrom.kind === 'project')
      return message('found.osid.project', { osid, place: this.place(snapshot, osidFrom.place) });
    if (osidFrom.kind !== 'definition') return message(`found.osid.${osidFrom.kind}`, { osid });
    const { name, place } = osidFrom;
    return place
      ? message('found.osid.definition', { osid, name, place: this.place(snapshot, place) })
      : message('found.osid.command-line', { osid, name });
  }

  private definitions(snapshot: Snapshot, tree: SourceTree): Message {
    const text = (file: string) => snapshot.document(file)?.getText();
    const files = definitionOrigin(tree, text);
    const names = [...compileDefinitions(tree, text)].map(([name, body]) => `-D${name}=${body}`);
    if (files.length === 0) return message('found.no-definition-file');
    return names.length === 0
      ? message('found.no-definitions', { files: this.names(files) })
      : message('found.definitions', { files: this.names(files), definitions: names.join(' ') });
  }

  private evidence(snapshot: Snapshot, nodes: readonly NodeFacts[]): readonly string[] {
    const lines = nodes.flatMap(({ osid, evidence }) =>
      EVIDENCE_KEYS.flatMap((key) => {
        const file = evidence[key];
        return file === undefined ? [] : [this.dump(snapshot, osid, key, file)];
      }),
    );
    return lines.length === 0 ? [] : [`### ${this.say(message('found.evidence'))}`, list(lines)];
  }

  private dump({ layout }: Snapshot, osid: number, key: string, file: string): string {
    const nodes = layout.nodes.filter((node) => node.osid === osid);
    const problems = nodes.flatMap(({ evidence }) => evidence.problems).filter((each) => each.file === file);
    const own = this.say(message('found.dump', { osid, key, file: this.path(file) }));
    if (nodes.length === 0) return `${own} ${this.say(message('found.dump.no-tree'))}`;
    const told = [...new Set(problems.map(({ fault }) => this.say(faultMessage(fault, fileName({ file })))))];
    return [own, ...told.slice(0, MOST_NAMES)].join(' ');
  }

  private unread(trees: readonly SourceTree[]): string {
    return this.say(
      message('found.unread', {
        count: trees.length,
        files: this.names(trees.map(({ memmapFile }) => memmapFile)),
      }),
    );
  }

  private names(files: readonly string[]): string {
    const names = files.slice(0, MOST_NAMES).map((file) => this.path(file));
    const rest = files.length - MOST_NAMES;
    const more = rest > 0 ? [render(message('editor.more', { count: rest }), this.locale)] : [];
    return [...names, ...more].join(', ');
  }

  private path(file: string): string {
    return workspacePath(this.workspace.search.folders, file);
  }

  private place(snapshot: Snapshot, place: Place): string {
    return `${this.path(place.file)}:${rangeOf(snapshot, place).start.line + 1}`;
  }
}

function unusedOsid({ unused }: Layout, { memmapFile }: SourceTree): number | undefined {
  return unused.find(({ tree }) => tree.memmapFile === memmapFile)?.osid;
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}
